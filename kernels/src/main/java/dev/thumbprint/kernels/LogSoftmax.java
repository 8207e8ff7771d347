package dev.thumbprint.kernels;

import static dev.thumbprint.kernels.FixedPoint.roundingDivideByPowerOfTwo;
import static dev.thumbprint.kernels.FixedPoint.roundingDoublingHighMultiply;
import static dev.thumbprint.kernels.FixedPoint.saturatingShiftLeft;

/**
 * LOG_SOFTMAX of 8-bit elements over the innermost dimension: differences in Q5, exponentials
 * summed in Q12, the logarithm by a rational approximation. Output scale 1/16, zero point 127.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/log_softmax.h and
 * kernels/internal/common.h.
 *
 * @param scaling of differences to the largest element of a row, into Q5
 * @param reverse from Q5 back to the input's scale: how far below the largest an element may lie
 * @param rounding how a product comes back to 32 bits
 */
public record LogSoftmax(Softmax scaling, QuantizedMultiplier reverse, Rounding rounding) {
  private static final int LOG_2 = 1488522236;
  private static final int SQRT_SQRT_HALF = 1805811301;
  private static final int SQRT_HALF = 1518500250;
  private static final int ALPHA_N = 117049297;
  private static final int ALPHA_D = 127690142;
  private static final int ALPHA_I = 1057819769;
  private static final int ALPHA_F = 638450708;
  private static final int INPUT_BITS = 12;
  private static final int SUM_BITS = 6;
  private static final int DIFFERENCE_BITS = 5;
  private static final int OUTPUT_SHIFT = 31 - 5 - 4;

  /** The constants of an input scale. */
  public static LogSoftmax of(float inputScale, Rounding rounding) {
    Softmax scaling = Softmax.of(1, inputScale);
    double real = (1 << (31 - scaling.leftShift())) / (double) scaling.multiplier();
    return new LogSoftmax(scaling, QuantizedMultiplier.belowOne(real), rounding);
  }

  /** Rows of {@code depth} inputs. */
  public void int8(int rows, int depth, byte[] input, byte[] output) {
    for (int row = 0; row < rows; row++) {
      row(row * depth, depth, input, output);
    }
  }

  private void row(int from, int depth, byte[] input, byte[] output) {
    int largest = Byte.MIN_VALUE;
    for (int c = from; c < from + depth; c++) {
      largest = Math.max(largest, input[c]);
    }
    int sum = 0;
    for (int c = from; c < from + depth; c++) {
      int difference = input[c] - largest;
      if (difference >= scaling.differenceMin()) {
        int power = Gemmlowp.expOfNegative(scaled(difference), DIFFERENCE_BITS);
        sum += roundingDivideByPowerOfTwo(power, INPUT_BITS);
      }
    }
    int log = log(sum);
    int limit =
        Math.max(
            scaling.differenceMin() - 1,
            FixedPoint.multiply(
                log + Integer.MIN_VALUE, reverse.multiplier(), reverse.shift(), rounding));
    for (int c = from; c < from + depth; c++) {
      int difference = input[c] - largest;
      output[c] =
          difference > limit
              ? FixedPoint.saturate8(
                  roundingDivideByPowerOfTwo(scaled(difference) - log, OUTPUT_SHIFT) + 127)
              : Byte.MIN_VALUE;
    }
  }

  private int scaled(int difference) {
    return FixedPoint.multiply(difference, scaling.multiplier(), scaling.leftShift(), rounding);
  }

  /** log(x) in Q5 of x in Q12, x at least 1. */
  private static int log(int x) {
    int zeros = Integer.numberOfLeadingZeros(x);
    int a =
        saturatingShiftLeft(
            roundingDoublingHighMultiply(saturatingShiftLeft(x, zeros - 1), SQRT_HALF), 1);
    int quarter = roundingDivideByPowerOfTwo(1 << 29, SUM_BITS);
    int powerA = FixedPoint.saturate((long) shifted(INPUT_BITS - zeros) + quarter);
    int zerosB = Integer.numberOfLeadingZeros(roundingDoublingHighMultiply(x, SQRT_HALF)) - 1;
    int b = saturatingShiftLeft(x, zerosB);
    int powerB = FixedPoint.saturate((long) shifted(INPUT_BITS - zerosB) - quarter);
    int r = Math.min(a, b);
    int power = Math.max(powerA, powerB);
    long half = (long) r + SQRT_SQRT_HALF;
    int p = (int) ((half + (half >= 0 ? 1 : -1)) / 2);
    int q = 2 * (r - SQRT_SQRT_HALF);
    int squared = roundingDoublingHighMultiply(q, q);
    int numerator =
        roundingDoublingHighMultiply(q, r)
            + roundingDoublingHighMultiply(roundingDoublingHighMultiply(q, squared), ALPHA_N);
    int denominator =
        roundingDoublingHighMultiply(
                p, ALPHA_I + q + roundingDoublingHighMultiply(ALPHA_D, squared))
            + roundingDoublingHighMultiply(ALPHA_F, q);
    int inverse = Gemmlowp.oneOverOnePlus(denominator);
    int rest =
        roundingDoublingHighMultiply(roundingDivideByPowerOfTwo(numerator, SUM_BITS), inverse);
    return saturatingShiftLeft(roundingDoublingHighMultiply(power, LOG_2) + rest, 1);
  }

  private static int shifted(int integer) {
    return saturatingShiftLeft(integer, 31 - SUM_BITS);
  }

  /** Single precision: differences less the logarithm of the sum of exponentials. */
  public static void float32(int rows, int depth, float[] input, float[] output) {
    for (int row = 0; row < rows; row++) {
      int from = row * depth;
      float largest = -Float.MAX_VALUE;
      for (int c = from; c < from + depth; c++) {
        largest = Math.max(largest, input[c]);
      }
      float sum = 0;
      for (int c = from; c < from + depth; c++) {
        sum += (float) Math.exp(input[c] - largest);
      }
      float log = (float) Math.log(sum);
      for (int c = from; c < from + depth; c++) {
        output[c] = input[c] - largest - log;
      }
    }
  }
}
