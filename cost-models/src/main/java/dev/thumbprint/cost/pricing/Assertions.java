package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.Term;
import java.util.List;

/**
 * What assertions cost a loop of the reference kernels. They were executed with and without in one
 * generation; the checks of an access are the same in the others.
 */
final class Assertions {
  private Assertions() {}

  /**
   * Cycles with assertions relative to those without; 1 where the kernels of the target have none.
   *
   * @param set whose cycles are taken
   * @param executed what was executed, with and without
   */
  static double factor(Term term, CoefficientSet set, Target target, List<Distance> executed) {
    if (!target.asserts() || !isReference(target.kernels()) || !isReference(set.library())) {
      return 1;
    }
    for (Distance one : executed) {
      CoefficientSet checked = one.set();
      if (checked.home().asserts() && checked.has(term)) {
        double plain = unchecked(term, checked, executed);
        return plain > 0 ? Math.max(1, checked.cyclesPerTrip(term) / plain) : 1;
      }
    }
    return 1;
  }

  /** Cycles of the same program without assertions: NaN where none was executed. */
  private static double unchecked(Term term, CoefficientSet checked, List<Distance> executed) {
    return executed.stream()
        .map(Distance::set)
        .filter(set -> set.library().equals(checked.library()) && set.core() == checked.core())
        .filter(set -> !set.home().asserts() && set.home().fpu() == checked.home().fpu())
        .filter(set -> set.opt() == checked.opt() && set.has(term))
        .mapToDouble(set -> set.cyclesPerTrip(term))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static boolean isReference(LibraryId library) {
    return library.family().equals("tflm-reference");
  }
}
