package dev.thumbprint.cost;

import java.util.Locale;

/** How a figure came about; weakest last, so that a sum takes the weakest of its parts. */
public enum Source {
  /** Executed instruction by instruction on compiled firmware and timed. */
  EMULATED,
  /** Structure with coefficients fitted to recordings of this library on this board. */
  CALIBRATED,
  /** Structure and documents alone, or calibrated elsewhere. */
  MODELLED;

  /** The name used in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The weaker of two sources. */
  public Source weaker(Source other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
