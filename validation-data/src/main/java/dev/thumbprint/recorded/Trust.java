package dev.thumbprint.recorded;

/** How far a recorded figure may be believed; decides whether it may be fitted to. */
public enum Trust {
  /** Raw log or raw data that anyone can repeat. */
  A,
  /** Published table, small doubt. */
  B,
  /** Rounded, pasted, estimated or read off a chart: shown and compared, never fitted. */
  C,
  /** The file does not say; the reader's own recordings usually do not. */
  UNSTATED;

  /** Whether a model may be fitted to a row of this trust. */
  public boolean fittable() {
    return this != C;
  }
}
