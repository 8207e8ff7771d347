package dev.thumbprint.run;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The fixed-point arithmetic of the kernels once more, written from its definition with numbers
 * that cannot overflow: the oracle where TensorFlow Lite computes differently.
 */
final class WideModel {
  private static final BigDecimal TWO = BigDecimal.TWO;

  private WideModel() {}

  /** A real multiplier as the nearest m x 2^(shift - 31) with m from 2^30 to 2^31. */
  record Multiplier(BigInteger m, int shift) {
    static Multiplier of(double real) {
      BigDecimal value = new BigDecimal(real);
      int shift = 0;
      while (value.compareTo(BigDecimal.ONE) >= 0) {
        value = value.divide(TWO);
        shift++;
      }
      while (value.compareTo(new BigDecimal("0.5")) < 0) {
        value = value.multiply(TWO);
        shift--;
      }
      BigInteger m =
          value.multiply(TWO.pow(31)).setScale(0, RoundingMode.HALF_UP).toBigIntegerExact();
      return m.bitLength() == 32
          ? new Multiplier(m.shiftRight(1), shift + 1)
          : new Multiplier(m, shift);
    }

    /** Two roundings: of the doubled high half upwards at ties, of the shift away from zero. */
    long times(long x) {
      BigInteger left = BigInteger.valueOf(x).shiftLeft(Math.max(shift, 0));
      BigInteger wrapped = BigInteger.valueOf(left.intValue());
      BigInteger high = wrapped.multiply(m).add(BigInteger.ONE.shiftLeft(30)).shiftRight(31);
      BigInteger half = shift < 0 ? BigInteger.ONE.shiftLeft(-shift - 1) : BigInteger.ZERO;
      BigInteger magnitude = high.abs().add(half).shiftRight(Math.max(-shift, 0));
      return magnitude.longValueExact() * high.signum();
    }

    /** One rounding, ties upwards, with the multiplier cut to 16 bits. */
    long timesReduced(long x) {
      BigInteger cut = m.add(BigInteger.ONE.shiftLeft(15)).shiftRight(16);
      BigInteger reduced = cut.min(BigInteger.valueOf(0x7FFF));
      return reduced
          .multiply(BigInteger.valueOf(x))
          .add(BigInteger.ONE.shiftLeft(14 - shift))
          .shiftRight(15 - shift)
          .longValueExact();
    }
  }

  /** f / scale in single precision, rounded half away from zero. */
  static long quantized(float f, float scale) {
    return new BigDecimal((double) (f / scale)).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
