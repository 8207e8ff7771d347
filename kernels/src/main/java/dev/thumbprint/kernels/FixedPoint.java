package dev.thumbprint.kernels;

/**
 * Integer arithmetic that every quantised kernel rests on (source: tensorflow/tflite-micro
 * 90b983c2, kernels/internal/common.cc, and gemmlowp fixedpoint.h). All functions are pure; where
 * they say "wraps", they follow two's complement as the target does.
 */
public final class FixedPoint {
  private static final long HALF_Q31 = 1L << 30;

  private FixedPoint() {}

  /**
   * High half of 2ab, rounded to nearest: floor((ab + 2^30) / 2^31). Only -2^31 x -2^31 does not
   * fit; it saturates to 2^31 - 1.
   */
  public static int roundingDoublingHighMultiply(int a, int b) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      return Integer.MAX_VALUE;
    }
    return (int) ((a * (long) b + HALF_Q31) >> 31);
  }

  /**
   * x / 2^exponent rounded to nearest, ties away from zero.
   *
   * @param exponent 0 to 31
   */
  public static int roundingDivideByPowerOfTwo(int x, int exponent) {
    int mask = (int) ((1L << exponent) - 1);
    int remainder = x & mask;
    int threshold = (mask >>> 1) + (x < 0 ? 1 : 0);
    return (x >> exponent) + (remainder > threshold ? 1 : 0);
  }

  /**
   * x * 2^exponent, saturated to 32 bits.
   *
   * @param exponent 0 to 31
   */
  public static int saturatingShiftLeft(int x, int exponent) {
    return saturate((long) x << exponent);
  }

  /**
   * x * multiplier * 2^(shift - 31), by the given rounding. With {@link Rounding#DOUBLE} a positive
   * shift is applied first and wraps.
   *
   * @param shift -31 to 30
   */
  public static int multiply(int x, int multiplier, int shift, Rounding rounding) {
    return rounding == Rounding.DOUBLE
        ? multiplyDouble(x, multiplier, shift)
        : multiplySingle(x, multiplier, shift);
  }

  /** {@link #multiply} with two roundings. */
  public static int multiplyDouble(int x, int multiplier, int shift) {
    return shift >= 0
        ? roundingDoublingHighMultiply(x << shift, multiplier)
        : roundingDivideByPowerOfTwo(roundingDoublingHighMultiply(x, multiplier), -shift);
  }

  /** {@link #multiply} with one rounding, ties up. */
  public static int multiplySingle(int x, int multiplier, int shift) {
    int total = 31 - shift;
    return (int) ((x * (long) multiplier + (1L << (total - 1))) >> total);
  }

  /**
   * Scales a 64-bit accumulator of 16-bit activations: the multiplier is first cut to 16 bits, then
   * there is one rounding, in either build.
   *
   * @param x below 2^47 in magnitude
   * @param shift -31 to 7
   */
  public static int multiplyWide(long x, int multiplier, int shift) {
    int reduced = multiplier < 0x7FFF0000 ? (multiplier + (1 << 15)) >> 16 : 0x7FFF;
    int total = 15 - shift;
    return (int) ((x * reduced + (1L << (total - 1))) >> total);
  }

  /** x rounded to the nearest integer, ties away from zero, as C's {@code round}. */
  public static double roundHalfAway(double x) {
    double magnitude = Math.abs(x);
    double floor = Math.floor(magnitude);
    return Math.copySign(magnitude - floor >= 0.5 ? floor + 1 : floor, x);
  }

  /** The 32-bit value nearest to x. */
  public static int saturate(long x) {
    return Math.clamp(x, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** The 16-bit value nearest to x. */
  public static short saturate16(int x) {
    return (short) Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** The 8-bit value nearest to x. */
  public static byte saturate8(int x) {
    return (byte) Math.clamp(x, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }
}
