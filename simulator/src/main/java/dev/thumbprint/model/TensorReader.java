package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Reads one tensor: type, shape, quantisation, contents. */
final class TensorReader {
  /** Six is the most that any operator of TensorFlow Lite Micro takes; eight leaves room. */
  private static final int RANK_MAX = 8;

  /** The SRAM region of the Cortex-M memory map is 512 MiB (Armv7-M ARM, B3.1). */
  private static final long TENSOR_BYTES_MAX = 512L << 20;

  private static final int CHANNELS_MAX = 1 << 20;

  private final List<Optional<ByteBuffer>> buffers;

  TensorReader(List<Optional<ByteBuffer>> buffers) {
    this.buffers = buffers;
  }

  Tensor read(FlatTable table, int index) {
    String name = table.string(Schema.Tensor.NAME, "name");
    try {
      return readNamed(table, index, name);
    } catch (InputException defect) {
      throw name.isEmpty() ? defect : defect.withHint("the tensor is named \"" + shown(name) + '"');
    }
  }

  private Tensor readNamed(FlatTable table, int index, String name) {
    if (table.has(Schema.Tensor.SPARSITY)) {
      throw table.damaged("a sparse tensor", "a dense one");
    }
    DataType type = type(table, Schema.Tensor.TYPE);
    Shape shape = shape(table, type);
    boolean variable = table.bool(Schema.Tensor.IS_VARIABLE, false);
    Optional<ByteBuffer> data = data(table, type, shape);
    if (variable && data.isPresent()) {
      throw table.damaged("a variable tensor with contents", "an empty buffer");
    }
    return new Tensor(index, name, type, shape, quantization(table), data, variable);
  }

  /** The element type in a slot, refused by name where TensorFlow Lite Micro has none. */
  static DataType type(FlatTable table, int slot) {
    String name = Schema.typeName(table.int8(slot, 0));
    for (DataType type : DataType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw table.damaged("element type " + name, "a type that TensorFlow Lite Micro supports");
  }

  private static Shape shape(FlatTable table, DataType type) {
    List<Integer> dims = table.int32s(Schema.Tensor.SHAPE, "shape", RANK_MAX);
    long bits = type.bits();
    for (int dim : dims) {
      if (dim < 0) {
        throw table.damaged("shape " + dims, "no negative dimension (shapes must be static)");
      }
      if (dim != 0 && bits > 8 * TENSOR_BYTES_MAX / dim) {
        throw table.damaged(
            "shape " + dims + " of " + type.label(), "at most " + TENSOR_BYTES_MAX + " bytes");
      }
      bits *= Math.max(dim, 1);
    }
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }

  private Optional<ByteBuffer> data(FlatTable table, DataType type, Shape shape) {
    long number = table.uint32(Schema.Tensor.BUFFER);
    if (number >= buffers.size()) {
      throw table.damaged("buffer " + number, "less than the " + buffers.size() + " buffers");
    }
    Optional<ByteBuffer> data = buffers.get((int) number);
    long needed = type.bytes(shape.elements());
    if (data.isPresent() && data.get().remaining() != needed) {
      throw table.damaged(
          "buffer " + number + " of " + data.get().remaining() + " bytes",
          needed + " bytes for " + type.label() + " of shape [" + shape + "]");
    }
    return data;
  }

  private static Optional<Quantization> quantization(FlatTable table) {
    FlatTable parameters = table.table(Schema.Tensor.QUANTIZATION, "quantization");
    if (parameters == null) {
      return Optional.empty();
    }
    if (parameters.int8(Schema.QuantizationParameters.DETAILS_TYPE, 0) != 0) {
      throw parameters.damaged("custom quantisation", "scale and zero point");
    }
    ByteBuffer scales =
        parameters.vector(Schema.QuantizationParameters.SCALE, Float.BYTES, "scale");
    ByteBuffer zeroPoints =
        parameters.vector(Schema.QuantizationParameters.ZERO_POINT, Long.BYTES, "zero_point");
    int count = scales == null ? 0 : scales.remaining() / Float.BYTES;
    if (count == 0) {
      return Optional.empty();
    }
    parameters.charge(count, CHANNELS_MAX, "scale");
    int zeroPointCount = zeroPoints == null ? 0 : zeroPoints.remaining() / Long.BYTES;
    if (zeroPointCount != count) {
      throw parameters.damaged(
          count + " scales and " + zeroPointCount + " zero points", "as many of both");
    }
    float[] scale = new float[count];
    int[] zeroPoint = new int[count];
    for (int i = 0; i < count; i++) {
      scale[i] = scales.getFloat();
      long zero = zeroPoints.getLong();
      if (zero != (int) zero) {
        throw parameters.damaged("zero point " + zero, "a 32-bit integer");
      }
      zeroPoint[i] = (int) zero;
    }
    int axis = parameters.int32(Schema.QuantizationParameters.QUANTIZED_DIMENSION, 0);
    ByteBuffer least = parameters.vector(Schema.QuantizationParameters.MIN, Float.BYTES, "min");
    boolean ranged = least != null && least.remaining() > 0;
    return Optional.of(new Quantization(scale, zeroPoint, axis, ranged));
  }

  private static String shown(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "..." : name;
  }
}
