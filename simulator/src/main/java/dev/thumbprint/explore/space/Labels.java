package dev.thumbprint.explore.space;

import java.math.BigDecimal;
import java.util.Locale;

/** How values are written: short, and the same in every locale. */
final class Labels {
  private Labels() {}

  /** A number without needless zeros. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A frequency such as {@code 80MHz}, as a command line takes it. */
  static String hertz(double hz) {
    if (hz >= 1e6) {
      return plain(hz / 1e6) + "MHz";
    }
    return hz >= 1e3 ? plain(hz / 1e3) + "kHz" : plain(hz) + "Hz";
  }

  /** A time in seconds such as {@code 60s} or {@code 250ms}. */
  static String seconds(double seconds) {
    return seconds >= 1 || seconds == 0 ? plain(seconds) + "s" : plain(seconds * 1e3) + "ms";
  }

  /** A voltage such as {@code 1.8V}. */
  static String volts(double volts) {
    return String.format(Locale.ROOT, "%sV", plain(volts));
  }
}
