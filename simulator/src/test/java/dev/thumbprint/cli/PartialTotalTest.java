package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A network with a layer that cannot be priced: no total, or one that says it is partial. */
final class PartialTotalTest {
  /** CMSIS-NN of 2022 has no grouped convolution. */
  private static final String GROUPED =
      """
      {"name": "grouped", "layers": [
        {"op": "CONV_2D", "input": [1,16,16,8], "filter": [8,3,3,8], "padding": "SAME"},
        {"op": "CONV_2D", "input": [1,16,16,8], "filter": [8,3,3,4], "padding": "SAME"},
        {"op": "RELU", "input": [1,16,16,8], "output": [1,16,16,8]}]}
      """;

  @TempDir Path folder;
  private Path model;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    model = Files.writeString(folder.resolve("grouped.json"), GROUPED);
  }

  private int run(String command, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> args = new ArrayList<>(List.of(command, model.toString()));
    args.addAll(List.of("-b", "nucleo-l4r5zi", "--kernels", "cmsis-nn@2022"));
    args.addAll(List.of(options));
    return Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
  }

  private JsonNode json(String command, int status, String... options) throws IOException {
    assertThat(run(command, options)).as(err::toString).isEqualTo(status);
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("..", "docs", "schema", command + ".schema.json")));
    assertThat(schema.validate(report)).isEmpty();
    return report;
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile", "explain"})
  void shouldRefuseTheTotalWithItsReason(String command) throws IOException {
    assertThat(run(command)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("no total", "grouped convolution", "--ignore-unknown");
    assertThat(out.toString()).contains("no total: 1 of 3 layers not priced: 1 (CONV_2D)");
    JsonNode report = json(command, ExitStatus.BAD_INPUT, "--json");
    assertThat(report.at("/total/inference_time/availability").asString()).isEqualTo("unavailable");
    assertThat(report.at("/total").has("partial")).isFalse();
    assertThat(report.at("/total/not_priced/0/index").intValue()).isEqualTo(1);
    report.get("layers").forEach(layer -> assertThat(layer.has("share")).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile", "explain"})
  void shouldMarkAPartialTotal(String command) throws IOException {
    JsonNode report = json(command, ExitStatus.FINE, "--ignore-unknown", "--json");
    assertThat(report.at("/total/inference_time/value").doubleValue()).isPositive();
    assertThat(report.at("/total/partial").booleanValue()).isTrue();
    assertThat(report.at("/total/not_priced/0/op").asString()).isEqualTo("CONV_2D");
    assertThat(report.at("/total/not_priced/0/reason").asString()).contains("grouped");
    assertThat(report.at("/layers/0/share").doubleValue()).isPositive();
    assertThat(report.at("/layers/1").has("share")).isFalse();
    assertThat(run(command, "--ignore-unknown")).isEqualTo(ExitStatus.FINE);
    assertThat(out.toString()).contains("PARTIAL, of the layers priced: 1 of 3 layers not priced");
  }

  @Test
  void shouldSayWhyALimitCannotBeJudged() {
    assertThat(run("check", "--max-latency", "1s", "--json")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString())
        .contains("thumbprint: latency is not known: ", "grouped convolution");
  }

  @Test
  void shouldMarkAPartialTotalInEveryForm() {
    assertThat(run("profile", "--ignore-unknown", "-f", "md")).isZero();
    assertThat(out.toString()).contains("PARTIAL, of the layers priced");
    assertThat(run("profile", "--ignore-unknown", "-f", "html")).isZero();
    assertThat(out.toString()).contains("Latency of the layers priced", "Not priced<b>1</b>");
    assertThat(run("profile", "-f", "html")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(out.toString()).contains("Latency<b>not available</b>");
    assertThat(run("profile", "--ignore-unknown", "-f", "csv")).isZero();
    assertThat(out.toString().lines().skip(2).findFirst().orElseThrow()).contains(",,,,,,,,,");
  }

  @Test
  void shouldSayWhichGenerationBroughtWhatIsMissing() {
    assertThat(run("profile")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("cmsis-nn@2022", "it came with cmsis-nn@2026");
  }

  @Test
  void shouldNameTheKeyThatAnSvdfLacks() throws IOException {
    model =
        Files.writeString(
            folder.resolve("svdf.json"),
            "{\"layers\":[{\"op\":\"SVDF\",\"input\":[1,16],\"filter\":[8,16],\"output\":[1,8]}]}");
    assertThat(run("profile")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("SVDF", "over time (second of inputs");
  }

  @Test
  void shouldNotMarkAWholeTotal() throws IOException {
    model = Path.of("kws");
    JsonNode report = json("profile", ExitStatus.FINE, "--json");
    assertThat(report.at("/total").has("partial")).isFalse();
    assertThat(report.at("/total").has("not_priced")).isFalse();
  }
}
