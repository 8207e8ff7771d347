package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.model.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page on bits says what the code does. */
final class DialectTest {
  @Test
  void thePageListsEveryDeparture() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "bits.md")).stream()
            .filter(line -> line.matches("\\| [a-z0-9-]+ \\| 20.*"))
            .map(line -> line.substring(0, line.lastIndexOf(" | ")))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            List.of(Departure.values()).stream().map(DialectTest::row).toList());
  }

  private static String row(Departure departure) {
    String generations =
        departure.first().equals(departure.last())
            ? departure.first()
            : departure.first() + " to " + departure.last();
    return "| %s | %s | %s".formatted(departure.label(), generations, departure.source());
  }

  @Test
  void aGenerationDepartsAsItsSourcesDo() {
    assertThat(Dialect.parse("cmsis-nn@2024").departures())
        .contains(Departure.POOL_FIRST_IMAGE_ONLY, Departure.DEPTHWISE_INT4_ODD_CHANNELS)
        .doesNotContain(Departure.LSTM_INT16_RESTARTS, Departure.AVERAGE_POOL_IN_TWO_PASSES);
    assertThat(Dialect.parse("tflm-reference").departures()).isEmpty();
  }

  @Test
  void librariesOf2020CannotRoundOnce() {
    RunOptions once = RunOptions.defaults().with(Rounding.SINGLE);
    for (String name : List.of("cmsis-nn@2022", "cmsis-nn@2026", "tflm-reference")) {
      assertThat(once.with(Dialect.parse(name)).rounding()).isEqualTo(Rounding.SINGLE);
    }
    for (String name : List.of("cmsis-nn@2020-03", "cmsis-nn@2020-09")) {
      Dialect early = Dialect.parse(name);
      assertThatThrownBy(() -> once.with(early))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("single rounding with " + name);
    }
  }
}
