package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.Reduction;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** MEAN, SUM, REDUCE_MAX, REDUCE_MIN and REDUCE_ALL. */
final class Reductions {
  private Reductions() {}

  /** Which output element each input element falls into, and how many fall into each. */
  @SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
  private record Fold(int[] targets, int count) {
    static Fold of(Preparation p) {
      int[] dims = Preparation.dims(p.input(0));
      boolean[] reduced = new boolean[dims.length];
      int count = 1;
      for (int axis : p.requireInts(1, "axis")) {
        int at = axis < 0 ? axis + dims.length : axis;
        p.require(at >= 0 && at < dims.length, "axis " + axis, "an axis of the input");
        count *= reduced[at] ? 1 : dims[at];
        reduced[at] = true;
      }
      int outputs = Preparation.elements(p.output(0));
      p.require(
          (long) outputs * count == p.input(0).shape().elements() && outputs > 0,
          "output [%s] of input [%s]".formatted(p.output(0).shape(), p.input(0).shape()),
          "the input without its reduced axes");
      return new Fold(Reduction.targets(dims, reduced), count);
    }
  }

  static Prepared mean(Preparation p) {
    Fold fold = Fold.of(p);
    return switch (types(p, INT8, INT16, FLOAT32)) {
      case FLOAT32 ->
          frame -> {
            float[] input = frame.floats(p.inputIndex(0));
            float[] output = frame.floats(p.outputIndex(0));
            return () -> Reduction.mean(input, fold.targets, fold.count, output);
          };
      default -> {
        DataType type = p.output(0).type();
        yield integers(
            p,
            fold,
            Reduction.Finish.mean(
                ratio(p),
                fold.count,
                p.zeroPoint(p.input(0)),
                p.zeroPoint(p.output(0)),
                Preparation.lowest(type),
                Preparation.highest(type),
                p.rounding()));
      }
    };
  }

  static Prepared sum(Preparation p) {
    Fold fold = Fold.of(p);
    return switch (types(p, INT8, INT16, FLOAT32)) {
      case FLOAT32 ->
          frame -> {
            float[] input = frame.floats(p.inputIndex(0));
            float[] output = frame.floats(p.outputIndex(0));
            return () -> Reduction.sum(input, fold.targets, output);
          };
      default -> {
        DataType type = p.output(0).type();
        yield integers(
            p,
            fold,
            Reduction.Finish.sum(
                ratio(p),
                fold.count,
                p.zeroPoint(p.input(0)),
                p.zeroPoint(p.output(0)),
                Preparation.lowest(type),
                Preparation.highest(type),
                p.rounding()));
      }
    };
  }

  static Prepared max(Preparation p) {
    return extreme(p, true);
  }

  static Prepared min(Preparation p) {
    return extreme(p, false);
  }

  static Prepared all(Preparation p) {
    Fold fold = Fold.of(p);
    types(p, BOOL);
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () ->
          Reduction.fold((a, b) -> a != 0 && b != 0 ? 1 : 0, 1, input, fold.targets, output);
    };
  }

  private static Prepared extreme(Preparation p, boolean max) {
    Fold fold = Fold.of(p);
    return switch (types(p, INT8, FLOAT32)) {
      case FLOAT32 ->
          frame -> {
            float[] input = frame.floats(p.inputIndex(0));
            float[] output = frame.floats(p.outputIndex(0));
            return max
                ? () ->
                    Reduction.fold(
                        (a, b) -> b > a ? b : a, -Float.MAX_VALUE, input, fold.targets, output)
                : () ->
                    Reduction.fold(
                        (a, b) -> b < a ? b : a, Float.MAX_VALUE, input, fold.targets, output);
          };
      default -> {
        p.require(
            p.scale(p.input(0)) == p.scale(p.output(0))
                && p.zeroPoint(p.input(0)) == p.zeroPoint(p.output(0)),
            "different quantisation in and out",
            "equal scale and zero point");
        yield frame -> {
          byte[] input = frame.bytes(p.inputIndex(0));
          byte[] output = frame.bytes(p.outputIndex(0));
          return max
              ? () -> Reduction.fold(Math::max, Byte.MIN_VALUE, input, fold.targets, output)
              : () -> Reduction.fold(Math::min, Byte.MAX_VALUE, input, fold.targets, output);
        };
      }
    };
  }

  private static DataType types(Preparation p, DataType... types) {
    if (p.input(0).type() != p.output(0).type()) {
      throw p.refuseTypes();
    }
    return p.require(p.input(0), types);
  }

  private static QuantizedMultiplier ratio(Preparation p) {
    return QuantizedMultiplier.of(
        (double) p.scale(p.input(0)) / p.scale(p.output(0)), p.rounding());
  }

  private static Prepared integers(Preparation p, Fold fold, Reduction.Finish finish) {
    int[] targets = fold.targets;
    return p.input(0).type() == INT8
        ? frame -> {
          byte[] input = frame.bytes(p.inputIndex(0));
          byte[] output = frame.bytes(p.outputIndex(0));
          int[] sums = new int[output.length];
          return () -> {
            Reduction.sum(input, targets, sums);
            for (int i = 0; i < sums.length; i++) {
              output[i] = (byte) finish.of(sums[i]);
            }
          };
        }
        : frame -> {
          short[] input = frame.shorts(p.inputIndex(0));
          short[] output = frame.shorts(p.outputIndex(0));
          int[] sums = new int[output.length];
          return () -> {
            Reduction.sum(input, targets, sums);
            for (int i = 0; i < sums.length; i++) {
              output[i] = (short) finish.of(sums[i]);
            }
          };
        };
  }
}
