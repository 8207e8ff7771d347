package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import java.util.List;
import java.util.function.Function;

/**
 * Plain loops are what a compiler makes of them, and all reference kernels of a build went through
 * the same one: a kernel that was not recorded takes what those that were have in common.
 */
final class PlainLoops {
  private PlainLoops() {}

  /**
   * Cycles of a loop that no recording tells, relative to what is expected of it: geometric mean
   * over the recorded loops of the nearest build, drawn towards 1 by one loop more.
   *
   * @param recorded recorded builds, the nearest first
   */
  static double factor(
      Term term, List<Distance> recorded, Function<Target, Expectation> expectations) {
    if (term.kind() != Kind.LOOP) {
      return 1;
    }
    for (Distance distance : recorded) {
      CoefficientSet set = distance.set();
      Expectation there = expectations.apply(set.home());
      double logs = 0;
      int loops = 0;
      for (Term other : Term.values()) {
        double beyond = set.cyclesPerTrip(other) / there.cycles(other);
        if (other.kind() == Kind.LOOP && beyond > 0) {
          logs += Math.log(beyond);
          loops++;
        }
      }
      if (loops > 0 && distance.familySteps() == 0) {
        return Math.exp(distance.trust(term) * logs / (loops + 1));
      }
    }
    return 1;
  }
}
