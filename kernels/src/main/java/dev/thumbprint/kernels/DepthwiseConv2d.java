package dev.thumbprint.kernels;

/**
 * DEPTHWISE_CONV_2D, the reference. Input NHWC; filter [1, height, width, outputs]; output NHWC.
 * Output channel c reads input channel c / multiplier, where multiplier = output channels / input
 * channels. A tap outside the image contributes nothing. Accumulators wrap.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/depthwise_conv.cc and
 * reference/integer_ops/depthwise_conv.h.
 */
public final class DepthwiseConv2d {
  private DepthwiseConv2d() {}

  /** 8-bit activations and weights; parameters as in {@link Conv2d#int8}. */
  public static void int8(
      WindowGeometry window,
      byte[] input,
      int inputZeroPoint,
      byte[] filter,
      int[] bias,
      Requantization requantization,
      byte[] output) {
    int channels = window.outputChannels();
    int multiplier = channels / window.inputChannels();
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          for (int channel = 0; channel < channels; channel++) {
            int sum = bias == null ? 0 : bias[channel];
            for (int ky = 0; ky < window.filterHeight(); ky++) {
              int row = window.inputRow(y, ky);
              for (int kx = 0; kx < window.filterWidth(); kx++) {
                int column = window.inputColumn(x, kx);
                if (window.inside(row, column)) {
                  int value = input[window.input(batch, row, column) + channel / multiplier];
                  int weight = filter[(ky * window.filterWidth() + kx) * channels + channel];
                  sum += (value - inputZeroPoint) * weight;
                }
              }
            }
            output[index++] = (byte) requantization.apply(sum, channel);
          }
        }
      }
    }
  }

  /** 16-bit activations, 8-bit weights, 64-bit accumulator; all zero points are 0. */
  public static void int16(
      WindowGeometry window,
      short[] input,
      byte[] filter,
      long[] bias,
      Requantization requantization,
      short[] output) {
    int channels = window.outputChannels();
    int multiplier = channels / window.inputChannels();
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          for (int channel = 0; channel < channels; channel++) {
            long sum = bias == null ? 0 : bias[channel];
            for (int ky = 0; ky < window.filterHeight(); ky++) {
              int row = window.inputRow(y, ky);
              for (int kx = 0; kx < window.filterWidth(); kx++) {
                int column = window.inputColumn(x, kx);
                if (window.inside(row, column)) {
                  int value = input[window.input(batch, row, column) + channel / multiplier];
                  int weight = filter[(ky * window.filterWidth() + kx) * channels + channel];
                  sum += (long) value * weight;
                }
              }
            }
            output[index++] = (short) requantization.applyWide(sum, channel);
          }
        }
      }
    }
  }

  /** Single precision; order of operations as in {@link Conv2d#float32}. */
  public static void float32(
      WindowGeometry window,
      float[] input,
      float[] filter,
      float[] bias,
      float min,
      float max,
      float[] output) {
    int channels = window.outputChannels();
    int multiplier = channels / window.inputChannels();
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        for (int x = 0; x < window.outputWidth(); x++) {
          for (int channel = 0; channel < channels; channel++) {
            float sum = 0;
            for (int ky = 0; ky < window.filterHeight(); ky++) {
              int row = window.inputRow(y, ky);
              for (int kx = 0; kx < window.filterWidth(); kx++) {
                int column = window.inputColumn(x, kx);
                if (window.inside(row, column)) {
                  float value = input[window.input(batch, row, column) + channel / multiplier];
                  sum += value * filter[(ky * window.filterWidth() + kx) * channels + channel];
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
}
