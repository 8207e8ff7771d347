package dev.thumbprint.kernels;

import java.util.Arrays;

/**
 * TRANSPOSE_CONV, the reference: every input value is spread over the output under the window, then
 * bias, scaling and clamping follow. Input NHWC; filter [outputs, height, width, inputs]; output
 * NHWC. The window geometry is that of the convolution which this one transposes: its input is our
 * output. 8-bit sums have 32 bits and wrap, 16-bit sums have 64.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/integer_ops/transpose_conv.h.
 */
public final class TransposeConv {
  private TransposeConv() {}

  /** Where a product goes. */
  private interface Product {
    void add(int input, int filter, int output);
  }

  /** Visits all products: input height and width are the window's output extents. */
  private static void forEach(WindowGeometry window, int inputChannels, Product product) {
    int outputs = window.inputChannels();
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          int from = ((batch * window.outputHeight() + y) * window.outputWidth() + x);
          for (int c = 0; c < inputChannels; c++) {
            for (int ky = 0; ky < window.filterHeight(); ky++) {
              int row = window.inputRow(y, ky);
              for (int kx = 0; kx < window.filterWidth(); kx++) {
                int column = window.inputColumn(x, kx);
                if (!window.inside(row, column)) {
                  continue;
                }
                int to = window.input(batch, row, column);
                for (int o = 0; o < outputs; o++) {
                  int weight =
                      ((o * window.filterHeight() + ky) * window.filterWidth() + kx) * inputChannels
                          + c;
                  product.add(from * inputChannels + c, weight, to + o);
                }
              }
            }
          }
        }
      }
    }
  }

  /**
   * 8-bit activations and weights.
   *
   * @param inputZeroPoint of the input; that of the filter is 0
   * @param bias per output channel, or null
   * @param requantization per output channel, with the rounding it names
   * @param sums scratch of the output's size
   */
  public static void int8(
      WindowGeometry window,
      int inputChannels,
      byte[] input,
      int inputZeroPoint,
      byte[] filter,
      int[] bias,
      Requantization requantization,
      int[] sums,
      byte[] output) {
    Arrays.fill(sums, 0);
    forEach(
        window,
        inputChannels,
        (from, weight, to) -> sums[to] += (input[from] - inputZeroPoint) * filter[weight]);
    int outputs = window.inputChannels();
    for (int i = 0; i < output.length; i++) {
      int sum = sums[i] + (bias == null ? 0 : bias[i % outputs]);
      output[i] = (byte) requantization.apply(sum, i % outputs);
    }
  }

  /**
   * 16-bit activations, 8-bit weights; all zero points are 0, one rounding.
   *
   * @param bias per output channel, or null
   * @param sums scratch of the output's size
   */
  public static void int16(
      WindowGeometry window,
      int inputChannels,
      short[] input,
      byte[] filter,
      long[] bias,
      Requantization requantization,
      long[] sums,
      short[] output) {
    Arrays.fill(sums, 0);
    forEach(
        window,
        inputChannels,
        (from, weight, to) -> sums[to] += (long) input[from] * filter[weight]);
    int outputs = window.inputChannels();
    for (int i = 0; i < output.length; i++) {
      long sum = sums[i] + (bias == null ? 0 : bias[i % outputs]);
      output[i] = (short) requantization.applyWide(sum, i % outputs);
    }
  }

  /** Single precision; sums grow in the order of the input. */
  public static void float32(
      WindowGeometry window,
      int inputChannels,
      float[] input,
      float[] filter,
      float[] bias,
      float min,
      float max,
      float[] output) {
    Arrays.fill(output, 0);
    forEach(
        window, inputChannels, (from, weight, to) -> output[to] += input[from] * filter[weight]);
    int outputs = window.inputChannels();
    for (int i = 0; i < output.length; i++) {
      float sum = output[i] + (bias == null ? 0f : bias[i % outputs]);
      output[i] = FloatMath.clamp(sum, min, max);
    }
  }
}
