package dev.thumbprint.cost.library;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;

/** Counts of window positions along one axis, in closed form per tap. */
final class Taps {
  private Taps() {}

  /**
   * Pairs of output position and tap that lie inside the input.
   *
   * @param input extent of the input
   * @param output extent of the output
   * @param window taps
   * @param stride step of the window
   * @param dilation distance of taps
   * @param before padding before the first input element
   */
  static long inside(int input, int output, int window, int stride, int dilation, int before) {
    long pairs = 0;
    for (int tap = 0; tap < window; tap++) {
      int offset = tap * dilation - before;
      int first = offset >= 0 ? 0 : Math.ceilDiv(-offset, stride);
      int last = Math.floorDiv(input - 1 - offset, stride);
      pairs += Math.max(0, Math.min(last, output - 1) - first + 1);
    }
    return pairs;
  }

  /** Output positions that have at least one tap before the input. */
  static long clippedBefore(int output, int stride, int before) {
    return Math.min(output, Math.ceilDiv(Math.max(0, before), stride));
  }

  /** Outputs along one axis whose taps are all inside the image. */
  static long whole(int in, int out, int kernel, int stride, int dilation, int before) {
    long first = Math.ceilDiv(before, stride);
    long last = Math.floorDiv(in - 1 - (kernel - 1) * dilation + before, stride);
    return Math.max(0, Math.min(out - 1, last) - first + 1);
  }

  /** Pairs of output pixel and tap inside the image, over all batches. */
  static long inside(LayerWork work) {
    Window w = work.window();
    Shape in = work.input();
    Shape out = work.output();
    long columns =
        inside(
            in.dim(2),
            out.dim(2),
            w.width(),
            w.strideWidth(),
            w.dilationWidth(),
            w.padLeft(in.dim(2), out.dim(2)));
    return insideRows(work) * columns;
  }

  /** Pairs of output row and filter row inside the image, over all batches. */
  static long insideRows(LayerWork work) {
    Window w = work.window();
    Shape in = work.input();
    Shape out = work.output();
    return out.dim(0)
        * inside(
            in.dim(1),
            out.dim(1),
            w.height(),
            w.strideHeight(),
            w.dilationHeight(),
            w.padTop(in.dim(1), out.dim(1)));
  }
}
