package dev.thumbprint.kernels;

/**
 * What CMSIS-NN computed otherwise in early 2020 (source: ARM-software/CMSIS_5 8cb2badd,
 * arm_avgpool_s8.c and arm_max_pool_s8_opt.c with ARM_MATH_DSP, arm_softmax_s8.c). Images are HWC,
 * of 8 bits.
 */
public final class Cmsis2020 {
  private Cmsis2020() {}

  /**
   * AVERAGE_POOL_2D in two passes: along the rows, in place and cut off towards 0, then along the
   * columns, rounded to nearest. With padding, windows see averages that were already written.
   *
   * @param image a copy of one input, overwritten; as many elements
   * @param min least output
   * @param max greatest output
   */
  public static void averagePool(
      WindowGeometry window, byte[] image, int min, int max, byte[] output) {
    int width = window.inputWidth();
    int channels = window.inputChannels();
    for (int y = 0; y < window.inputHeight(); y++) {
      for (int x = 0; x < window.outputWidth(); x++) {
        int left = window.inputColumn(x, 0);
        int first = left < 0 ? x : left;
        int end = Math.min(left + window.filterWidth(), width);
        for (int c = 0; c < channels; c++) {
          short sum = image[(y * width + first) * channels + c];
          int count = 1;
          for (int column = first + 1; column < end; column++) {
            sum += image[(y * width + column) * channels + c];
            count++;
          }
          image[(y * width + x) * channels + c] = (byte) (sum / count);
        }
      }
    }
    for (int y = 0; y < window.outputHeight(); y++) {
      int first = Math.max(0, window.inputRow(y, 0));
      int end = Math.min(window.inputRow(y, window.filterHeight()), window.inputHeight());
      int row = window.outputWidth() * channels;
      for (int i = 0; i < row; i++) {
        short sum = image[first * width * channels + i];
        int count = 1;
        for (int r = first + 1; r < end; r++) {
          sum += image[r * width * channels + i];
          count++;
        }
        int mean = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
        output[y * row + i] = (byte) Math.clamp(mean, min, max);
      }
    }
  }

  /**
   * MAX_POOL_2D in two passes: along the rows, in place, then along the columns. With padding,
   * windows see maxima that were already written and lack columns.
   *
   * @param image a copy of one input, overwritten; as many elements
   * @param min least output
   * @param max greatest output
   */
  public static void maxPool(WindowGeometry window, byte[] image, int min, int max, byte[] output) {
    int width = window.inputWidth();
    int channels = window.inputChannels();
    for (int y = 0; y < window.inputHeight(); y++) {
      for (int x = 0; x < window.outputWidth(); x++) {
        int left = window.inputColumn(x, 0);
        int first = left < 0 ? x : left;
        int end = Math.min(left + window.filterWidth(), width);
        for (int c = 0; c < channels; c++) {
          byte greatest = image[(y * width + first) * channels + c];
          for (int column = first + 1; column < end; column++) {
            greatest = (byte) Math.max(greatest, image[(y * width + column) * channels + c]);
          }
          image[(y * width + x) * channels + c] = greatest;
        }
      }
    }
    int row = window.outputWidth() * channels;
    for (int y = 0; y < window.outputHeight(); y++) {
      int first = Math.max(0, window.inputRow(y, 0));
      int end = Math.min(window.inputRow(y, window.filterHeight()), window.inputHeight());
      for (int i = 0; i < row; i++) {
        byte greatest = image[first * width * channels + i];
        for (int r = first + 1; r < end; r++) {
          greatest = (byte) Math.max(greatest, image[r * width * channels + i]);
        }
        output[y * row + i] = (byte) Math.clamp(greatest, min, max);
      }
    }
  }

  /** SOFTMAX with differences and their limit in 8 bits. */
  public static void softmax(Softmax softmax, int rows, int depth, byte[] input, byte[] output) {
    byte limit = (byte) softmax.differenceMin();
    for (int row = 0; row < rows; row++) {
      int from = row * depth;
      int largest = Byte.MIN_VALUE;
      for (int c = from; c < from + depth; c++) {
        largest = Math.max(largest, input[c]);
      }
      int sum = 0;
      for (int c = from; c < from + depth; c++) {
        byte difference = (byte) (input[c] - largest);
        if (difference >= limit) {
          sum += FixedPoint.roundingDivideByPowerOfTwo(softmax.exponential(difference), 12);
        }
      }
      int inverse = sum == 0 ? 0 : Gemmlowp.reciprocal(sum);
      int exponent = sum == 0 ? 0 : Gemmlowp.reciprocalShift(sum, 12) + 31 - 8;
      for (int c = from; c < from + depth; c++) {
        byte difference = (byte) (input[c] - largest);
        output[c] =
            difference < limit
                ? Byte.MIN_VALUE
                : FixedPoint.saturate8(
                    FixedPoint.roundingDivideByPowerOfTwo(
                            FixedPoint.roundingDoublingHighMultiply(
                                inverse, softmax.exponential(difference)),
                            exponent)
                        + Byte.MIN_VALUE);
      }
    }
  }
}
