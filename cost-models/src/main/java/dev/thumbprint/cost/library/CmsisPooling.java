package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;

/** AVERAGE_POOL_2D and MAX_POOL_2D of CMSIS-NN without vectors. */
final class CmsisPooling {
  private CmsisPooling() {}

  static Decision decide(LayerWork work, CmsisGeneration generation, boolean dsp) {
    Shape in = work.input();
    Shape out = work.output();
    if (in.rank() != 4 || out.rank() != 4) {
      return new NotCovered(work.operator() + " needs input and output of rank 4");
    }
    Window w = work.window();
    long columns =
        Taps.inside(
            in.dim(2), out.dim(2), w.width(), w.strideWidth(), 1, w.padLeft(in.dim(2), out.dim(2)));
    long rows =
        Taps.inside(
            in.dim(1),
            out.dim(1),
            w.height(),
            w.strideHeight(),
            1,
            w.padTop(in.dim(1), out.dim(1)));
    long channels = (long) out.dim(3) * out.dim(0);
    long pixels = (long) out.dim(1) * out.dim(2) * out.dim(0);
    if (work.operator() == Operator.MAX_POOL_2D) {
      return new TripCounter("max_pool_s8", "maximum over the window")
          .add(POOL_PIXEL, pixels)
          .add(MAXPOOL_TAP, rows * columns * channels)
          .add(MAXPOOL_OUTPUT, out.elements())
          .done();
    }
    if (dsp && generation == CmsisGeneration.G2020_03) {
      // First along rows for every input row, then along columns, each with its own division.
      long line = out.dim(2) * channels;
      long first = in.dim(1) * line;
      return new TripCounter("avgpool_s8/two passes", "along the rows, then along the columns")
          .add(POOL_PIXEL, (long) in.dim(1) * out.dim(2) + out.dim(1))
          .add(POOL_TAP4, in.dim(1) * columns * (channels / 4) + rows * (line / 4))
          .add(POOL_TAP, in.dim(1) * columns * (channels % 4) + rows * (line % 4))
          .add(POOL_OUTPUT, first + out.elements())
          .done();
    }
    return new TripCounter("avgpool_s8", "sum over the window, then a division")
        .add(POOL_PIXEL, dsp ? pixels : out.elements())
        .add(POOL_TAP, rows * columns * channels)
        .add(POOL_OUTPUT, out.elements())
        .done();
  }
}
