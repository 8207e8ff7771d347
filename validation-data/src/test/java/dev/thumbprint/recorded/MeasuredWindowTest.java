package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredWindowTest {
  private static List<Recording> rows(String source, String library) {
    return Recordings.builtIn().stream()
        .filter(row -> row.origin().source().equals(source))
        .filter(row -> row.setting().library().name().equals(library))
        .toList();
  }

  @Test
  void everyWindowHasASourceAndBelongsToRows() {
    assertThat(MeasuredWindow.all()).isNotEmpty();
    for (MeasuredWindow window : MeasuredWindow.all()) {
      assertThat(window.why()).contains("@");
      assertThat(rows(window.source(), window.library())).isNotEmpty();
    }
  }

  @Test
  void edgeMarkCopiesElementsAroundTheInterpreterOnly() {
    assertThat(rows("edgemark", "cmsis-nn"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(MeasuredWindow.of(row)).isPresent());
    assertThat(rows("edgemark", "edge-impulse-eon"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(MeasuredWindow.of(row)).isEmpty());
  }

  @Test
  void microAiProfilesEveryOperatorAtTheLevelOfItsBuild() {
    assertThat(rows("microai", "cmsis-nn"))
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(MeasuredWindow.of(row))
                    .hasValueSatisfying(
                        window -> {
                          assertThat(window.opt()).isEqualTo(row.setting().opt());
                          assertThat(window.cycles(16, 490, 12))
                              .isEqualTo(window.onceCycles() + 16 * window.operatorCycles());
                        }));
  }

  /** What the program took where it was executed: docs/recordings.md, traps. */
  @Test
  void agreesWithTheExecutedProgram() {
    MeasuredWindow window = MeasuredWindow.all().getFirst();
    assertThat(window.cycles(1, 1, 1)).isCloseTo(616, within(1.0));
    assertThat(window.cycles(1, 784, 60)).isCloseTo(58_698, within(60.0));
  }
}
