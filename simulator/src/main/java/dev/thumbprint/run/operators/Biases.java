package dev.thumbprint.run.operators;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.run.Preparation;

/** Biases of layers with 16-bit activations. */
final class Biases {
  private Biases() {}

  /**
   * Whether the accumulator has 64 bits: unless the bias is int32, or absent and int32 is asked
   * for.
   *
   * @param asked the operator's {@code quantized_bias_type}
   */
  static boolean wide(Preparation p, DataType asked) {
    return p.has(2) ? p.input(2).type() != DataType.INT32 : asked != DataType.INT32;
  }

  /** A constant bias widened to 64 bits, or null where there is none. */
  static long[] longs(Preparation p, int position, DataType... types) {
    if (!p.has(position)) {
      return null;
    }
    p.require(p.input(position), types);
    return switch (p.constant(position)) {
      case long[] values -> values;
      case int[] values -> {
        long[] wide = new long[values.length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = values[i];
        }
        yield wide;
      }
      case short[] values -> {
        long[] wide = new long[values.length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = values[i];
        }
        yield wide;
      }
      case null, default -> throw p.refuse("a bias that is not constant", "a constant bias");
    };
  }
}
