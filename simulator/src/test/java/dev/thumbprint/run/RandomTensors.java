package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Quantization;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Draws shapes, quantisation and contents that reach the corners of the arithmetic. */
final class RandomTensors {
  private final Random random;

  RandomTensors(Random random) {
    this.random = random;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** min to max, both included. */
  int between(int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Any scale from 1e-4 to 1, evenly in its logarithm. */
  float scale() {
    return (float) Math.pow(10, -4 * random.nextDouble());
  }

  /** {@code base} times or over up to {@code factor}. */
  float near(double base, double factor) {
    return (float) (base * Math.pow(factor, 2 * random.nextDouble() - 1));
  }

  /** A zero point of an 8-bit tensor, often an end of the range. */
  int zeroPoint() {
    return switch (random.nextInt(4)) {
      case 0 -> -128;
      case 1 -> 127;
      case 2 -> 0;
      default -> random.nextInt(256) - 128;
    };
  }

  Quantization int8() {
    return Quantization.of(scale(), zeroPoint());
  }

  /** Rank {@code rank} with extents from 1 to {@code max}. */
  Shape shape(int rank, int max) {
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = between(1, max);
    }
    return Shape.of(dims);
  }

  /** Constant 8-bit weights. */
  int weights(GraphBuilder graph, Shape shape, Quantization quantization) {
    byte[] values = new byte[Math.toIntExact(shape.elements())];
    fill(values, random.nextInt(6));
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == -128 ? -127 : values[i];
    }
    return graph.constant("weights", DataType.INT8, shape, quantization, values);
  }

  /** Contents of a tensor: random, or one of the extremes. */
  byte[] contents(DataType type, long elements, int kind) {
    byte[] bytes = new byte[Math.toIntExact(type.bytes(elements))];
    switch (type) {
      case FLOAT32 -> floats(bytes, kind);
      case INT16 -> shorts(bytes, kind);
      case BOOL -> {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) random.nextInt(2);
        }
      }
      default -> fill(bytes, kind);
    }
    return bytes;
  }

  private void fill(byte[] bytes, int kind) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          switch (kind) {
            case 1 -> -128;
            case 2 -> 127;
            case 3 -> (byte) (random.nextBoolean() ? -128 : 127);
            default -> (byte) random.nextInt(256);
          };
    }
  }

  private void shorts(byte[] bytes, int kind) {
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      values.putShort(
          switch (kind) {
            case 1 -> Short.MIN_VALUE;
            case 2 -> Short.MAX_VALUE;
            case 3 -> random.nextBoolean() ? Short.MIN_VALUE : Short.MAX_VALUE;
            default -> (short) random.nextInt(65_536);
          });
    }
  }

  private void floats(byte[] bytes, int kind) {
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      values.putFloat(
          switch (kind) {
            case 1 -> 0f;
            case 2 -> (float) (random.nextGaussian() * 1e3);
            case 3 -> random.nextInt(21) / 2f - 5;
            default -> (float) random.nextGaussian();
          });
    }
  }
}
