package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * DIV of 8-bit elements by the reciprocal of the divisor in fixed point. A divisor of real value 0
 * is undefined on the target; here it is refused.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/div.h.
 *
 * @param scale scale of the dividend / (scale of the divisor x output scale), in single precision
 */
public record Divide(
    int zeroPointA,
    int zeroPointB,
    QuantizedMultiplier scale,
    int zeroPointOutput,
    int min,
    int max)
    implements IntBinaryOperator {
  private static final int DIVISOR_INTEGER_BITS = 31;

  @Override
  public int applyAsInt(int a, int b) {
    int dividend = a - zeroPointA;
    int divisor = b - zeroPointB;
    if (divisor == 0) {
      throw new ArithmeticException("DIV by 0");
    }
    if (divisor < 0) {
      dividend = -dividend;
      divisor = -divisor;
    }
    int inverse = Gemmlowp.reciprocal(divisor);
    int inverseShift = Gemmlowp.reciprocalShift(divisor, DIVISOR_INTEGER_BITS);
    int headroom = redundantSignBits(dividend);
    int quotient = FixedPoint.roundingDoublingHighMultiply(dividend << headroom, inverse);
    int right = Math.min(31, -(scale.shift() - inverseShift - headroom));
    int scaled =
        FixedPoint.roundingDivideByPowerOfTwo(
            FixedPoint.roundingDoublingHighMultiply(quotient, scale.multiplier()), right);
    return Math.clamp((long) scaled + zeroPointOutput, min, max);
  }

  /** How far a number can move left before its sign changes. */
  private static int redundantSignBits(int x) {
    return x >= 0
        ? Integer.numberOfLeadingZeros(x) - 1
        : x == Integer.MIN_VALUE ? 0 : Integer.numberOfLeadingZeros(~x) - 1;
  }
}
