package dev.thumbprint.study;

import dev.thumbprint.study.Cases.Finding;

/** Whether a multiple of four beats its even and its odd neighbours, step by step. */
final class Parity {
  private Parity() {}

  /**
   * Looks at every group {@code 4k, 4k + 1, 4k + 2, 4k + 3}: the multiple of four takes less time
   * than the even value, and that less than both odd ones.
   */
  static Cases steps(SweepFigures figures, String where) {
    return steps(new Cases(Parity::judge), figures, where);
  }

  /** The same, added to cases of other sweeps. */
  static Cases steps(Cases cases, SweepFigures figures, String where) {
    for (int value : figures.values()) {
      if (value % 4 == 0) {
        int[] group = {value, value + 1, value + 2, value + 3};
        cases.add(where.formatted(value), figures.pick(false, group), figures.pick(true, group));
      }
    }
    return cases;
  }

  static Finding judge(double... v) {
    return Finding.of(
        v[0] < v[2] && v[2] < v[1] && v[2] < v[3],
        "%.4g < %.4g < %.4g, %.4g ms",
        v[0],
        v[2],
        v[1],
        v[3]);
  }
}
