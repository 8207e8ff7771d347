package dev.thumbprint.kernels;

/**
 * A real multiplier as an integer and a power of two: value = multiplier * 2^(shift - 31).
 *
 * @param multiplier 0, or 2^30 to 2^31 - 1 in magnitude (negative only for a negative real value)
 * @param shift positive shifts to the left
 */
public record QuantizedMultiplier(int multiplier, int shift) {
  private static final int SHIFT_MIN = -31;
  private static final int SHIFT_MAX = 30;

  /** The multiplier nearest to {@code real}, for kernels that round twice. */
  public static QuantizedMultiplier of(double real) {
    return of(real, Rounding.DOUBLE);
  }

  /**
   * The multiplier nearest to {@code real}. Values below 2^-32 flush to zero (source:
   * tensorflow/tflite-micro 90b983c2, kernels/internal/quantization_util.cc).
   *
   * @throws IllegalArgumentException if {@code real} is not finite or so large that the shift
   *     exceeds 30
   */
  public static QuantizedMultiplier of(double real, Rounding rounding) {
    if (!Double.isFinite(real)) {
      throw new IllegalArgumentException("multiplier " + real + " is not finite");
    }
    if (real == 0) {
      return new QuantizedMultiplier(0, 0);
    }
    int shift = Math.getExponent(real) + 1;
    long fixed = (long) FixedPoint.roundHalfAway(Math.scalb(real, 31 - shift));
    if (Math.abs(fixed) == 1L << 31) {
      fixed /= 2;
      shift++;
    }
    if (shift < SHIFT_MIN) {
      return new QuantizedMultiplier(0, 0);
    }
    if (shift > SHIFT_MAX) {
      if (rounding == Rounding.SINGLE) {
        return new QuantizedMultiplier(Integer.MAX_VALUE, SHIFT_MAX);
      }
      throw new IllegalArgumentException("multiplier " + real + " is 2^30 or more");
    }
    return new QuantizedMultiplier((int) fixed, shift);
  }

  /**
   * The multiplier nearest to a real value that must lie strictly between 0 and 1.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static QuantizedMultiplier belowOne(double real) {
    if (!(real > 0 && real < 1)) {
      throw new IllegalArgumentException("multiplier " + real + " is not between 0 and 1");
    }
    QuantizedMultiplier result = of(real);
    if (result.shift > 0) {
      throw new IllegalArgumentException("multiplier " + real + " rounds to 1");
    }
    return result;
  }

  /** x times this multiplier. */
  public int times(int x, Rounding rounding) {
    return FixedPoint.multiply(x, multiplier, shift, rounding);
  }

  /** A 64-bit accumulator times this multiplier, whose precision is cut to 16 bits. */
  public int timesWide(long x) {
    return FixedPoint.multiplyWide(x, multiplier, shift);
  }
}
