package dev.thumbprint.cost.library;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;

/**
 * How CMSIS-NN fills the column of every output pixel of a depthwise convolution: the channels of a
 * tap are copied by one call each, what lies outside the image is filled, whole rows of taps above
 * and below it at once.
 *
 * @param pixels output pixels, batches included
 * @param channels channels, as many in as out
 * @param taps taps of the window
 * @param inside taps inside the image, over all pixels
 * @param fills calls that fill
 * @param filled elements that are filled
 */
record DepthwiseColumns(
    long pixels, int channels, long taps, long inside, long fills, long filled) {

  static DepthwiseColumns of(LayerWork work) {
    Shape in = work.input();
    Shape out = work.output();
    Window w = work.window();
    long batch = out.dim(0);
    int before = w.padTop(in.dim(1), out.dim(1));
    long rows = Taps.inside(in.dim(1), out.dim(1), w.height(), w.strideHeight(), 1, before);
    long columns =
        Taps.inside(
            in.dim(2), out.dim(2), w.width(), w.strideWidth(), 1, w.padLeft(in.dim(2), out.dim(2)));
    int after = (out.dim(1) - 1) * w.strideHeight() + w.height() - before - in.dim(1);
    long clipped =
        Taps.clippedBefore(out.dim(1), w.strideHeight(), before)
            + Taps.clippedBefore(out.dim(1), w.strideHeight(), after);
    long taps = (long) w.height() * w.width();
    long pixels = batch * out.dim(1) * out.dim(2);
    long inside = batch * rows * columns;
    long besideRows = batch * rows * out.dim(2) * w.width() - inside;
    return new DepthwiseColumns(
        pixels,
        out.dim(3),
        taps,
        inside,
        besideRows + batch * out.dim(2) * clipped,
        out.dim(3) * (pixels * taps - inside));
  }

  /** Blocks of four channels. */
  long quads() {
    return pixels * (channels / 4);
  }

  /** Channels that are left over, over all pixels. */
  long singles() {
    return pixels * (channels % 4);
  }

  /**
   * Bus cycles, in halves, that words of weights take more where channels are no multiple of 4: the
   * second row of two starts in the middle of a word, at odd channels the others do as well.
   */
  long unalignedHalves() {
    long extra = channels % 4 == 0 ? 0 : channels % 2 == 0 ? 2 : 9;
    return quads() * (taps / 2) * extra;
  }
}
