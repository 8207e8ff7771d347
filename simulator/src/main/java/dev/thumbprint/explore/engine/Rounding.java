package dev.thumbprint.explore.engine;

/**
 * Figures are rounded once, when a design is priced, to seven significant digits: what is written
 * reads back as exactly the number that was compared.
 */
final class Rounding {
  private static final int DIGITS = 7;
  private static final double[] POWERS = new double[23];

  static {
    // Powers of ten up to 10^22 are exact.
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private Rounding() {}

  /** The nearest number of seven significant digits; monotonic. */
  static double significant(double value) {
    double size = Math.abs(value);
    if (!(size >= 1e-12 && size < 1e15)) {
      return value;
    }
    int shift = DIGITS - 1 - (int) Math.floor(Math.log10(size));
    if (shift <= 0) {
      double unit = POWERS[-shift];
      return Math.rint(value / unit) * unit;
    }
    // An integer over an exact power of ten: the double that the decimal stands for.
    return shift < POWERS.length ? Math.rint(value * POWERS[shift]) / POWERS[shift] : value;
  }
}
