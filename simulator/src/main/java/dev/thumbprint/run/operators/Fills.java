package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.kernels.IndexMap;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;
import dev.thumbprint.run.Step;
import java.util.Arrays;

/** FILL, ZEROS_LIKE, SHAPE, BROADCAST_ARGS and CAST. */
final class Fills {
  private Fills() {}

  /** Inputs: dimensions (constant), value. */
  static Prepared fill(Preparation p) {
    Moves.requireSameType(p, p.input(1), p.output(0));
    p.require(p.output(0), FLOAT32, INT8, INT32);
    Moves.requireShape(p, p.output(0), p.requireInts(0, "dims"));
    p.require(p.input(1).shape().elements() == 1, "more than one value", "one");
    return Moves.table(p, 1, new int[Preparation.elements(p.output(0))]);
  }

  static Prepared zerosLike(Preparation p) {
    Moves.requireSameType(p, p.input(0), p.output(0));
    p.require(p.output(0), FLOAT32, INT8, INT32, INT64);
    int[] nothing = new int[Preparation.elements(p.output(0))];
    Arrays.fill(nothing, IndexMap.FILL);
    return Moves.table(p, nothing, 0);
  }

  static Prepared shape(Preparation p) {
    p.require(p.output(0), INT32);
    int[] dims = Preparation.dims(p.input(0));
    p.require(
        p.output(0).shape().elements() == dims.length,
        "output [" + p.output(0).shape() + "]",
        dims.length + " elements");
    return frame -> {
      int[] output = frame.ints(p.outputIndex(0));
      return () -> System.arraycopy(dims, 0, output, 0, dims.length);
    };
  }

  /** The shape that two shapes, given as tensors, broadcast to. */
  static Prepared broadcastArgs(Preparation p) {
    p.require(p.input(0), INT32, INT64);
    Moves.requireSameType(p, p.input(0), p.input(1));
    Moves.requireSameType(p, p.input(0), p.output(0));
    int longest = Math.max(Preparation.elements(p.input(0)), Preparation.elements(p.input(1)));
    p.require(
        Preparation.elements(p.output(0)) == longest,
        "output [" + p.output(0).shape() + "]",
        longest + " elements");
    return frame -> {
      Object a = frame.array(p.inputIndex(0));
      Object b = frame.array(p.inputIndex(1));
      Object output = frame.array(p.outputIndex(0));
      return () -> {
        for (int i = 1; i <= longest; i++) {
          long left = fromEnd(a, i);
          long right = fromEnd(b, i);
          if (left != right && left != 1 && right != 1) {
            throw p.refuse("extents " + left + " and " + right, "extents that broadcast");
          }
          long extent = left == 1 ? right : left;
          if (output instanceof int[] ints) {
            ints[longest - i] = (int) extent;
          } else {
            ((long[]) output)[longest - i] = extent;
          }
        }
      };
    };
  }

  private static long fromEnd(Object array, int index) {
    return switch (array) {
      case int[] ints -> index <= ints.length ? ints[ints.length - index] : 1;
      case long[] longs -> index <= longs.length ? longs[longs.length - index] : 1;
      default -> throw new AssertionError("types were checked: " + array.getClass());
    };
  }

  /**
   * C conversions between integers, single precision and bool. A real number beyond the integer
   * type, undefined in C, saturates as the target's conversion instruction does, to 32 bits; what
   * does not fit a narrower type is cut.
   */
  static Prepared cast(Preparation p) {
    p.requireSameElements(p.input(0), p.output(0));
    switch (p.input(0).type()) {
      case INT8, INT16, INT32, UINT32, FLOAT32, BOOL -> {}
      default -> throw p.refuseTypes();
    }
    switch (p.output(0).type()) {
      case INT8, INT16, INT32, UINT32, FLOAT32 -> {}
      default -> throw p.refuseTypes();
    }
    boolean unsignedIn = p.input(0).type() == DataType.UINT32;
    boolean unsignedOut = p.output(0).type() == DataType.UINT32;
    return frame -> {
      Object input = frame.array(p.inputIndex(0));
      Object output = frame.array(p.outputIndex(0));
      if (output instanceof float[] floats) {
        return toFloat(input, unsignedIn, floats);
      }
      return () -> {
        int count = java.lang.reflect.Array.getLength(output);
        for (int i = 0; i < count; i++) {
          long value =
              input instanceof float[] floats
                  ? unsignedOut ? Math.clamp((long) floats[i], 0L, 0xFFFFFFFFL) : (int) floats[i]
                  : integer(input, unsignedIn, i);
          switch (output) {
            case byte[] bytes -> bytes[i] = (byte) value;
            case short[] shorts -> shorts[i] = (short) value;
            case int[] ints -> ints[i] = (int) value;
            default -> throw new AssertionError("types were checked: " + output.getClass());
          }
        }
      };
    };
  }

  private static Step toFloat(Object input, boolean unsigned, float[] output) {
    return input instanceof float[] floats
        ? () -> System.arraycopy(floats, 0, output, 0, output.length)
        : () -> {
          for (int i = 0; i < output.length; i++) {
            output[i] = integer(input, unsigned, i);
          }
        };
  }

  private static long integer(Object array, boolean unsigned, int index) {
    return switch (array) {
      case byte[] bytes -> bytes[index];
      case short[] shorts -> shorts[index];
      case int[] ints -> unsigned ? Integer.toUnsignedLong(ints[index]) : ints[index];
      default -> throw new AssertionError("types were checked: " + array.getClass());
    };
  }
}
