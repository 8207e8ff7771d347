package dev.thumbprint.cost.board;

import java.util.Locale;

/** How the core voltage is made from the supply. */
public enum Regulator {
  /** Linear: the current does not depend on the supply voltage. */
  LDO,
  /** Switched: the power does not depend on the supply voltage. */
  SMPS;

  /** The name used in files and options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
