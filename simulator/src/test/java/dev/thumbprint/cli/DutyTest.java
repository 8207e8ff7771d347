package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code --period}, {@code --battery} and {@code --trace} of a profile. */
final class DutyTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void averagePowerIsTheEnergyOfInferenceAndSleepOverThePeriod() throws IOException {
    assertThat(
            run(
                "profile",
                "kws",
                "-b",
                "nucleo-l4r5zi",
                "--json",
                "--period",
                "2s",
                "--battery",
                "100mAh@3V"))
        .as(err::toString)
        .isZero();
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("..", "docs", "schema", "profile.schema.json")));
    assertThat(schema.validate(report)).isEmpty();
    double energyUj = report.at("/total/energy/value").doubleValue();
    double timeMs = report.at("/total/inference_time/value").doubleValue();
    double sleepMw = report.at("/duty_cycle/sleep_power/value").doubleValue();
    double averageMw = report.at("/duty_cycle/average_power/value").doubleValue();
    assertThat(averageMw)
        .isCloseTo((energyUj + sleepMw * (2000 - timeMs)) / 2000, within(1e-9 * averageMw));
    assertThat(report.at("/duty_cycle/batteries/0/life/value").doubleValue())
        .isCloseTo(100 * report.at("/target/supply_v").doubleValue() / averageMw, within(1e-6));
  }

  @Test
  void theSupplyOfACoreBehindAnLdoDoesNotChangeTheLifeOfItsBattery() {
    double[] days = new double[2];
    for (int i = 0; i < days.length; i++) {
      String supply = i == 0 ? "1.8V" : "2.9V";
      assertThat(
              run(
                  "profile",
                  "kws",
                  "-b",
                  "nucleo-l4r5zi",
                  "--regulator",
                  "ldo",
                  "--supply",
                  supply,
                  "--period",
                  "1s",
                  "--json"))
          .as(err::toString)
          .isZero();
      days[i] =
          JsonMapper.shared()
              .readTree(out.toString())
              .at("/duty_cycle/batteries/0/life/value")
              .doubleValue();
    }
    assertThat(days[1]).isCloseTo(days[0], within(0.02 * days[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "--period,0s,2",
    "--period,-1s,2",
    "--period,1,2",
    "--period,1000000000s,2",
    "--period,1ms,0",
    "--battery,lots,2",
    "--battery,-5mAh,2",
  })
  void nonsenseIsRefusedAndAPeriodThatIsTooShortHasNoAverage(
      String option, String value, int status) {
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", option, value, "--json"))
        .as(option + value)
        .isEqualTo(status);
    if (status == 0) {
      assertThat(out.toString()).contains("longer than the period");
    }
  }

  @Test
  void aBatteryWithoutAPeriodIsRefusedWithWhatIsMissing() {
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "--battery", "CR2032"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--battery", "--period 1s");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theTraceIntegratesToTheEnergyOfTheProfile() throws IOException {
    Path trace = folder.resolve("trace.csv");
    assertThat(run("profile", "kws", "-b", "nucleo-l4r5zi", "--json", "--trace", trace.toString()))
        .as(err::toString)
        .isZero();
    double energyUj =
        JsonMapper.shared().readTree(out.toString()).at("/total/energy/value").doubleValue();
    List<String> lines = Files.readAllLines(trace);
    assertThat(lines.getFirst()).isEqualTo("time_ms,power_mw,marker,layer");
    double integral = 0;
    String[] before = null;
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      if (before != null) {
        double step = Double.parseDouble(cells[0]) - Double.parseDouble(before[0]);
        integral += step * (Double.parseDouble(cells[1]) + Double.parseDouble(before[1])) / 2;
      }
      before = cells;
    }
    assertThat(integral).isCloseTo(energyUj, within(1e-4 * energyUj));
  }
}
