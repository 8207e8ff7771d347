package dev.thumbprint.report;

import java.util.Locale;

/** How figures are written for people: the same in every locale. */
public final class Numbers {
  private static final double KIB = 1024;

  private Numbers() {}

  /** An integer with thousands separators. */
  public static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Three or four significant digits, never scientific: 0.0123, 1.23, 12.3, 123, 12,345. */
  public static String significant(double value) {
    double size = Math.abs(value);
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (value == 0) {
      return "0";
    }
    int digits = (int) Math.floor(Math.log10(size));
    return String.format(Locale.ROOT, "%." + Math.clamp(2 - digits, 0, 9) + "f", value);
  }

  /** Bytes in the unit that reads best. */
  public static String bytes(double bytes) {
    if (bytes < KIB) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    return bytes < KIB * KIB
        ? trimmed(bytes / KIB) + " KiB"
        : trimmed(bytes / (KIB * KIB)) + " MiB";
  }

  private static String trimmed(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  /** A part as a percentage with one decimal. */
  public static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }
}
