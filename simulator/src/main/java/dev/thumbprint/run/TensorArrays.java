package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.Tensor;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The Java array that holds the elements of a tensor: {@code byte[]} for 8-bit integers, BOOL and
 * (one element per byte) INT4; {@code short[]} for 16 bits; {@code int[]}, {@code long[]} and
 * {@code float[]} for the rest.
 */
final class TensorArrays {
  private static final int PREVIEWED = 16;

  private TensorArrays() {}

  /** An array of zeros for the elements of a tensor. */
  static Object allocate(Tensor tensor) {
    int elements = Math.toIntExact(tensor.shape().elements());
    return switch (tensor.type()) {
      case INT4, INT8, UINT8, BOOL -> new byte[elements];
      case INT16, UINT16, FLOAT16 -> new short[elements];
      case INT32, UINT32, RESOURCE -> new int[elements];
      case INT64, UINT64 -> new long[elements];
      case FLOAT32 -> new float[elements];
    };
  }

  /** The contents of a constant tensor; the low half of a byte is the first of two INT4. */
  static Object decode(Tensor tensor, ByteBuffer contents) {
    ByteBuffer data = contents.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    Object array = allocate(tensor);
    if (tensor.type() == DataType.INT4) {
      byte[] values = (byte[]) array;
      for (int i = 0; i < values.length; i++) {
        int packed = data.get(data.position() + i / 2);
        values[i] = (byte) (i % 2 == 0 ? packed << 28 >> 28 : packed >> 4);
      }
      return array;
    }
    read(data, array);
    return array;
  }

  /** Fills an array from little-endian bytes. */
  static void read(ByteBuffer data, Object array) {
    data.order(ByteOrder.LITTLE_ENDIAN);
    switch (array) {
      case byte[] values -> data.get(values);
      case short[] values -> data.asShortBuffer().get(values);
      case int[] values -> data.asIntBuffer().get(values);
      case long[] values -> data.asLongBuffer().get(values);
      case float[] values -> data.asFloatBuffer().get(values);
      default -> throw new AssertionError("no tensor array: " + array.getClass());
    }
  }

  /** The elements as little-endian bytes. */
  static byte[] bytes(Object array) {
    ByteBuffer data = ByteBuffer.allocate(byteSize(array)).order(ByteOrder.LITTLE_ENDIAN);
    switch (array) {
      case byte[] values -> data.put(values);
      case short[] values -> data.asShortBuffer().put(values);
      case int[] values -> data.asIntBuffer().put(values);
      case long[] values -> data.asLongBuffer().put(values);
      case float[] values -> data.asFloatBuffer().put(values);
      default -> throw new AssertionError("no tensor array: " + array.getClass());
    }
    return data.array();
  }

  /** The first elements as text. */
  static String preview(Object array) {
    int length = Array.getLength(array);
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Math.min(length, PREVIEWED); i++) {
      text.append(i == 0 ? "" : ", ").append(Array.get(array, i));
    }
    return text.append(length > PREVIEWED ? ", ...]" : "]").toString();
  }

  /** One element as a number, as it is stored. */
  static double element(Object array, int index) {
    return switch (array) {
      case byte[] bytes -> bytes[index];
      case short[] shorts -> shorts[index];
      case int[] ints -> ints[index];
      case long[] longs -> longs[index];
      case float[] floats -> floats[index];
      default -> throw new IllegalArgumentException("array of " + array.getClass());
    };
  }

  /** Bytes that the elements occupy on the target. */
  static int byteSize(Object array) {
    return switch (array) {
      case byte[] values -> values.length;
      case short[] values -> Math.multiplyExact(values.length, 2);
      case int[] values -> Math.multiplyExact(values.length, 4);
      case long[] values -> Math.multiplyExact(values.length, 8);
      case float[] values -> Math.multiplyExact(values.length, 4);
      default -> throw new AssertionError("no tensor array: " + array.getClass());
    };
  }

  /** Whether an array could hold the elements of a tensor. */
  static boolean sameKind(Object array, Tensor tensor) {
    return Array.getLength(array) == tensor.shape().elements()
        && array.getClass() == allocate(tensor).getClass();
  }

  /** The value of a variable tensor before the first inference: its zero point, or 0. */
  static void reset(Tensor tensor, Object array) {
    switch (array) {
      case byte[] values -> Arrays.fill(values, (byte) initial(tensor));
      case short[] values -> Arrays.fill(values, (short) 0);
      case int[] values -> Arrays.fill(values, 0);
      case long[] values -> Arrays.fill(values, 0);
      case float[] values -> Arrays.fill(values, 0);
      default -> throw new AssertionError("no tensor array: " + array.getClass());
    }
  }

  private static int initial(Tensor tensor) {
    return tensor.type() == DataType.INT8
        ? tensor.quantization().map(quantization -> quantization.zeroPoints()[0]).orElse(0)
        : 0;
  }
}
