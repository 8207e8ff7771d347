package dev.thumbprint.kernels;

import static dev.thumbprint.kernels.FixedPoint.roundingDivideByPowerOfTwo;
import static dev.thumbprint.kernels.FixedPoint.roundingDoublingHighMultiply;
import static dev.thumbprint.kernels.FixedPoint.saturatingShiftLeft;

/**
 * Transcendental functions in fixed point, after gemmlowp (source: google/gemmlowp 719139ce,
 * fixedpoint/fixedpoint.h). "Qk" is a 32-bit number with k integer bits: real = raw * 2^(k - 31).
 * The product of Qa and Qb is Q(a+b).
 */
public final class Gemmlowp {
  /** One in Q0, as near as it gets. */
  public static final int ONE_Q0 = Integer.MAX_VALUE;

  private static final int ONE_Q2 = 1 << 29;

  /** exp(-1/8) in Q0. */
  private static final int EXP_MINUS_EIGHTH = 1895147668;

  private static final int ONE_THIRD = 715827883;

  /** 48/17 and -32/17 in Q2: the first guess of a reciprocal with the least largest error. */
  private static final int GUESS_CONSTANT = 1515870810;

  private static final int GUESS_SLOPE = -1010580540;

  /** exp(-2^e) in Q0 for e = -2 to 4. */
  private static final int[] EXP_MINUS_POWER = {
    1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242
  };

  private static final int POWER_MIN = -2;

  private Gemmlowp() {}

  /**
   * exp(a) in Q0 for a in Q{@code integerBits}, a at most 0.
   *
   * @param integerBits 0 to 5
   */
  public static int expOfNegative(int a, int integerBits) {
    if (a == 0) {
      return ONE_Q0;
    }
    int fractionalBits = 31 - integerBits;
    int quarter = 1 << (fractionalBits - 2);
    int rest = (a & (quarter - 1)) - quarter;
    int result = expOfLastQuarter(saturatingShiftLeft(rest, integerBits));
    int quarters = rest - a;
    for (int i = 0; i < EXP_MINUS_POWER.length; i++) {
      int power = POWER_MIN + i;
      if (power < integerBits && (quarters & (1 << (fractionalBits + power))) != 0) {
        result = roundingDoublingHighMultiply(result, EXP_MINUS_POWER[i]);
      }
    }
    return result;
  }

  /** exp(a) in Q0 for a in Q0 from -1/4 up to but not including 0: a Taylor series about -1/8. */
  private static int expOfLastQuarter(int a) {
    int x = a + (1 << 28);
    int x2 = roundingDoublingHighMultiply(x, x);
    int x3 = roundingDoublingHighMultiply(x2, x);
    int x4 = roundingDoublingHighMultiply(x2, x2);
    int x4Quarter = roundingDivideByPowerOfTwo(x4, 2);
    int tail = roundingDoublingHighMultiply(x4Quarter + x3, ONE_THIRD) + x2;
    int series = x + roundingDivideByPowerOfTwo(tail, 1);
    return EXP_MINUS_EIGHTH + roundingDoublingHighMultiply(EXP_MINUS_EIGHTH, series);
  }

  /** 1 / (1 + a) in Q0 for a in Q0 from 0 to 1. */
  public static int oneOverOnePlus(int a) {
    return saturatingShiftLeft(halfReciprocal(a), 1);
  }

  /** (1 - a) / (1 + a) in Q0 for a in Q0 from 0 to 1. */
  public static int oneMinusOverOnePlus(int a) {
    return saturatingShiftLeft(halfReciprocal(a) - ONE_Q2, 2);
  }

  /** 2 / (1 + a) in Q2 for a in Q0: three Newton steps on the reciprocal of (1 + a) / 2. */
  private static int halfReciprocal(int a) {
    long sum = (long) a + ONE_Q0;
    int half = (int) ((sum + (sum >= 0 ? 1 : -1)) / 2);
    int x = GUESS_CONSTANT + roundingDoublingHighMultiply(half, GUESS_SLOPE);
    for (int step = 0; step < 3; step++) {
      int error = ONE_Q2 - roundingDoublingHighMultiply(half, x);
      x += saturatingShiftLeft(roundingDoublingHighMultiply(x, error), 2);
    }
    return x;
  }

  /** 1 / (1 + exp(-a)) in Q0 for a in Q4. */
  public static int logistic(int a) {
    if (a == 0) {
      return 1 << 30;
    }
    int ofMagnitude = oneOverOnePlus(expOfNegative(a > 0 ? -a : a, 4));
    return a > 0 ? ofMagnitude : ONE_Q0 - ofMagnitude;
  }

  /** tanh(a) in Q0 for a in Q4. */
  public static int tanh(int a) {
    if (a == 0) {
      return 0;
    }
    int ofMagnitude = oneMinusOverOnePlus(expOfNegative(a > 0 ? -a : a, 5));
    return a > 0 ? ofMagnitude : -ofMagnitude;
  }

  /** 1 / x in Q0 up to the power of two {@link #reciprocalShift}; x is unsigned and not 0. */
  public static int reciprocal(int x) {
    return oneOverOnePlus((x << Integer.numberOfLeadingZeros(x)) - Integer.MIN_VALUE);
  }

  /** Bits by which x, in Q{@code integerBits}, exceeds one. */
  public static int reciprocalShift(int x, int integerBits) {
    return integerBits - Integer.numberOfLeadingZeros(x);
  }
}
