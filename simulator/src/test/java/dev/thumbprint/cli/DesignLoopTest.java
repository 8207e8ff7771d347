package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code phase}, {@code batch}, {@code radio}, {@code advise}, {@code train}. */
final class DesignLoopTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private static void follows(String schema, JsonNode document) throws IOException {
    Path file = Path.of("..", "docs", "schema", schema + ".schema.json");
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(file))
                .validate(document))
        .isEmpty();
  }

  @Test
  void onePhaseAfterTheOtherFillsOneRecord() throws IOException {
    digits(200);
    String record = folder.resolve("record.json").toString();
    String inputs = folder.resolve("digits-images.npy").toString();
    String labels = folder.resolve("digits-labels.npy").toString();
    String model = folder.resolve("int8.tflite").toString();
    assertThat(
            run(
                "phase",
                "optimise",
                "lenet-digits-float",
                "--to",
                "int8",
                "--inputs",
                inputs,
                "--labels",
                labels,
                "--apply",
                model,
                "--record",
                record))
        .as(err::toString)
        .isZero();
    assertThat(
            run(
                "phase",
                "evaluate",
                model,
                "--inputs",
                inputs,
                "--labels",
                labels,
                "--record",
                record))
        .as(err::toString)
        .isZero();
    assertThat(run("phase", "deploy", model, "-b", "nucleo-l496zg", "--record", record)).isZero();
    assertThat(run("phase", "benchmark", model, "-b", "nucleo-l496zg", "--record", record))
        .isZero();
    assertThat(
            run(
                "phase",
                "verify",
                model,
                "-b",
                "nucleo-l496zg",
                "--inputs",
                inputs,
                "--labels",
                labels,
                "--record",
                record))
        .isZero();
    assertThat(run("phase", "deploy", model, "-b", "nucleo-l496zg", "-f", "md")).isZero();
    assertThat(out.toString())
        .contains("| part | value |", "| --- | --- |", "| core | cortex-m4 |");
    assertThat(run("phase", "deploy", model, "-b", "nucleo-l496zg", "-f", "html")).isZero();
    assertThat(out.toString()).startsWith("<!doctype html>").contains("<td>cortex-m4</td>");
    JsonNode filled = MAPPER.readTree(Files.readString(Path.of(record)));
    follows("design-record", filled);
    assertThat(filled.get("host_accuracy_pct").asDouble()).isGreaterThan(80);
    assertThat(filled.get("samples").asInt()).isEqualTo(200);
    assertThat(filled.get("layers").size()).isEqualTo(11);
    assertThat(filled.has("target_accuracy_pct")).isTrue();
    assertThat(filled.has("arena_bytes")).isTrue();
  }

  @Test
  void aBatchIsAFullFactorialWithFailuresAsRowsAndGoesOnWhereItStopped() throws IOException {
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            version: 1
            boards: [nucleo-l496zg, nucleo-f767zi]
            kernels: [cmsis-nn@2020-03, tflm-reference@2020]
            opt: [Ofast]
            fpu: ["on", "off"]
            types: [float32, mixed, int8]
            models: [lenet, lenet-digits, nothing]
            """);
    Path store = folder.resolve("rows");
    assertThat(run("batch", plan.toString(), "--store", store.toString(), "--json"))
        .as(err::toString)
        .isZero();
    JsonNode rows = MAPPER.readTree(out.toString());
    assertThat(rows.size()).isEqualTo(2 * 2 * 2 * 3 * 3);
    for (JsonNode row : rows) {
      follows("design-record", row);
      String status = row.get("status").asString();
      String model = row.get("model").asString();
      boolean mixed = row.get("form").asString().equals("mixed");
      assertThat(status)
          .as(row.toString())
          .isEqualTo(model.equals("nothing") ? "unreadable" : mixed ? "unsupported" : "ok");
    }
    String complete = Files.readString(store.resolve("records.csv"));
    assertThat(complete.lines()).hasSize(73);
    // Broken off in the middle of a line: the rest is computed again, what stands is kept.
    Path log = store.resolve("records.jsonl");
    List<String> lines = Files.readAllLines(log);
    String half = lines.get(40).substring(0, 100);
    Files.writeString(log, String.join("\n", lines.subList(0, 40)) + "\n" + half);
    assertThat(run("batch", plan.toString(), "--store", store.toString(), "-f", "csv")).isZero();
    assertThat(withoutTime(out.toString())).isEqualTo(withoutTime(complete));
    assertThat(withoutTime(Files.readString(store.resolve("records.csv"))))
        .isEqualTo(withoutTime(complete));
    assertThat(Files.readAllLines(log)).hasSize(73);
    assertThat(run("batch", plan.toString(), "--store", store.toString(), "-f", "html")).isZero();
    assertThat(out.toString()).startsWith("<!doctype html>").contains("<td>unsupported</td>");
    assertThat(MAPPER.readTree(Files.readString(store.resolve("batch.json"))).get("rows").asInt())
        .isEqualTo(72);
  }

  private static List<String> withoutTime(String csv) {
    return csv.lines().map(line -> line.replaceFirst("^[^,]*,", "")).toList();
  }

  @Test
  void aDamagedPlanNamesFileLineAndKey() throws IOException {
    Path plan = Files.writeString(folder.resolve("p.yaml"), "version: 1\nboard: [x]\n");
    assertThat(run("batch", plan.toString())).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("p.yaml:2").contains("boards");
    Files.writeString(
        plan,
        """
        version: 1
        boards: [a]
        kernels: [b]
        opt: [O9]
        fpu: ["on"]
        types: [int8]
        models: [lenet]
        """);
    assertThat(run("batch", plan.toString())).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("O9");
    assertThat(run("batch", folder.resolve("none.yaml").toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
  }

  @Test
  void rowsOfAnotherReleaseAreRefused() throws IOException {
    Path plan =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            version: 1
            boards: [nucleo-l496zg]
            kernels: [cmsis-nn]
            opt: [O2]
            fpu: ["on"]
            types: [int8]
            models: [lenet]
            """);
    Path store = Files.createDirectory(folder.resolve("rows"));
    Files.writeString(store.resolve("records.jsonl"), "{\"batch\":\"0.9\"}\n");
    assertThat(run("batch", plan.toString(), "--store", store.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("another release");
  }

  @Test
  void radioFollowsItsSchemaAndTheCrossoverIsWhereBothCostTheSame() throws IOException {
    Path plot = folder.resolve("radio.svg");
    assertThat(run("radio", "lenet", "-b", "nucleo-l496zg", "--json", "--plot", plot.toString()))
        .as(err::toString)
        .isZero();
    JsonNode report = MAPPER.readTree(out.toString());
    follows("radio", report);
    assertThat(report.get("input_bytes").asInt()).isEqualTo(1024);
    double compute = report.get("compute_energy").get("value").asDouble();
    for (JsonNode radio : report.get("radios")) {
      double dearest = radio.get("send_energy").get("high").asDouble() / 1024;
      double bytes = radio.get("crossover").get("low").asDouble() - 10;
      assertThat(bytes * dearest)
          .isCloseTo(compute, org.assertj.core.data.Percentage.withPercentage(0.01));
    }
    assertThat(plot).content().startsWith("<svg");
    assertThat(run("radio", "lenet", "-b", "nucleo-l496zg", "-f", "md")).isZero();
    assertThat(out.toString()).contains("| --- | --: | --: | --: |");
    assertThat(run("radio", "lenet", "-b", "nucleo-l496zg", "-f", "html")).isZero();
    assertThat(out.toString()).startsWith("<!doctype html>").contains("<svg", "crossover");
    assertThat(run("radio", "lenet", "-b", "nucleo-l496zg", "--payload", "-1"))
        .isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void adviceFollowsItsSchemaAndTheAdvisedMemberIsWritten() throws IOException {
    Path better = folder.resolve("better.tflite");
    assertThat(
            run(
                "advise",
                "dense-U447",
                "-b",
                "nucleo-l496zg",
                "--kernels",
                "cmsis-nn@2020-03",
                "--apply",
                better.toString(),
                "--json"))
        .as(err::toString)
        .isZero();
    JsonNode report = MAPPER.readTree(out.toString());
    follows("advise", report);
    assertThat(report.get("use_instead").get("model").asString()).isEqualTo("dense-U448");
    assertThat(better).exists();
    String[] page = {"--kernels", "cmsis-nn@2020-03", "-f", "html"};
    assertThat(
            run("advise", "dense-U447", "-b", "nucleo-l496zg", page[0], page[1], page[2], page[3]))
        .isZero();
    assertThat(out.toString())
        .startsWith("<!doctype html>")
        .contains("Use dense-U448", "<th>change</th>");
    assertThat(run("advise", "lenet", "-b", "nucleo-l496zg", "--apply", better.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
  }

  @Test
  void trainingTakesSetsOfOnesOwn() throws IOException {
    digits(64);
    String model = folder.resolve("own.tflite").toString();
    assertThat(
            run(
                "train",
                "lenet",
                "-o",
                model,
                "--passes",
                "1",
                "--inputs",
                folder.resolve("digits-images.npy").toString(),
                "--labels",
                folder.resolve("digits-labels.npy").toString()))
        .as(err::toString)
        .isZero();
    assertThat(Path.of(model)).exists();
    assertThat(run("train", "lenet", "-o", model, "--inputs", "x.npy")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("train", "lenet", "-o", model, "--passes", "0")).isEqualTo(ExitStatus.USAGE);
  }

  private void digits(int samples) {
    assertThat(
            run("train", "digits", "-o", folder.toString(), "--samples", String.valueOf(samples)))
        .as(err::toString)
        .isZero();
  }
}
