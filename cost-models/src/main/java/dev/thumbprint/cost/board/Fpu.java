package dev.thumbprint.cost.board;

import java.util.Locale;

/** Floating-point unit of a part. */
public enum Fpu {
  NONE,
  SINGLE,
  DOUBLE;

  /** The name used in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
