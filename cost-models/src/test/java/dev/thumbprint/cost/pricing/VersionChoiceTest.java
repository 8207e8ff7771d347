package dev.thumbprint.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.library.LibraryId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionChoiceTest {
  private static final List<String> RECORDED = List.of("9.0.0", "7.1.0", "7.3.0", "8.0.0", "8.1.0");

  @ParameterizedTest
  @CsvSource({
    "8.0.0, 8.0.0",
    "8.0, 8.0.0",
    "8, 8.0.0 8.1.0",
    "8.0.1, 8.0.0",
    "7.2, 7.1.0 7.3.0",
    "10.0.0, 9.0.0",
    "3.0, 7.1.0",
    "'', 9.0.0",
    "beta, 9.0.0"
  })
  void shouldTakeTheRecordedVersionsThatStandNearest(String wanted, String expected) {
    assertThat(VersionChoice.of(wanted, RECORDED).versions())
        .containsExactly(expected.split(" ", -1));
  }

  @Test
  void shouldAddMoreToTheErrorTheLessIsKnown() {
    assertThat(steps("8.0")).isZero();
    assertThat(steps("8.0.1")).isGreaterThan(0).isLessThan(steps("7.2"));
    assertThat(steps("7.2")).isLessThan(steps("10.0.0"));
    assertThat(steps("10.0.0")).isLessThan(steps(""));
  }

  @Test
  void shouldSayWhatStandsForWhat() {
    LibraryId wanted = LibraryId.parse("x-cube-ai@7.2");
    assertThat(VersionChoice.of("7.2", RECORDED).note(wanted))
        .hasValue("x-cube-ai@7.2: not recorded, taken from 7.1.0, 7.3.0");
    assertThat(VersionChoice.of("8.0", RECORDED).note(wanted)).isEmpty();
    assertThat(VersionChoice.of("", RECORDED).reason()).isEqualTo("no version told");
    assertThat(VersionChoice.of("abc", RECORDED).reason()).isEqualTo("no version that is known");
  }

  private static double steps(String wanted) {
    return VersionChoice.of(wanted, RECORDED).steps();
  }
}
