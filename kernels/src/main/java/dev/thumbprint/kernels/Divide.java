package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * DIV of 8-bit elements by the reciprocal of the divisor in fixed point. A divisor of real value 0
 * and a shift outside of 0 to 31 stop the default build of the runtime; here they are an {@link
 * ArithmeticException}.
 *
 * <p>One element of each operand to one of the output; {@link Elementwise} applies it.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/div.h.
 *
 * @param zeroPointA of the dividend
 * @param zeroPointB of the divisor
 * @param scale scale of the dividend / (scale of the divisor x output scale), in single precision
 * @param zeroPointOutput of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param rounding how a product comes back to 32 bits
 */
public record Divide(
    int zeroPointA,
    int zeroPointB,
    QuantizedMultiplier scale,
    int zeroPointOutput,
    int min,
    int max,
    Rounding rounding)
    implements IntBinaryOperator {
  private static final int DIVISOR_INTEGER_BITS = 31;

  /** The runtime's default build stops beyond it, as on most dividends of 0. */
  private static final int SHIFT_MAX = 31;

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
    int right = -(scale.shift() - inverseShift - headroom);
    boolean tooFar = rounding == Rounding.SINGLE && headroom >= SHIFT_MAX;
    if (right < 0 || right > SHIFT_MAX || tooFar) {
      throw new ArithmeticException(
          "DIV of " + dividend + " by " + divisor + " needs a right shift of " + right);
    }
    int quotient = FixedPoint.multiply(dividend, inverse, headroom, rounding);
    int scaled = FixedPoint.multiply(quotient, scale.multiplier(), -right, rounding);
    return Math.clamp((long) scaled + zeroPointOutput, min, max);
  }

  /** How far a number can move left before its sign changes. */
  private static int redundantSignBits(int x) {
    return x >= 0
        ? Integer.numberOfLeadingZeros(x) - 1
        : x == Integer.MIN_VALUE ? 0 : Integer.numberOfLeadingZeros(~x) - 1;
  }
}
