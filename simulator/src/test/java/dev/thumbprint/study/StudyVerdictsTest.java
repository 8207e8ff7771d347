package dev.thumbprint.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every verdict of the study is the one that {@code docs/study-verdicts.csv} tells. Where one
 * changes, this test fails until somebody has looked: {@code ./thumbprint study heim2021 --document
 * docs} writes the documents anew.
 */
final class StudyVerdictsTest {
  private static final Path VERDICTS = Path.of("..", "docs", "study-verdicts.csv");
  private static List<Outcome> outcomes;

  @BeforeAll
  static void run() {
    outcomes = Study.run(Study.experiments(), experiment -> {});
  }

  @Test
  void verdictsAreThoseOfTheDocument() throws IOException {
    assertThat(StudyCsv.verdicts(outcomes).lines().toList())
        .isEqualTo(Files.readString(VERDICTS).lines().toList());
  }

  @Test
  void everyRowHasStatementsAndWhatIsComparedIsNamedOnce() {
    for (Outcome outcome : outcomes) {
      assertThat(outcome.statements()).as(outcome.experiment().id()).isNotEmpty();
      assertThat(outcome.statements().stream().map(Statement::id))
          .as(outcome.experiment().id())
          .doesNotHaveDuplicates();
      assertThat(outcome.comparisons().stream().map(one -> one.what() + one.unit()))
          .as(outcome.experiment().id())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aFailingStatementSaysWhere() {
    outcomes.stream()
        .flatMap(outcome -> outcome.statements().stream())
        .filter(
            one ->
                one.recordedVerdict() == Verdict.FAILS || one.simulatedVerdict() == Verdict.FAILS)
        .forEach(one -> assertThat(one.explanation()).as(one.id()).isNotBlank());
  }

  @Test
  void reportsAreTheSameEachTime() {
    List<Experiment> some = List.of(Study.experiment("FIG4"), Study.experiment("14"));
    String first = StudyHtml.of(Study.run(some, experiment -> {}));
    assertThat(StudyHtml.of(Study.run(some, experiment -> {}))).isEqualTo(first);
  }
}
