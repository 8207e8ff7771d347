package dev.thumbprint.study;

/** What became of a statement. */
public enum Verdict {
  /** True in every case. */
  HOLDS("holds"),
  /** False in at least one case. */
  FAILS("fails"),
  /** No case to judge: nothing is recorded, or nothing can be simulated. */
  NOT_SHOWN("not shown");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The name used in files. */
  public String label() {
    return label;
  }
}
