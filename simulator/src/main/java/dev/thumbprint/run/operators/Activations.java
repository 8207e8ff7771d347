package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.kernels.Cmsis2020;
import dev.thumbprint.kernels.FixedPointSigmoid;
import dev.thumbprint.kernels.FloatMath;
import dev.thumbprint.kernels.FloatUnary;
import dev.thumbprint.kernels.Quantize;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.kernels.Rescale;
import dev.thumbprint.kernels.Softmax;
import dev.thumbprint.kernels.Softmax16;
import dev.thumbprint.kernels.TableSigmoid;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Departure;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** LOGISTIC, TANH, RELU, RELU6 and SOFTMAX. */
final class Activations {
  private static final float OUTPUT_SCALE_TOLERANCE = 0.001f;

  private Activations() {}

  static Prepared logistic(Preparation p) {
    return sigmoid(p, false, FloatMath::logistic);
  }

  static Prepared tanh(Preparation p) {
    return sigmoid(p, true, x -> (float) Math.tanh(x));
  }

  private static Prepared sigmoid(Preparation p, boolean tanh, FloatUnary real) {
    Singles.requireSameType(p);
    return switch (p.require(p.input(0), INT8, INT16, FLOAT32)) {
      case INT8 -> {
        p.require(
            tanh || p.zeroPoint(p.output(0)) == Byte.MIN_VALUE,
            "output zero point " + p.zeroPoint(p.output(0)),
            String.valueOf(Byte.MIN_VALUE));
        yield Singles.integers(
            p,
            FixedPointSigmoid.of(p.scale(p.input(0)), p.zeroPoint(p.input(0)), tanh, p.rounding()));
      }
      case INT16 -> {
        float out = p.scale(p.output(0));
        p.require(
            p.zeroPoint(p.input(0)) == 0
                && p.zeroPoint(p.output(0)) == 0
                && TableSigmoid.isPowerOfTwo(out)
                && TableSigmoid.log2(out) == -15,
            "output scale " + out + " of a 16-bit activation",
            "2^-15, and zero points of 0");
        yield Singles.integers(p, TableSigmoid.of(p.scale(p.input(0)), tanh));
      }
      default -> Singles.floats(p, real);
    };
  }

  static Prepared relu(Preparation p) {
    Singles.requireSameType(p);
    return switch (p.require(p.input(0), INT8, INT16, FLOAT32)) {
      case FLOAT32 -> Singles.floats(p, x -> x < 0 ? 0 : x);
      default -> {
        requireCentred16(p);
        double ratio = p.scale(p.input(0)) / p.scale(p.output(0));
        Preparation.Range range = p.range(Activation.RELU, p.output(0));
        yield Singles.integers(
            p,
            new Rescale(
                p.zeroPoint(p.input(0)),
                QuantizedMultiplier.of(ratio, p.rounding()),
                p.zeroPoint(p.output(0)),
                range.min(),
                range.max(),
                p.rounding()));
      }
    };
  }

  /** Integers are clamped by the input's quantisation and not rescaled, unlike desktop TFLite. */
  static Prepared relu6(Preparation p) {
    Singles.requireSameType(p);
    return switch (p.require(p.input(0), INT8, INT16, FLOAT32)) {
      case FLOAT32 -> Singles.floats(p, x -> x > 6 ? 6 : x < 0 ? 0 : x);
      default -> {
        int zero = p.zeroPoint(p.input(0));
        int six =
            Quantize.quantize(
                6,
                p.scale(p.input(0)),
                zero,
                Preparation.lowest(p.input(0).type()),
                Preparation.highest(p.input(0).type()));
        yield Singles.integers(p, x -> x > six ? six : Math.max(x, zero));
      }
    };
  }

  private static void requireCentred16(Preparation p) {
    p.require(
        p.input(0).type() != INT16
            || (p.zeroPoint(p.input(0)) == 0 && p.zeroPoint(p.output(0)) == 0),
        "zero points of 16-bit tensors that are not 0",
        "0");
  }

  /** Over the innermost dimension. */
  static Prepared softmax(Preparation p) {
    float beta = p.options(Options.Softmax.class).beta();
    p.requireSameElements(p.input(0), p.output(0));
    p.require(p.input(0).shape().rank() >= 1, "a scalar", "at least one dimension");
    int depth = p.input(0).shape().dim(-1);
    int rows = depth == 0 ? 0 : Preparation.elements(p.input(0)) / depth;
    return switch (p.input(0).type()) {
      case FLOAT32 -> {
        p.require(p.output(0), FLOAT32);
        yield frame -> {
          float[] input = frame.floats(p.inputIndex(0));
          float[] output = frame.floats(p.outputIndex(0));
          return () -> Softmax.float32(rows, depth, beta, input, output);
        };
      }
      case INT8 -> softmaxInt8(p, rows, depth, Softmax.of(beta, p.scale(p.input(0))));
      case INT16 -> softmaxInt16(p, rows, depth, beta);
      default -> throw p.refuseTypes();
    };
  }

  private static Prepared softmaxInt16(Preparation p, int rows, int depth, float beta) {
    p.require(p.output(0), INT16);
    p.require(
        Math.abs(p.scale(p.output(0)) - 1f / 32768) <= OUTPUT_SCALE_TOLERANCE / 32768
            && p.zeroPoint(p.output(0)) == 0
            && p.zeroPoint(p.input(0)) == 0,
        "output scale " + p.scale(p.output(0)),
        "1/32768, and zero points of 0");
    Softmax16 softmax = Softmax16.of(beta, p.scale(p.input(0)), p.rounding());
    boolean wrapping = p.departs(Departure.SOFTMAX_INT16_WRAPS);
    return frame -> {
      short[] input = frame.shorts(p.inputIndex(0));
      short[] output = frame.shorts(p.outputIndex(0));
      return () -> softmax.int16(rows, depth, input, output, wrapping);
    };
  }

  private static Prepared softmaxInt8(Preparation p, int rows, int depth, Softmax softmax) {
    float scale = p.scale(p.output(0));
    int zeroPoint = p.zeroPoint(p.output(0));
    return switch (p.require(p.output(0), INT8, INT16)) {
      case INT8 -> {
        p.require(
            scale == 1f / 256 && zeroPoint == Byte.MIN_VALUE,
            "output scale %s, zero point %d".formatted(scale, zeroPoint),
            "1/256 and -128");
        yield frame -> {
          byte[] input = frame.bytes(p.inputIndex(0));
          byte[] output = frame.bytes(p.outputIndex(0));
          return p.departs(Departure.SOFTMAX_8_BIT_DIFFERENCES)
              ? () -> Cmsis2020.softmax(softmax, rows, depth, input, output)
              : () -> softmax.int8(rows, depth, input, output);
        };
      }
      default -> {
        p.require(
            Math.abs(scale - 1f / 65536) <= OUTPUT_SCALE_TOLERANCE / 65536
                && zeroPoint == Short.MIN_VALUE,
            "output scale %s, zero point %d".formatted(scale, zeroPoint),
            "1/65536 and -32768");
        yield frame -> {
          byte[] input = frame.bytes(p.inputIndex(0));
          short[] output = frame.shorts(p.outputIndex(0));
          return () -> softmax.int8To16(rows, depth, input, output);
        };
      }
    };
  }
}
