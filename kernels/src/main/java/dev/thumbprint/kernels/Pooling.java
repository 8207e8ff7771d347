package dev.thumbprint.kernels;

/**
 * AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D, the reference. Input and output NHWC with equal
 * channels; the integer forms need equal scale and zero point on both sides, nothing is
 * requantised. Padding takes no part: an average divides by the taps inside the image. Every window
 * must have a tap inside the image; dilation must be 1.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/integer_ops/pooling.h and
 * reference/pooling.h.
 */
public final class Pooling {
  private Pooling() {}

  /** Average of 8-bit values, rounded to nearest, ties away from zero, then clamped. */
  public static void average(WindowGeometry window, byte[] input, int min, int max, byte[] output) {
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          int taps = (bottom - top) * (right - left);
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            int sum = 0;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                sum += input[window.input(batch, row, column) + channel];
              }
            }
            output[index++] = (byte) Math.clamp(divideRounded(sum, taps), min, max);
          }
        }
      }
    }
  }

  /** Largest of 8-bit values, clamped. */
  public static void max(WindowGeometry window, byte[] input, int min, int max, byte[] output) {
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            int largest = Byte.MIN_VALUE;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                largest = Math.max(largest, input[window.input(batch, row, column) + channel]);
              }
            }
            output[index++] = (byte) Math.clamp(largest, min, max);
          }
        }
      }
    }
  }

  /** Average of 16-bit values, rounded to nearest, ties away from zero, then clamped. */
  public static void average(
      WindowGeometry window, short[] input, int min, int max, short[] output) {
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          int taps = (bottom - top) * (right - left);
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            int sum = 0;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                sum += input[window.input(batch, row, column) + channel];
              }
            }
            output[index++] = (short) Math.clamp(divideRounded(sum, taps), min, max);
          }
        }
      }
    }
  }

  /** Largest of 16-bit values, clamped. */
  public static void max(WindowGeometry window, short[] input, int min, int max, short[] output) {
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            int largest = Short.MIN_VALUE;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                largest = Math.max(largest, input[window.input(batch, row, column) + channel]);
              }
            }
            output[index++] = (short) Math.clamp(largest, min, max);
          }
        }
      }
    }
  }

  /** Average in single precision: the sum divided by the taps, clamped. */
  public static void average(
      WindowGeometry window, float[] input, float min, float max, float[] output) {
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          int taps = (bottom - top) * (right - left);
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            float sum = 0;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                sum += input[window.input(batch, row, column) + channel];
              }
            }
            output[index++] = FloatMath.clamp(sum / taps, min, max);
          }
        }
      }
    }
  }

  /** Largest value in single precision, clamped. */
  public static void max(
      WindowGeometry window, float[] input, float min, float max, float[] output) {
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            float largest = -Float.MAX_VALUE;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                float value = input[window.input(batch, row, column) + channel];
                largest = largest < value ? value : largest;
              }
            }
            output[index++] = FloatMath.clamp(largest, min, max);
          }
        }
      }
    }
  }

  /** Root of the mean square: sum and quotient in single precision, root rounded to it; clamped. */
  public static void l2(
      WindowGeometry window, float[] input, float min, float max, float[] output) {
    int index = 0;
    for (int batch = 0; batch < window.batches(); batch++) {
      for (int y = 0; y < window.outputHeight(); y++) {
        int top = Math.max(0, window.inputRow(y, 0));
        int bottom = Math.min(window.inputHeight(), window.inputRow(y, window.filterHeight()));
        for (int x = 0; x < window.outputWidth(); x++) {
          int left = Math.max(0, window.inputColumn(x, 0));
          int right = Math.min(window.inputWidth(), window.inputColumn(x, window.filterWidth()));
          int taps = (bottom - top) * (right - left);
          for (int channel = 0; channel < window.outputChannels(); channel++) {
            float sum = 0;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                float value = input[window.input(batch, row, column) + channel];
                sum += value * value;
              }
            }
            output[index++] = FloatMath.clamp((float) Math.sqrt(sum / taps), min, max);
          }
        }
      }
    }
  }

  /** Sum over count, ties away from zero. */
  static int divideRounded(int sum, int count) {
    return sum > 0 ? (sum + count / 2) / count : (sum - count / 2) / count;
  }
}
