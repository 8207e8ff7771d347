package dev.thumbprint.explore.pareto;

/** Whether one outcome is better than another, and whether their intervals support it. */
public final class Dominance {
  private Dominance() {}

  /** Whether {@code a} is at least as good in every coordinate and better in one. */
  public static boolean dominates(Outcome<?> a, Outcome<?> b) {
    boolean better = false;
    for (int i = 0; i < a.size(); i++) {
      if (a.value(i) > b.value(i)) {
        return false;
      }
      better |= a.value(i) < b.value(i);
    }
    return better;
  }

  /**
   * Whether {@code a} dominates {@code b} and the intervals support it: wherever the two differ,
   * they differ by more than the 90 % half-widths added as independent errors are, root of the sum
   * of squares. Equal values are the same figure for the same cause and count as a tie. Two designs
   * on one board share a part of their error, so that this asks for more than is needed, never for
   * less.
   */
  public static boolean surely(Outcome<?> a, Outcome<?> b) {
    boolean better = false;
    for (int i = 0; i < a.size(); i++) {
      double gap = b.value(i) - a.value(i);
      if (gap < 0) {
        return false;
      }
      if (gap > 0) {
        if (gap <= Math.hypot(a.above(i), b.below(i))) {
          return false;
        }
        better = true;
      }
    }
    return better;
  }
}
