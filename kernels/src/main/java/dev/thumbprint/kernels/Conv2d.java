package dev.thumbprint.kernels;

/**
 * CONV_2D, the reference that reads like the arithmetic. Input NHWC; filter [outputs, height,
 * width, inputs / groups]; output NHWC. The number of groups is input channels / filter channels;
 * output channels are split evenly among them. A tap outside the image contributes nothing, so
 * padding stands for the real value 0. Accumulators wrap.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/conv.cc and reference/integer_ops/conv.h.
 */
public final class Conv2d {
  private Conv2d() {}

  /**
   * 8-bit activations and weights (4-bit weights widened), 32-bit accumulator.
   *
   * @param inputZeroPoint of the input; that of the filter is 0
   * @param filterChannels input channels that one filter sees
   * @param bias per output channel, or null
   * @param requantization per output channel
   */
  public static void int8(
      WindowGeometry window,
      int filterChannels,
      byte[] input,
      int inputZeroPoint,
      byte[] filter,
      int[] bias,
      Requantization requantization,
      byte[] output) {
    int perGroup = outputsPerGroup(window, filterChannels);
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            int first = channel / perGroup * filterChannels;
            int sum = bias == null ? 0 : bias[channel];
            for (int ky = 0; ky < window.filterHeight(); ky++) {
              int row = window.inputRow(y, ky);
              for (int kx = 0; kx < window.filterWidth(); kx++) {
                int column = window.inputColumn(x, kx);
                if (!window.inside(row, column)) {
                  continue;
                }
                int from = window.input(batch, row, column) + first;
                int weight = filterIndex(window, filterChannels, channel, ky, kx);
                for (int c = 0; c < filterChannels; c++) {
                  sum += (input[from + c] - inputZeroPoint) * filter[weight + c];
                }
              }
            }
            output[index++] = (byte) requantization.apply(sum, channel);
          }
        }
      }
    }
  }

  /**
   * 16-bit activations and 8-bit weights; all zero points are 0.
   *
   * @param bias per output channel, or null
   * @param wide whether the accumulator has 64 bits (one rounding, multiplier of 16 bits) or 32
   */
  public static void int16(
      WindowGeometry window,
      int filterChannels,
      short[] input,
      byte[] filter,
      long[] bias,
      boolean wide,
      Requantization requantization,
      short[] output) {
    int perGroup = outputsPerGroup(window, filterChannels);
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            int first = channel / perGroup * filterChannels;
            long sum = bias == null ? 0 : bias[channel];
            for (int ky = 0; ky < window.filterHeight(); ky++) {
              int row = window.inputRow(y, ky);
              for (int kx = 0; kx < window.filterWidth(); kx++) {
                int column = window.inputColumn(x, kx);
                if (!window.inside(row, column)) {
                  continue;
                }
                int from = window.input(batch, row, column) + first;
                int weight = filterIndex(window, filterChannels, channel, ky, kx);
                for (int c = 0; c < filterChannels; c++) {
                  sum += (long) input[from + c] * filter[weight + c];
                }
              }
            }
            int scaled =
                wide
                    ? requantization.applyWide(sum, channel)
                    : requantization.apply((int) sum, channel);
            output[index++] = (short) scaled;
          }
        }
      }
    }
  }

  /**
   * Single precision: products added in the order row, column, channel, then the bias, each
   * operation rounded (no fused multiply-add).
   *
   * @param bias per output channel, or null
   * @param min lower clamp
   * @param max upper clamp
   */
  public static void float32(
      WindowGeometry window,
      int filterChannels,
      float[] input,
      float[] filter,
      float[] bias,
      float min,
      float max,
      float[] output) {
    int perGroup = outputsPerGroup(window, filterChannels);
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            int first = channel / perGroup * filterChannels;
            float sum = 0;
            for (int ky = 0; ky < window.filterHeight(); ky++) {
              int row = window.inputRow(y, ky);
              for (int kx = 0; kx < window.filterWidth(); kx++) {
                int column = window.inputColumn(x, kx);
                if (!window.inside(row, column)) {
                  continue;
                }
                int from = window.input(batch, row, column) + first;
                int weight = filterIndex(window, filterChannels, channel, ky, kx);
                for (int c = 0; c < filterChannels; c++) {
                  sum += input[from + c] * filter[weight + c];
                }
              }
            }
            float total = sum + (bias == null ? 0f : bias[channel]);
            output[index++] = FloatMath.clamp(total, min, max);
          }
        }
      }
    }
  }

  private static int outputsPerGroup(WindowGeometry window, int filterChannels) {
    return window.outputChannels() / (window.inputChannels() / filterChannels);
  }

  private static int filterIndex(
      WindowGeometry window, int filterChannels, int channel, int ky, int kx) {
    return ((channel * window.filterHeight() + ky) * window.filterWidth() + kx) * filterChannels;
  }
}
