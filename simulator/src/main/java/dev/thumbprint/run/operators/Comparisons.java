package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.kernels.IndexMap;
import dev.thumbprint.kernels.QuantizedMultiplier;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import dev.thumbprint.run.Preparer;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** EQUAL and its five relatives, LOGICAL_AND, LOGICAL_OR, MAXIMUM and MINIMUM. */
final class Comparisons {
  private static final int LEFT_SHIFT = 8;

  private Comparisons() {}

  /**
   * A comparison. 8-bit operands are first brought to a common scale.
   *
   * @param holds whether the sign of (left - right) makes it true; a NaN never does, except for
   *     {@code unordered}
   */
  static Preparer of(IntPredicate holds, boolean unordered, boolean bool) {
    return p -> {
      p.require(p.output(0), BOOL);
      Moves.requireSameType(p, p.input(0), p.input(1));
      if (p.input(0).type() == BOOL && !bool) {
        throw p.refuseTypes();
      }
      Maps maps = Maps.of(p);
      return switch (p.require(p.input(0), BOOL, FLOAT32, INT32, INT64, INT8)) {
        case FLOAT32 -> floats(p, maps, holds, unordered);
        case INT32 ->
            frame -> {
              int[] a = frame.ints(p.inputIndex(0));
              int[] b = frame.ints(p.inputIndex(1));
              byte[] output = frame.bytes(p.outputIndex(0));
              return () -> {
                for (int i = 0; i < output.length; i++) {
                  output[i] = bit(holds.test(Integer.compare(a[maps.a(i)], b[maps.b(i)])));
                }
              };
            };
        case INT64 ->
            frame -> {
              long[] a = frame.longs(p.inputIndex(0));
              long[] b = frame.longs(p.inputIndex(1));
              byte[] output = frame.bytes(p.outputIndex(0));
              return () -> {
                for (int i = 0; i < output.length; i++) {
                  output[i] = bit(holds.test(Long.compare(a[maps.a(i)], b[maps.b(i)])));
                }
              };
            };
        default -> bytes(p, maps, holds);
      };
    };
  }

  private static Prepared floats(Preparation p, Maps maps, IntPredicate holds, boolean unordered) {
    return frame -> {
      float[] a = frame.floats(p.inputIndex(0));
      float[] b = frame.floats(p.inputIndex(1));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> {
        for (int i = 0; i < output.length; i++) {
          float left = a[maps.a(i)];
          float right = b[maps.b(i)];
          int sign = left < right ? -1 : left > right ? 1 : 0;
          boolean nan = Float.isNaN(left) || Float.isNaN(right);
          output[i] = bit(nan ? unordered : holds.test(sign));
        }
      };
    };
  }

  private static Prepared bytes(Preparation p, Maps maps, IntPredicate holds) {
    IntUnaryOperator left = scaled(p, p.input(0));
    IntUnaryOperator right = scaled(p, p.input(1));
    return frame -> {
      byte[] a = frame.bytes(p.inputIndex(0));
      byte[] b = frame.bytes(p.inputIndex(1));
      byte[] output = frame.bytes(p.outputIndex(0));
      return () -> {
        for (int i = 0; i < output.length; i++) {
          int x = left.applyAsInt(a[maps.a(i)]);
          int y = right.applyAsInt(b[maps.b(i)]);
          output[i] = bit(holds.test(Integer.compare(x, y)));
        }
      };
    };
  }

  private static IntUnaryOperator scaled(Preparation p, Tensor tensor) {
    if (tensor.type() == BOOL) {
      return x -> x;
    }
    QuantizedMultiplier scale = QuantizedMultiplier.belowOne(p.scale(tensor));
    int zeroPoint = p.zeroPoint(tensor);
    return x -> scale.times((x - zeroPoint) << LEFT_SHIFT, p.rounding());
  }

  private static byte bit(boolean value) {
    return (byte) (value ? 1 : 0);
  }

  /** LOGICAL_AND or LOGICAL_OR. */
  static Preparer logical(IntBinaryOperator function) {
    return p -> {
      Arithmetic.requireSameTypes(p);
      p.require(p.input(0), BOOL);
      return Arithmetic.Pairs.integers(p, function);
    };
  }

  /** Raw comparison: both sides are taken to have the same quantisation. */
  static Prepared maximum(Preparation p) {
    Arithmetic.requireSameTypes(p);
    return switch (p.output(0).type()) {
      case FLOAT32 -> Arithmetic.Pairs.floats(p, (a, b) -> a > b ? a : b);
      case INT64 -> Arithmetic.Pairs.longs(p, Math::max);
      case INT8, INT16, INT32 -> Arithmetic.Pairs.integers(p, Math::max);
      default -> throw p.refuseTypes();
    };
  }

  /** Raw comparison, as {@link #maximum}. */
  static Prepared minimum(Preparation p) {
    Arithmetic.requireSameTypes(p);
    return switch (p.output(0).type()) {
      case FLOAT32 -> Arithmetic.Pairs.floats(p, (a, b) -> a < b ? a : b);
      case INT64 -> Arithmetic.Pairs.longs(p, Math::min);
      case INT8, INT16, INT32 -> Arithmetic.Pairs.integers(p, Math::min);
      default -> throw p.refuseTypes();
    };
  }

  /** Where the operands of each output element lie. */
  @SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
  private record Maps(int[] left, int[] right) {
    static Maps of(Preparation p) {
      int[] a = Preparation.dims(p.input(0));
      int[] b = Preparation.dims(p.input(1));
      int[] shape = IndexMap.broadcastShape(a, b);
      p.require(
          shape != null && IndexMap.elements(shape) == Preparation.elements(p.output(0)),
          "input [%s], input [%s], output [%s]"
              .formatted(p.input(0).shape(), p.input(1).shape(), p.output(0).shape()),
          "shapes that broadcast");
      return new Maps(IndexMap.broadcast(a, shape), IndexMap.broadcast(b, shape));
    }

    int a(int i) {
      return left[i];
    }

    int b(int i) {
      return right[i];
    }
  }
}
