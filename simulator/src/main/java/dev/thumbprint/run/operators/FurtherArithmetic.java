package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.kernels.Divide;
import dev.thumbprint.kernels.FloatMath;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.SquaredDifference;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import dev.thumbprint.run.Step;

/** DIV, FLOOR_DIV, FLOOR_MOD, SQUARED_DIFFERENCE, ADD_N and CUMSUM. */
final class FurtherArithmetic {
  private static final int SUM_SHIFT = 20;

  private FurtherArithmetic() {}

  static Prepared div(Preparation p) {
    Activation activation = p.options(Options.Elementwise.class).activation();
    Arithmetic.requireSameTypes(p);
    return switch (p.require(p.output(0), FLOAT32, INT32, INT8)) {
      case INT32 -> {
        p.require(
            p.input(0).quantization().isEmpty() && p.input(1).quantization().isEmpty(),
            "quantised int32",
            "plain integers");
        Prepared quotient =
            Arithmetic.Pairs.ints(p, Arithmetic.clampedInts((a, b) -> a / b, activation));
        yield frame -> Singles.refusing(p, quotient.bind(frame));
      }
      case FLOAT32 -> {
        float min = Preparation.floatMin(activation);
        float max = Preparation.floatMax(activation);
        yield Arithmetic.Pairs.floats(p, (a, b) -> FloatMath.clamp(a / b, min, max));
      }
      default -> {
        float ratio = p.scale(p.input(0)) / (p.scale(p.input(1)) * p.scale(p.output(0)));
        Preparation.Range range = p.range(activation, p.output(0));
        Divide function =
            new Divide(
                p.zeroPoint(p.input(0)),
                p.zeroPoint(p.input(1)),
                QuantizedMultiplier.of(ratio, p.rounding()),
                p.zeroPoint(p.output(0)),
                range.min(),
                range.max(),
                p.rounding());
        Prepared quotient = Arithmetic.Pairs.integers(p, function);
        yield frame -> Singles.refusing(p, quotient.bind(frame));
      }
    };
  }

  static Prepared floorDiv(Preparation p) {
    Arithmetic.requireSameTypes(p);
    p.require(p.output(0), FLOAT32);
    Prepared quotient = Arithmetic.Pairs.floats(p, (a, b) -> (float) Math.floor(a / b));
    return frame -> {
      float[] divisors = frame.floats(p.inputIndex(1));
      Step step = quotient.bind(frame);
      return () -> {
        for (float divisor : divisors) {
          if (divisor == 0) {
            throw p.refuse("a divisor of 0", "another, as the target asks for");
          }
        }
        step.run();
      };
    };
  }

  /** The result has the sign of the divisor. */
  static Prepared floorMod(Preparation p) {
    Arithmetic.requireSameTypes(p);
    p.require(p.output(0), FLOAT32);
    return Arithmetic.Pairs.floats(
        p,
        (a, b) -> {
          float rest = a % b;
          return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
        });
  }

  static Prepared squaredDifference(Preparation p) {
    Arithmetic.requireSameTypes(p);
    return switch (p.require(p.output(0), FLOAT32, INT32, INT8, INT16)) {
      case FLOAT32 -> Arithmetic.Pairs.floats(p, (a, b) -> (a - b) * (a - b));
      case INT32 -> Arithmetic.Pairs.ints(p, (a, b) -> (a - b) * (a - b));
      default -> {
        int shift = p.output(0).type() == INT8 ? 7 : 0;
        float a = p.scale(p.input(0));
        float b = p.scale(p.input(1));
        double twice = 2.0 * Math.max(a, b);
        double out = twice * twice / ((double) (1 << (2 * shift)) * p.scale(p.output(0)));
        yield Arithmetic.Pairs.integers(
            p,
            new SquaredDifference(
                shift,
                p.zeroPoint(p.input(0)),
                QuantizedMultiplier.belowOne(a / twice),
                p.zeroPoint(p.input(1)),
                QuantizedMultiplier.belowOne(b / twice),
                QuantizedMultiplier.of(out, p.rounding()),
                p.zeroPoint(p.output(0)),
                Preparation.lowest(p.output(0).type()),
                Preparation.highest(p.output(0).type()),
                p.rounding()));
      }
    };
  }

  /**
   * The 8-bit sum does not start at 0 but at the scaled zero point, a quirk of the runtime that
   * shows where the zero point is not 0.
   */
  static Prepared addN(Preparation p) {
    for (int i = 0; i < p.inputs(); i++) {
      Moves.requireSameType(p, p.input(i), p.output(0));
      p.requireSameElements(p.input(i), p.output(0));
    }
    if (p.require(p.output(0), FLOAT32, INT8) == FLOAT32) {
      return frame -> {
        float[][] inputs = new float[p.inputs()][];
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = frame.floats(p.inputIndex(i));
        }
        float[] output = frame.floats(p.outputIndex(0));
        return () -> {
          for (int i = 0; i < output.length; i++) {
            float sum = 0;
            for (float[] input : inputs) {
              sum += input[i];
            }
            output[i] = sum;
          }
        };
      };
    }
    for (int i = 1; i < p.inputs(); i++) {
      p.require(
          p.scale(p.input(i)) == p.scale(p.input(0))
              && p.zeroPoint(p.input(i)) == p.zeroPoint(p.input(0)),
          "different quantisation of the inputs",
          "equal scale and zero point");
    }
    Sum sum = Sum.of(p, p.input(0));
    return frame -> {
      byte[][] inputs = new byte[p.inputs()][];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = frame.bytes(p.inputIndex(i));
      }
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> {
        for (int i = 0; i < output.length; i++) {
          int total = sum.scaled(0);
          for (byte[] input : inputs) {
            total += sum.scaled(input[i]);
          }
          output[i] = (byte) sum.finish(total);
        }
      };
    };
  }

  /** Inputs: values, axis. The 8-bit sum starts at the scaled zero point, as that of ADD_N. */
  static Prepared cumsum(Preparation p) {
    Options.Cumsum options = p.options(Options.Cumsum.class);
    Moves.requireSameType(p, p.input(0), p.output(0));
    p.requireSameElements(p.input(0), p.output(0));
    int[] dims = Preparation.dims(p.input(0));
    int axis = p.requireInts(1, "axis")[0];
    int at = axis < 0 ? axis + dims.length : axis;
    p.require(at >= 0 && at < dims.length, "axis " + axis, "an axis of the input");
    int inner = 1;
    for (int i = at + 1; i < dims.length; i++) {
      inner *= dims[i];
    }
    int extent = dims[at];
    int step = options.reverse() ? -inner : inner;
    int start = options.reverse() ? (extent - 1) * inner : 0;
    int stride = inner;
    boolean exclusive = options.exclusive();
    if (p.require(p.input(0), FLOAT32, INT8) == FLOAT32) {
      return frame -> {
        float[] input = frame.floats(p.inputIndex(0));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> {
          for (int line = 0; line * extent < output.length; line++) {
            int from = line / stride * stride * extent + line % stride + start;
            float sum = 0;
            for (int i = 0; i < extent; i++, from += step) {
              float next = sum + input[from];
              output[from] = exclusive ? sum : next;
              sum = next;
            }
          }
        };
      };
    }
    Sum scale = Sum.of(p, p.input(0));
    return frame -> {
      byte[] input = frame.bytes(p.inputIndex(0));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> {
        for (int line = 0; line * extent < output.length; line++) {
          int from = line / stride * stride * extent + line % stride + start;
          int sum = scale.scaled(0);
          for (int i = 0; i < extent; i++, from += step) {
            int next = sum + scale.scaled(input[from]);
            output[from] = (byte) scale.finish(exclusive ? sum : next);
            sum = next;
          }
        }
      };
    };
  }

  /** Sums of 8-bit elements on half the input scale, shifted left by 20. */
  private record Sum(
      int zeroPointIn,
      QuantizedMultiplier in,
      QuantizedMultiplier out,
      int zeroPointOut,
      Rounding rounding) {
    static Sum of(Preparation p, Tensor input) {
      double twice = 2 * (double) p.scale(input);
      return new Sum(
          p.zeroPoint(input),
          QuantizedMultiplier.belowOne(p.scale(input) / twice),
          QuantizedMultiplier.belowOne(twice / ((1 << SUM_SHIFT) * (double) p.scale(p.output(0)))),
          p.zeroPoint(p.output(0)),
          p.rounding());
    }

    int scaled(int x) {
      return in.times((x - zeroPointIn) << SUM_SHIFT, rounding);
    }

    int finish(int sum) {
      return Math.clamp(
          (long) out.times(sum, rounding) + zeroPointOut, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
  }
}
