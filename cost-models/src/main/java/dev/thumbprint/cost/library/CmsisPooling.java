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
      return maximum(work, generation, dsp, rows, columns);
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
        .add(POOL_WINDOW, dsp ? rows * columns * out.dim(0) : 0)
        .add(POOL_TAP, rows * columns * channels)
        .add(POOL_OUTPUT, out.elements())
        .done();
  }

  private static Decision maximum(
      LayerWork work, CmsisGeneration generation, boolean dsp, long rows, long columns) {
    Shape in = work.input();
    Shape out = work.output();
    long batch = out.dim(0);
    long channels = out.dim(3);
    if (dsp && generation == CmsisGeneration.G2020_03) {
      // In place: first along rows for every input row, then along columns, a line at a time.
      long line = out.dim(2) * channels * batch;
      return new TripCounter("max_pool_s8/two passes", "along the rows, then along the columns")
          .add(POOL_WINDOW, in.dim(1) * columns * batch + rows)
          .add(MAXPOOL_TAP, in.dim(1) * columns * channels * batch + rows * line)
          .add(MAXPOOL_OUTPUT, out.elements())
          .done();
    }
    long positions = rows * columns * batch;
    TripCounter trips =
        new TripCounter("max_pool_s8", "maximum over the window")
            .add(POOL_PIXEL, (long) out.dim(1) * out.dim(2) * batch)
            .add(POOL_WINDOW, positions);
    // Four bytes of a word are compared one by one; without unaligned reads the word is put
    // together first, and bytes that are left over take less.
    return (dsp
            ? trips.add(MAXPOOL_TAP, positions * channels)
            : trips
                .add(MAXPOOL_TAP4, positions * (channels / 4))
                .add(MAXPOOL_TAP, positions * (channels % 4)))
        .add(MAXPOOL_OUTPUT, out.elements())
        .done();
  }
}
