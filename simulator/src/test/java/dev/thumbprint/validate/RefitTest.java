package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.calibration.CoefficientWriter;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefitTest {
  /** Largest relative difference between a refit and what is shipped. */
  private static final double TOLERANCE = 1e-6;

  /** Largest number of fitted constants of one build, and of one board. */
  private static final int CONSTANTS_MAX = 40;

  @Test
  void shouldGiveTheShippedCoefficientsWhenRefitted() {
    CostModel shipped = CostModel.shipped();
    CostModel refitted = Refit.model();
    List<String> builds = shipped.sets().stream().map(CoefficientSet::toString).toList();
    assertThat(refitted.sets().stream().map(CoefficientSet::toString).toList())
        .containsExactlyInAnyOrderElementsOf(builds);
    for (CoefficientSet set : refitted.sets()) {
      CoefficientSet other =
          shipped.sets().stream()
              .filter(each -> each.home().equals(set.home()) && hasTermsOf(each, set))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no shipped " + set + " of these terms"));
      for (Term term : set.cycles().toMap().keySet()) {
        double fitted = set.cyclesPerTrip(term);
        double expected = fitted < CoefficientWriter.LEAST ? 0 : fitted;
        assertThat(other.cyclesPerTrip(term))
            .as("%s %s", set, term.label())
            .isCloseTo(expected, within(1e-9 + TOLERANCE * expected));
      }
    }
    refitted
        .transfer()
        .boards()
        .forEach(
            (board, numbers) ->
                assertThat(shipped.transfer().board(board).code())
                    .as(board)
                    .isCloseTo(numbers.code(), within(1e-9 + TOLERANCE * numbers.code())));
  }

  /** A build may have been executed by shapes and counted in whole programs: two sets. */
  private static boolean hasTermsOf(CoefficientSet one, CoefficientSet other) {
    return one.cycles().toMap().keySet().equals(other.cycles().toMap().keySet());
  }

  @Test
  void shouldNotSpendMoreConstantsThanAllowed() {
    for (CoefficientSet set : CostModel.shipped().sets()) {
      if (set.source() == Source.CALIBRATED) {
        assertThat(set.fitted()).as(set.toString()).isLessThanOrEqualTo(CONSTANTS_MAX);
      }
    }
  }
}
