package dev.thumbprint.recorded;

/** A build option of a recording that is on, off, absent from the part, or not told. */
public enum Switch {
  ON,
  OFF,
  /** The part has no such unit (an FPU on a Cortex-M0+). */
  NONE,
  /** The source does not say: an estimate must widen its interval. */
  UNKNOWN;

  /** Whether the source tells the state. */
  public boolean known() {
    return this != UNKNOWN;
  }
}
