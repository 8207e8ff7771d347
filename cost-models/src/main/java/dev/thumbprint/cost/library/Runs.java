package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;

/** CONCATENATION and PAD, as far as they copy or fill contiguous runs. */
final class Runs {
  private Runs() {}

  /** Joins the inputs: for everything before the axis, one run of each input. */
  static Decision concatenation(LayerWork work) {
    long runs = before(work) * work.inputs().size();
    return new TripCounter("reference/concatenation", "one run of each input before the axis")
        .add(SHAPE_CALL, 1)
        .add(MOVE_RUN, runs)
        .add(MOVE_BYTE, work.outputType().bytes(work.output().elements()))
        .done();
  }

  /** Elements before the first dimension in which the output is longer than an input. */
  private static long before(LayerWork work) {
    Shape in = work.input();
    Shape out = work.output();
    long before = 1;
    for (int i = 0; i < Math.min(in.rank(), out.rank()) && in.dim(i) == out.dim(i); i++) {
      before *= out.dim(i);
    }
    return before;
  }

  /** The reference kernel compares every element with the borders of each dimension. */
  static Decision padding(LayerWork work, String path) {
    long steps = Math.max(1, work.output().rank() - 1);
    return new TripCounter(path, "every element is compared with each border")
        .add(SHAPE_CALL, 1)
        .add(MOVE_ELEMENT, work.output().elements() * steps)
        .done();
  }

  /**
   * CMSIS-NN since 2025: rows are copied whole, between two that are filled (source:
   * ARM-software/CMSIS-NN 4ab83cc3, arm_pad_s8.c). Pixels are, where channels are padded.
   */
  static Decision paddedRows(LayerWork work) {
    Shape in = work.input();
    Shape out = work.output();
    long pieces = in.elements() / Math.max(1, in.dim(-1));
    boolean rows = in.dim(-1) == out.dim(-1) && in.rank() > 1;
    if (rows) {
      pieces /= Math.max(1, in.dim(-2));
    }
    return new TripCounter("pad_s8", rows ? "rows copied whole" : "channels padded: by pixels")
        .add(SHAPE_CALL, 1)
        .add(MOVE_RUN, 3 * pieces)
        .add(MOVE_BYTE, out.elements())
        .done();
  }
}
