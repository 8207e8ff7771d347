package dev.thumbprint.kernels;

import static dev.thumbprint.kernels.FixedPoint.roundingDoublingHighMultiply;
import static dev.thumbprint.kernels.FixedPoint.saturatingShiftLeft;

import java.util.function.IntUnaryOperator;

/**
 * 1 / sqrt(x) of an integer as a quantised multiplier: Newton's method in Q3 on an input that is
 * scaled by powers of four (source: tensorflow/tflite-micro 90b983c2, kernels/internal/common.h,
 * GetInvSqrtQuantizedMultiplierExp).
 */
public final class InverseSquareRoot {
  private static final int ONE_Q3 = 1 << 28;
  private static final int HALF_THREE_Q3 = (1 << 28) + (1 << 27);

  /** sqrt(2) / 2 in Q0. */
  private static final int HALF_SQRT_2 = 1518500250;

  private static final int STEPS = 5;

  private InverseSquareRoot() {}

  /** The multiplier of 1 / sqrt(x); its shift counts to the left and is at most 0. */
  public static QuantizedMultiplier of(int x) {
    if (x <= 1) {
      return new QuantizedMultiplier(Integer.MAX_VALUE, 0);
    }
    int right = 11;
    int input = x;
    while (input >= 1 << 29) {
      input /= 4;
      right++;
    }
    int pairs = (Integer.numberOfLeadingZeros(input) - 1) / 2 - 1;
    right -= pairs;
    input <<= 2 * pairs;
    int half = FixedPoint.roundingDivideByPowerOfTwo(input >> 1, 1);
    int y = ONE_Q3;
    for (int step = 0; step < STEPS; step++) {
      int squared = roundingDoublingHighMultiply(y, y);
      int cubed = saturatingShiftLeft(roundingDoublingHighMultiply(squared, y), 6);
      int difference =
          roundingDoublingHighMultiply(HALF_THREE_Q3, y)
              - roundingDoublingHighMultiply(half, cubed);
      y = saturatingShiftLeft(difference, 3);
    }
    int multiplier = roundingDoublingHighMultiply(y, HALF_SQRT_2);
    return right < 0
        ? new QuantizedMultiplier(multiplier << -right, 0)
        : new QuantizedMultiplier(multiplier, -right);
  }

  /**
   * RSQRT of 8-bit or 16-bit elements; a negative one is an {@link ArithmeticException}.
   *
   * @param zeroPointInput of the input
   * @param scale 1 / (sqrt(input scale) x output scale), the root and product in single precision
   * @param zeroPointOutput of the output
   * @param max greatest element: what 0 becomes
   * @param rounding how a product comes back to 32 bits
   */
  public record Rsqrt(
      int zeroPointInput,
      QuantizedMultiplier scale,
      int zeroPointOutput,
      int max,
      Rounding rounding)
      implements IntUnaryOperator {
    private static final int SHIFT = 20;

    @Override
    public int applyAsInt(int x) {
      int value = x - zeroPointInput;
      if (value < 0) {
        throw new ArithmeticException("RSQRT of a negative value");
      }
      if (value == 0) {
        return max;
      }
      QuantizedMultiplier root = of(value);
      int data = FixedPoint.multiply(1, root.multiplier(), root.shift() + SHIFT, rounding);
      int scaled = FixedPoint.multiply(data, scale.multiplier(), scale.shift() - SHIFT, rounding);
      return Math.clamp((long) scaled + zeroPointOutput, -max - 1, max);
    }
  }
}
