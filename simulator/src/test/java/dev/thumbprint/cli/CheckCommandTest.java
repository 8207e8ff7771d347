package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check}: limits, units and statuses. */
final class CheckCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int check(String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] args = new String[options.length + 4];
    System.arraycopy(new String[] {"check", "kws", "-b", "nucleo-l4r5zi"}, 0, args, 0, 4);
    System.arraycopy(options, 0, args, 4, options.length);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @ParameterizedTest
  @CsvSource({
    "--max-latency,10s,0",
    "--max-latency,10000ms,0",
    "--max-latency,0.01S,1",
    "--max-latency,50us,1",
    "--max-energy,1J,0",
    "--max-energy,1000mj,0",
    "--max-energy,2uJ,1",
    "--max-ram,128KiB,0",
    "--max-ram,128K,0",
    "--max-ram,131072,0",
    "--max-ram,1kb,1",
    "--max-flash,1MiB,0",
    "--max-flash,64KiB,1",
    "--max-arena,32KiB,0",
    "--max-arena,0,1",
    "--max-latency,50,2",
    "--max-latency,-5ms,2",
    "--max-latency,NaNms,2",
    "--max-energy,2mW,2",
    "--max-ram,lots,2",
    "--max-ram,1e99KiB,2",
  })
  void limitsAreReadInManyUnits(String option, String value, int status) {
    assertThat(check(option, value)).as(option + " " + value + err).isEqualTo(status);
    assertThat(err.toString()).doesNotContain("Exception");
  }

  @Test
  void aFailedLimitSaysByHowMuchAndWhatWouldHelp() {
    assertThat(check("--max-latency", "1ms", "--max-ram", "1MiB", "--json")).isEqualTo(1);
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("outcome").stringValue()).isEqualTo("failed");
    JsonNode latency = report.at("/limits/0");
    assertThat(latency.get("excess").doubleValue())
        .isEqualTo(latency.at("/figure/value").doubleValue() - 1);
    assertThat(report.at("/limits/1/outcome").stringValue()).isEqualTo("passed");
    for (JsonNode help : report.get("help")) {
      assertThat(help.get("gain").doubleValue()).isPositive();
      assertThat(help.get("suffices").booleanValue())
          .isEqualTo(help.get("gain").doubleValue() >= latency.get("excess").doubleValue());
    }
    assertThat(check("--max-latency", "1ms")).isEqualTo(1);
    assertThat(out.toString()).contains("FAILED", "too much");
  }

  @Test
  void theUpperEndIsStricterThanTheValue() {
    assertThat(check("--max-latency", "1s", "--json")).isZero();
    JsonNode figure = JsonMapper.shared().readTree(out.toString()).at("/limits/0/figure");
    double between = (figure.get("value").doubleValue() + figure.get("high").doubleValue()) / 2;
    String limit = between + "ms";
    assertThat(check("--max-latency", limit)).isZero();
    assertThat(check("--max-latency", limit, "--upper")).isEqualTo(ExitStatus.LIMIT_FAILED);
  }

  @Test
  void withoutALimitOrWithoutAFigureNothingPasses() {
    assertThat(check()).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--max-latency");
    int status =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "check",
            "kws",
            "-b",
            "nrf5340dk",
            "--max-energy",
            "1J");
    assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(out.toString()).contains("UNKNOWN", "not known");
    assertThat(err.toString()).contains("thumbprint: energy is not known: the power of nrf5340dk");
  }

  @Test
  void aNetworkThatDoesNotFitTheBoardFails() {
    int status =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "check",
            "ic",
            "-b",
            "seeeduino-xiao",
            "--max-latency",
            "1000s");
    assertThat(status).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString())
        .contains("does not fit SRAM", "What to change so that it fits\n", "SRAM lacks ");
  }

  @Test
  void aFailedLimitOfFlashNamesLeanerBuilds() {
    int status =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(err),
            "check",
            "kws",
            "-b",
            "nucleo-l4r5zi",
            "--max-flash",
            "100000",
            "--json");
    assertThat(status).isEqualTo(ExitStatus.LIMIT_FAILED);
    JsonNode report = JsonMapper.builder().build().readTree(out.toString());
    assertThat(report.get("remedies")).isEmpty();
    assertThat(report.get("help")).hasSize(2);
    double excess = report.get("limits").get(0).get("excess").doubleValue();
    for (JsonNode help : report.get("help")) {
      assertThat(help.get("message").asString()).containsAnyOf("--opt Os", "tflm-reference");
      assertThat(help.get("gain").doubleValue()).isPositive();
      assertThat(help.get("suffices").booleanValue())
          .isEqualTo(help.get("gain").doubleValue() >= excess);
    }
  }
}
