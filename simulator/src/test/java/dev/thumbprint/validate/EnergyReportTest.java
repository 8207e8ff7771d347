package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.energy.HeldOut;
import dev.thumbprint.cost.energy.PowerFits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The fit that is built in is the fit of the recordings, and is worth what the document says. */
class EnergyReportTest {
  private final EnergyReport report = new EnergyReport();

  @Test
  void shouldShipTheFitOfTheRecordings() throws IOException {
    try (InputStream shipped = PowerFits.class.getResourceAsStream("power-fit.yaml")) {
      assertThat(new String(shipped.readAllBytes(), StandardCharsets.UTF_8))
          .as("refit with: thumbprint boards power --yaml")
          .isEqualTo(report.yaml());
    }
  }

  @Test
  void shouldPredictNetworksItHasNotSeen() {
    List<HeldOut> results = report.networks();
    assertThat(results).hasSizeGreaterThan(100);
    assertThat(EnergyReport.meanErrorPct(results)).isLessThan(5);
    assertThat(EnergyReport.coverage(results)).isBetween(0.85, 0.97);
  }

  @Test
  void shouldPredictBoardsFromTheirDataSheet() {
    List<HeldOut> results = report.boards();
    assertThat(results.stream().map(HeldOut::board).distinct()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(EnergyReport.meanErrorPct(results)).isLessThan(30);
    assertThat(results).allMatch(one -> !one.basis().contains("measured"));
  }

  @Test
  void shouldDocumentWhatItPrints() throws IOException {
    String document = Files.readString(Path.of("../docs/energy.md"));
    String printed =
        report.text().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    assertThat(document.replace("\r", ""))
        .as("docs/energy.md holds the output of: thumbprint boards power")
        .contains(printed);
  }
}
