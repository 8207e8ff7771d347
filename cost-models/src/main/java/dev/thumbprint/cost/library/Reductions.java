package dev.thumbprint.cost.library;

import static dev.thumbprint.cost.library.Term.*;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.Locale;

/** MEAN, SUM, REDUCE_MAX and REDUCE_MIN: reference kernels for any axes. */
final class Reductions {
  private Reductions() {}

  static Decision decide(LayerWork work, boolean real) {
    String name = "reference/" + work.operator().name().toLowerCase(Locale.ROOT);
    long in = work.input().elements();
    long out = work.output().elements();
    if (real && overHeightAndWidth(work)) {
      return new TripCounter(name, "over height and width of an image: plain loops")
          .add(SHAPE_CALL, 1)
          .add(FLOAT_POOL_TAP, in)
          .add(FLOAT_POOL_OUTPUT, out)
          .done();
    }
    // For every element the index is moved on by one, and every dimension is asked whether it stays
    // (source: tensorflow/tflite-micro 90b983c2, kernels/internal/types.h, ReducedOutputOffset).
    TripCounter trips =
        new TripCounter(name, "one step for an element and one for each of its dimensions");
    trips.add(SHAPE_CALL, 1);
    return trips.add(MEAN_ELEMENT, in * (work.input().rank() + 1)).add(MEAN_OUTPUT, out).done();
  }

  /** Means of an image that keep its rank have loops of their own, in single precision alone. */
  private static boolean overHeightAndWidth(LayerWork work) {
    return work.operator() == Operator.MEAN
        && work.input().rank() == 4
        && work.output().rank() == 4
        && work.output().dim(1) == 1
        && work.output().dim(2) == 1
        && work.output().dim(3) == work.input().dim(3);
  }
}
