package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.Elementwise;
import dev.thumbprint.kernels.FixedPoint;
import dev.thumbprint.kernels.FloatUnary;
import dev.thumbprint.kernels.HardSwish;
import dev.thumbprint.kernels.InverseSquareRoot;
import dev.thumbprint.kernels.LeakyRelu;
import dev.thumbprint.kernels.Prelu;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import dev.thumbprint.run.Preparer;
import dev.thumbprint.run.Step;

/** Functions of one element: the elementary ones, and the activations that have no fused form. */
final class Functions {
  private Functions() {}

  /** A function that exists in single precision only. */
  static Preparer float32(FloatUnary function) {
    return p -> {
      Singles.requireSameType(p);
      p.require(p.input(0), FLOAT32);
      return Singles.floats(p, function);
    };
  }

  /** Nearest integer, ties to the even one; what rounds to zero from below becomes +0. */
  static float roundHalfEven(float x) {
    float floor = (float) Math.floor(x);
    float rest = x - floor;
    boolean down = rest < 0.5f || (rest == 0.5f && floor % 2 == 0);
    return down ? floor : floor + 1;
  }

  static Prepared abs(Preparation p) {
    Singles.requireSameType(p);
    return switch (p.require(p.input(0), FLOAT32, INT8, INT16)) {
      case FLOAT32 -> Singles.floats(p, Math::abs);
      default -> {
        boolean quantised = p.input(0).quantization().isPresent();
        boolean rescaled = quantised && p.scale(p.input(0)) != p.scale(p.output(0));
        int zeroIn = p.zeroPoint(p.input(0));
        int zeroOut = p.zeroPoint(p.output(0));
        QuantizedMultiplier scale =
            rescaled
                ? QuantizedMultiplier.of(p.scale(p.input(0)) / p.scale(p.output(0)), p.rounding())
                : null;
        int min = Preparation.lowest(p.input(0).type());
        int max = Preparation.highest(p.input(0).type());
        yield Singles.integers(
            p,
            x -> {
              int magnitude = Math.abs(x - zeroIn);
              long scaled = rescaled ? scale.times(magnitude, p.rounding()) : magnitude;
              return Math.clamp(scaled + zeroOut, min, max);
            });
      }
    };
  }

  static Prepared rsqrt(Preparation p) {
    Singles.requireSameType(p);
    if (p.require(p.input(0), FLOAT32, INT8, INT16) == FLOAT32) {
      return Singles.floats(p, x -> 1 / (float) Math.sqrt(x));
    }
    p.require(
        p.input(0).type() == INT8 || (p.zeroPoint(p.input(0)) | p.zeroPoint(p.output(0))) == 0,
        "zero points of 16-bit tensors that are not 0",
        "0");
    double scale = 1.0 / ((float) Math.sqrt(p.scale(p.input(0))) * p.scale(p.output(0)));
    InverseSquareRoot.Rsqrt function =
        new InverseSquareRoot.Rsqrt(
            p.zeroPoint(p.input(0)),
            QuantizedMultiplier.of(scale, p.rounding()),
            p.zeroPoint(p.output(0)),
            Preparation.highest(p.input(0).type()),
            p.rounding());
    p.requireSameElements(p.input(0), p.output(0));
    return frame -> {
      Object input = frame.array(p.inputIndex(0));
      Object output = frame.array(p.outputIndex(0));
      Step step =
          input instanceof byte[] from && output instanceof byte[] to
              ? () -> Elementwise.map(function, from, to)
              : () -> Elementwise.map(function, (short[]) input, (short[]) output);
      return Singles.refusing(p, step);
    };
  }

  static Prepared elu(Preparation p) {
    Singles.requireSameType(p);
    if (p.require(p.input(0), FLOAT32, INT8) == FLOAT32) {
      return Singles.floats(p, x -> x < 0 ? (float) Math.expm1(x) : x);
    }
    // The table of the 8-bit operator is made without expm1 (kernels/elu.cc).
    FloatUnary elu = x -> x < 0 ? (float) Math.exp(x) - 1 : x;
    float scale = p.scale(p.input(0));
    float inverse = 1 / p.scale(p.output(0));
    int zeroIn = p.zeroPoint(p.input(0));
    int zeroOut = p.zeroPoint(p.output(0));
    return Singles.integers(
        p,
        x -> {
          float value = elu.apply(scale * (x - zeroIn));
          float rounded = (float) FixedPoint.roundHalfAway(value * inverse);
          return FixedPoint.saturate8((int) (rounded + zeroOut));
        });
  }

  static Prepared hardSwish(Preparation p) {
    Singles.requireSameType(p);
    if (p.require(p.input(0), FLOAT32, INT8) == FLOAT32) {
      return Singles.floats(p, x -> x * Math.min(6f, Math.max(0f, x + 3)) / 6);
    }
    return Singles.integers(
        p,
        HardSwish.of(
            p.scale(p.input(0)),
            p.zeroPoint(p.input(0)),
            p.scale(p.output(0)),
            p.zeroPoint(p.output(0))));
  }

  static Prepared leakyRelu(Preparation p) {
    float alpha = p.options(Options.LeakyRelu.class).alpha();
    Singles.requireSameType(p);
    if (p.require(p.input(0), FLOAT32, INT8, INT16) == FLOAT32) {
      return Singles.floats(p, x -> x > 0 ? x : x * alpha);
    }
    float in = p.scale(p.input(0));
    float out = p.scale(p.output(0));
    return Singles.integers(
        p,
        new LeakyRelu(
            p.zeroPoint(p.input(0)),
            QuantizedMultiplier.of(in / out, p.rounding()),
            QuantizedMultiplier.of(in * alpha / out, p.rounding()),
            p.zeroPoint(p.output(0)),
            Preparation.lowest(p.input(0).type()),
            Preparation.highest(p.input(0).type()),
            p.rounding()));
  }

  /** Inputs: activations, slopes (broadcast); 16-bit activations take slopes of 8 bits. */
  static Prepared prelu(Preparation p) {
    Singles.requireSameType(p);
    DataType type = p.require(p.input(0), FLOAT32, INT8, INT16);
    if (type == INT16) {
      p.require(p.input(1), INT8);
    } else {
      Arithmetic.requireSameTypes(p);
    }
    if (type == FLOAT32) {
      return Arithmetic.Pairs.floats(p, (x, slope) -> x >= 0 ? x : x * slope);
    }
    double in = p.scale(p.input(0));
    double alpha = p.scale(p.input(1));
    double out = p.scale(p.output(0));
    Prelu function =
        new Prelu(
            p.zeroPoint(p.input(0)),
            p.zeroPoint(p.input(1)),
            QuantizedMultiplier.of(in / out, p.rounding()),
            QuantizedMultiplier.of(in * alpha / out, p.rounding()),
            p.zeroPoint(p.output(0)),
            Preparation.lowest(p.output(0).type()),
            Preparation.highest(p.output(0).type()),
            p.rounding());
    return type == INT16
        ? Arithmetic.Pairs.shortsWithBytes(p, function)
        : Arithmetic.Pairs.integers(p, function);
  }

  static Prepared logicalNot(Preparation p) {
    Singles.requireSameType(p);
    p.require(p.input(0), BOOL);
    return Singles.integers(p, x -> x == 0 ? 1 : 0);
  }
}
