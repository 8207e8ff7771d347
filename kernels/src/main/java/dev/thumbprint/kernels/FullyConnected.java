package dev.thumbprint.kernels;

/**
 * FULLY_CONNECTED, the reference. Input [rows, inputs] (outer dimensions flattened); filter
 * [outputs, inputs]; output [rows, outputs]. Accumulators wrap.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/fully_connected.cc and
 * reference/integer_ops/fully_connected.h. Two roundings, unlike desktop TFLite since 2.x.
 */
public final class FullyConnected {
  private FullyConnected() {}

  /**
   * 8-bit activations and weights.
   *
   * @param inputZeroPoint of the input
   * @param filterZeroPoint of the filter; TFLite's is always 0
   * @param bias per output, or null
   * @param requantization one entry per output
   */
  public static void int8(
      int rows,
      int inputs,
      int outputs,
      byte[] input,
      int inputZeroPoint,
      byte[] filter,
      int filterZeroPoint,
      int[] bias,
      Requantization requantization,
      byte[] output) {
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < outputs; channel++) {
        int sum = bias == null ? 0 : bias[channel];
        for (int c = 0; c < inputs; c++) {
          sum +=
              (input[row * inputs + c] - inputZeroPoint)
                  * (filter[channel * inputs + c] - filterZeroPoint);
        }
        output[row * outputs + channel] = (byte) requantization.apply(sum, channel);
      }
    }
  }

  /**
   * 16-bit activations, 8-bit weights; zero points are 0.
   *
   * @param wide whether the accumulator has 64 bits or 32, as in {@link Conv2d#int16}
   */
  public static void int16(
      int rows,
      int inputs,
      int outputs,
      short[] input,
      byte[] filter,
      long[] bias,
      boolean wide,
      Requantization requantization,
      short[] output) {
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < outputs; channel++) {
        long sum = bias == null ? 0 : bias[channel];
        for (int c = 0; c < inputs; c++) {
          sum += input[row * inputs + c] * filter[channel * inputs + c];
        }
        output[row * outputs + channel] =
            (short)
                (wide
                    ? requantization.applyWide(sum, channel)
                    : requantization.apply((int) sum, channel));
      }
    }
  }

  /**
   * Single precision: products in order of the inputs, then the bias; no fused multiply-add.
   *
   * @param bias per output, or null
   * @param min lower clamp
   * @param max upper clamp
   */
  public static void float32(
      int rows,
      int inputs,
      int outputs,
      float[] input,
      float[] filter,
      float[] bias,
      float min,
      float max,
      float[] output) {
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < outputs; channel++) {
        float sum = 0;
        for (int c = 0; c < inputs; c++) {
          sum += input[row * inputs + c] * filter[channel * inputs + c];
        }
        float total = sum + (bias == null ? 0f : bias[channel]);
        output[row * outputs + channel] = FloatMath.clamp(total, min, max);
      }
    }
  }
}
