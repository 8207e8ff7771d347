package dev.thumbprint.kernels;

import static dev.thumbprint.kernels.FixedPoint.roundingDivideByPowerOfTwo;
import static dev.thumbprint.kernels.FixedPoint.roundingDoublingHighMultiply;

/**
 * SOFTMAX of 8-bit inputs, over the innermost dimension. Differences to the largest input are
 * scaled into Q5, exponentials summed in Q12, and the reciprocal of the sum found by Newton's
 * method, all in integers.
 *
 * <p>The output is 8-bit (scale 1/256, zero point -128) or 16-bit (scale 1/65536, zero point
 * -32768); saturated to the type. Source: tensorflow/tflite-micro 90b983c2, reference/softmax.h.
 *
 * @param multiplier of differences, into Q5
 * @param leftShift of differences before the multiplication
 * @param differenceMin differences below contribute nothing
 */
public record Softmax(int multiplier, int leftShift, int differenceMin) {
  private static final int INTEGER_BITS = 5;
  private static final int SUM_INTEGER_BITS = 12;

  /**
   * The constants of an input scale.
   *
   * @throws IllegalArgumentException if beta x scale is so small that the scaling is not above 1
   */
  public static Softmax of(float beta, float inputScale) {
    int fractionalBits = 31 - INTEGER_BITS;
    double real = Math.min((double) beta * inputScale * (1 << fractionalBits), (1L << 31) - 1.0);
    if (!(real > 1)) {
      throw new IllegalArgumentException(
          "beta %s x input scale %s is below 2^-26".formatted(beta, inputScale));
    }
    QuantizedMultiplier scale = QuantizedMultiplier.of(real);
    return new Softmax(
        scale.multiplier(), scale.shift(), -inputRadius(INTEGER_BITS, scale.shift()));
  }

  /** Largest input magnitude that stays inside Q{@code integerBits} after a shift to the left. */
  static int inputRadius(int integerBits, int leftShift) {
    double largest =
        (double) ((1 << integerBits) - 1) * (1L << (31 - integerBits)) / (1L << leftShift);
    return (int) Math.floor(largest);
  }

  /** Rows of {@code depth} inputs, 8-bit output. */
  public void int8(int rows, int depth, byte[] input, byte[] output) {
    for (int row = 0; row < rows; row++) {
      int from = row * depth;
      int largest = largest(input, from, depth);
      int sum = sum(input, from, depth, largest);
      int scale = Gemmlowp.reciprocal(sum);
      int exponent = Gemmlowp.reciprocalShift(sum, SUM_INTEGER_BITS) + 31 - 8;
      for (int c = from; c < from + depth; c++) {
        int share = share(input[c] - largest, scale, exponent);
        output[c] = FixedPoint.saturate8(share + Byte.MIN_VALUE);
      }
    }
  }

  /** Rows of {@code depth} inputs, 16-bit output. */
  public void int8To16(int rows, int depth, byte[] input, short[] output) {
    for (int row = 0; row < rows; row++) {
      int from = row * depth;
      int largest = largest(input, from, depth);
      int sum = sum(input, from, depth, largest);
      int scale = Gemmlowp.reciprocal(sum);
      int exponent = Gemmlowp.reciprocalShift(sum, SUM_INTEGER_BITS) + 31 - 16;
      for (int c = from; c < from + depth; c++) {
        int share = share(input[c] - largest, scale, exponent);
        output[c] = FixedPoint.saturate16(share + Short.MIN_VALUE);
      }
    }
  }

  private static int largest(byte[] input, int from, int depth) {
    int largest = Byte.MIN_VALUE;
    for (int c = from; c < from + depth; c++) {
      largest = Math.max(largest, input[c]);
    }
    return largest;
  }

  private int sum(byte[] input, int from, int depth, int largest) {
    int sum = 0;
    for (int c = from; c < from + depth; c++) {
      int difference = input[c] - largest;
      if (difference >= differenceMin) {
        sum += roundingDivideByPowerOfTwo(exponential(difference), SUM_INTEGER_BITS);
      }
    }
    return sum;
  }

  private int share(int difference, int scale, int exponent) {
    return difference < differenceMin
        ? 0
        : roundingDivideByPowerOfTwo(
            roundingDoublingHighMultiply(scale, exponential(difference)), exponent);
  }

  int exponential(int difference) {
    int scaled = roundingDoublingHighMultiply(difference << leftShift, multiplier);
    return Gemmlowp.expOfNegative(scaled, INTEGER_BITS);
  }

  /** Single precision; {@code exp} is Java's, rounded to single. */
  public static void float32(int rows, int depth, float beta, float[] input, float[] output) {
    for (int row = 0; row < rows; row++) {
      int from = row * depth;
      float largest = -Float.MAX_VALUE;
      for (int c = from; c < from + depth; c++) {
        largest = Math.max(largest, input[c]);
      }
      float sum = 0;
      for (int c = from; c < from + depth; c++) {
        float value = (float) Math.exp((input[c] - largest) * beta);
        output[c] = value;
        sum += value;
      }
      for (int c = from; c < from + depth; c++) {
        output[c] /= sum;
      }
    }
  }
}
