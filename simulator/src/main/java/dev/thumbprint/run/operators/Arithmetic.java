package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.kernels.AddSub;
import dev.thumbprint.kernels.Elementwise;
import dev.thumbprint.kernels.FloatBinary;
import dev.thumbprint.kernels.FloatMath;
import dev.thumbprint.kernels.IndexMap;
import dev.thumbprint.kernels.Mul;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;

/** ADD, SUB and MUL. */
final class Arithmetic {
  private Arithmetic() {}

  static Prepared add(Preparation p) {
    Activation activation = p.options(Options.Elementwise.class).activation();
    requireSameTypes(p);
    return switch (p.output(0).type()) {
      case FLOAT32 -> Pairs.floats(p, clampedFloats(Float::sum, activation));
      case INT32 -> Pairs.ints(p, clampedInts(Integer::sum, activation));
      case INT8, INT16 -> addSub(p, activation, false);
      default -> throw p.refuseTypes();
    };
  }

  static Prepared sub(Preparation p) {
    Activation activation = p.options(Options.Elementwise.class).activation();
    requireSameTypes(p);
    return switch (p.output(0).type()) {
      case FLOAT32 -> Pairs.floats(p, clampedFloats((a, b) -> a - b, activation));
      case INT32 -> Pairs.ints(p, clampedInts((a, b) -> a - b, activation));
      case INT8, INT16 -> addSub(p, activation, true);
      default -> throw p.refuseTypes();
    };
  }

  static Prepared mul(Preparation p) {
    Activation activation = p.options(Options.Elementwise.class).activation();
    requireSameTypes(p);
    return switch (p.output(0).type()) {
      case FLOAT32 -> Pairs.floats(p, clampedFloats((a, b) -> a * b, activation));
      case INT32 -> Pairs.ints(p, clampedInts((a, b) -> a * b, activation));
      case INT8, INT16 -> {
        double real = (double) p.scale(p.input(0)) * p.scale(p.input(1)) / p.scale(p.output(0));
        Preparation.Range range = p.range(activation, p.output(0));
        Mul function =
            new Mul(
                p.zeroPoint(p.input(0)),
                p.zeroPoint(p.input(1)),
                QuantizedMultiplier.of(real, p.rounding()),
                p.zeroPoint(p.output(0)),
                range.min(),
                range.max(),
                p.rounding());
        yield Pairs.integers(p, function);
      }
      default -> throw p.refuseTypes();
    };
  }

  private static Prepared addSub(Preparation p, Activation activation, boolean subtract) {
    int shift =
        switch (p.output(0).type()) {
          case INT8 -> AddSub.SHIFT_8;
          default -> AddSub.SHIFT_16;
        };
    AddSub.Operand a = operand(p, p.input(0));
    AddSub.Operand b = operand(p, p.input(1));
    AddSub.Operand output = operand(p, p.output(0));
    Preparation.Range range = p.range(activation, p.output(0));
    AddSub function =
        subtract
            ? AddSub.subtract(shift, a, b, output, range.min(), range.max(), p.rounding())
            : AddSub.add(shift, a, b, output, range.min(), range.max(), p.rounding());
    boolean plain = shift == AddSub.SHIFT_8 && p.input(0).shape().equals(p.input(1).shape());
    if (plain) {
      p.requireSameElements(p.input(0), p.output(0));
      return Bindings.bytes(
          p.tier().addSub(function), p.inputIndex(0), p.inputIndex(1), p.outputIndex(0));
    }
    return Pairs.integers(p, function);
  }

  private static AddSub.Operand operand(Preparation p, Tensor tensor) {
    return new AddSub.Operand(p.scale(tensor), p.zeroPoint(tensor));
  }

  static void requireSameTypes(Preparation p) {
    if (p.input(0).type() != p.input(1).type() || p.input(0).type() != p.output(0).type()) {
      throw p.refuseTypes();
    }
  }

  private static FloatBinary clampedFloats(FloatBinary function, Activation activation) {
    float min = Preparation.floatMin(activation);
    float max = Preparation.floatMax(activation);
    return (a, b) -> FloatMath.clamp(function.apply(a, b), min, max);
  }

  /** Unquantised integers: the activation clamps the plain value. */
  static IntBinaryOperator clampedInts(IntBinaryOperator function, Activation activation) {
    int min =
        switch (activation) {
          case RELU, RELU6 -> 0;
          case RELU_N1_TO_1 -> -1;
          case NONE, TANH, SIGN_BIT -> Integer.MIN_VALUE;
        };
    int max =
        switch (activation) {
          case RELU6 -> 6;
          case RELU_N1_TO_1 -> 1;
          case NONE, RELU, TANH, SIGN_BIT -> Integer.MAX_VALUE;
        };
    return (a, b) -> Math.clamp(function.applyAsInt(a, b), min, max);
  }

  /** Pairs of elements with broadcast. */
  static final class Pairs {
    private Pairs() {}

    /** Both index tables, null where the shape is the output's. */
    @SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
    private record Maps(int[] a, int[] b) {
      static Maps of(Preparation p) {
        int[] output = Preparation.dims(p.output(0));
        int[] a = Preparation.dims(p.input(0));
        int[] b = Preparation.dims(p.input(1));
        int[] shape = IndexMap.broadcastShape(a, b);
        p.require(
            shape != null && IndexMap.elements(shape) == IndexMap.elements(output),
            "input [%s], input [%s], output [%s]"
                .formatted(p.input(0).shape(), p.input(1).shape(), p.output(0).shape()),
            "shapes that broadcast");
        return new Maps(
            IndexMap.elements(a) == IndexMap.elements(shape) ? null : IndexMap.broadcast(a, shape),
            IndexMap.elements(b) == IndexMap.elements(shape) ? null : IndexMap.broadcast(b, shape));
      }
    }

    /** Integers of 8, 16 or 32 bits, by the type of the output. */
    static Prepared integers(Preparation p, IntBinaryOperator function) {
      Maps maps = Maps.of(p);
      int a = p.inputIndex(0);
      int b = p.inputIndex(1);
      int out = p.outputIndex(0);
      return switch (p.output(0).type()) {
        case INT8, UINT8, BOOL ->
            frame -> {
              byte[] left = frame.bytes(a);
              byte[] right = frame.bytes(b);
              byte[] output = frame.bytes(out);
              return () -> Elementwise.zip(function, left, maps.a, right, maps.b, output);
            };
        case INT16 ->
            frame -> {
              short[] left = frame.shorts(a);
              short[] right = frame.shorts(b);
              short[] output = frame.shorts(out);
              return () -> Elementwise.zip(function, left, maps.a, right, maps.b, output);
            };
        case INT32 -> ints(p, function);
        default -> throw p.refuseTypes();
      };
    }

    /** 16-bit integers with a second operand of 8 bits. */
    static Prepared shortsWithBytes(Preparation p, IntBinaryOperator function) {
      Maps maps = Maps.of(p);
      return frame -> {
        short[] left = frame.shorts(p.inputIndex(0));
        byte[] right = frame.bytes(p.inputIndex(1));
        short[] wide = new short[right.length];
        short[] output = frame.shorts(p.outputIndex(0));
        return () -> {
          for (int i = 0; i < wide.length; i++) {
            wide[i] = right[i];
          }
          Elementwise.zip(function, left, maps.a, wide, maps.b, output);
        };
      };
    }

    /** 32-bit integers. */
    static Prepared ints(Preparation p, IntBinaryOperator function) {
      Maps maps = Maps.of(p);
      return frame -> {
        int[] left = frame.ints(p.inputIndex(0));
        int[] right = frame.ints(p.inputIndex(1));
        int[] output = frame.ints(p.outputIndex(0));
        return () -> Elementwise.zip(function, left, maps.a, right, maps.b, output);
      };
    }

    /** 64-bit integers. */
    static Prepared longs(Preparation p, LongBinaryOperator function) {
      Maps maps = Maps.of(p);
      return frame -> {
        long[] left = frame.longs(p.inputIndex(0));
        long[] right = frame.longs(p.inputIndex(1));
        long[] output = frame.longs(p.outputIndex(0));
        return () -> Elementwise.zip(function, left, maps.a, right, maps.b, output);
      };
    }

    /** Single precision. */
    static Prepared floats(Preparation p, FloatBinary function) {
      Maps maps = Maps.of(p);
      return frame -> {
        float[] left = frame.floats(p.inputIndex(0));
        float[] right = frame.floats(p.inputIndex(1));
        float[] output = frame.floats(p.outputIndex(0));
        return () -> Elementwise.zip(function, left, maps.a, right, maps.b, output);
      };
    }
  }
}
