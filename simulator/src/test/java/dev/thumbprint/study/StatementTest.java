package dev.thumbprint.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.study.Cases.Finding;
import org.junit.jupiter.api.Test;

final class StatementTest {
  @Test
  void bothSidesAreJudgedApartAndUnknownFiguresAreLeftOut() {
    Statement statement =
        state(
            new Cases(v -> Finding.of(v[0] < v[1], "%.0f against %.0f", v[0], v[1]))
                .add("a", Cases.of(1, 2), Cases.of(1, 2))
                .add("b", Cases.of(1, Double.NaN), Cases.of(3, 2)));
    assertThat(statement.recordedVerdict()).isEqualTo(Verdict.HOLDS);
    assertThat(statement.simulatedVerdict()).isEqualTo(Verdict.FAILS);
    assertThat(statement.missed()).isTrue();
    assertThat(statement.explanation()).isEqualTo("simulated: b 3 against 2");
    assertThat(Check.summary(statement.recorded())).isEqualTo("holds 1/1");
    assertThat(Check.summary(statement.simulated())).isEqualTo("fails 1/2");
  }

  @Test
  void withoutCasesNothingIsShown() {
    Statement statement = state(new Cases(v -> Finding.of(true, "")));
    assertThat(statement.recordedVerdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(statement.missed()).isFalse();
    assertThat(statement.explanation()).isEmpty();
  }

  @Test
  void aLineThroughPointsOfALineIsThatLine() {
    Line line = new Line();
    for (int x = 0; x < 5; x++) {
      line.add(x, 3 * x + 2);
    }
    line.add(Double.NaN, 1);
    assertThat(line.count()).isEqualTo(5);
    assertThat(line.slope()).isEqualTo(3);
    assertThat(line.intercept()).isEqualTo(2);
    assertThat(line.correlation()).isEqualTo(1);
    assertThat(new Line().slope()).isNaN();
  }

  private static Statement state(Cases cases) {
    Outcome.Builder outcome = new Outcome.Builder();
    cases.state(outcome, "id", "text");
    return outcome
        .build(new Experiment(1, "X", "x", "x", (lab, builder) -> {}))
        .statements()
        .getFirst();
  }
}
