package dev.thumbprint.cost.board;

import java.util.Locale;

/** Where the weights of a network live. */
public enum Placement {
  FLASH,
  RAM,
  TCM,
  XIP;

  /** The name used in options and reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
