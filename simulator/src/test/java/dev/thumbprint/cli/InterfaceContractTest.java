package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What other programs rely on: names, statuses, streams, and the form of a profile as JSON. */
final class InterfaceContractTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String BOARD = "nucleo-l4r5zi";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private JsonNode json(String... args) {
    assertThat(run(args)).as(() -> String.join(" ", args) + ": " + err).isZero();
    return MAPPER.readTree(out.toString());
  }

  private static CommandLine program() {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    Commands.addTo(line, main.shared);
    return line;
  }

  private static void leaves(CommandLine line, List<CommandLine> found) {
    if (line.getSubcommands().isEmpty()) {
      found.add(line);
    }
    line.getSubcommands().values().forEach(child -> leaves(child, found));
  }

  @Test
  void everyCommandTakesTheSharedOptions() {
    List<CommandLine> leaves = new ArrayList<>();
    leaves(program(), leaves);
    assertThat(leaves.size()).isGreaterThan(12);
    for (CommandLine leaf : leaves) {
      Set<String> names = new TreeSet<>(leaf.getCommandSpec().optionsMap().keySet());
      assertThat(names)
          .as(leaf.getCommandSpec().qualifiedName())
          .contains("-q", "-v", "--no-color", "-j", "--seed", "--stacktrace", "-h", "--help");
      if (names.contains("--board")) {
        assertThat(names)
            .as(leaf.getCommandSpec().qualifiedName())
            .contains("-b", "--clock", "--wait-states", "--caches", "--prefetch", "--kernels")
            .contains("--opt", "--asserts", "--fpu", "--weights", "--arena", "--supply")
            .contains("--regulator");
      }
      if (names.contains("--json")) {
        assertThat(names)
            .as(leaf.getCommandSpec().qualifiedName())
            .contains("-f", "--format", "-o", "--output");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"boards", "kernels", "ops", "zoo"})
  void aListNeedsNoWordAndComesInEveryForm(String command) {
    assertThat(run(command)).isZero();
    String table = out.toString();
    assertThat(table.lines().count()).isGreaterThan(5);
    assertThat(run(command, "list")).isZero();
    assertThat(out.toString()).isEqualTo(table);
    assertThat(json(command, "--json").has("schema_version")).isTrue();
    assertThat(json(command, "list", "-f", "json").has("schema_version")).isTrue();
    assertThat(run(command, "-f", "csv")).isZero();
    assertThat(out.toString().lines().findFirst().orElseThrow()).contains(",");
    assertThat(run(command, "-f", "md")).isZero();
    assertThat(out.toString()).startsWith("| ");
    assertThat(run(command, "-f", "html")).isZero();
    assertThat(out.toString()).startsWith("<!doctype html>");
  }

  @Test
  void profileAsJsonHasTheFieldsAndTypesThatWerePromised() {
    JsonNode report = json("profile", "kws", "-b", BOARD, "--json");
    assertThat(report.get("schema_version").stringValue()).isEqualTo("1.0");
    assertThat(report.at("/tool/name").stringValue()).isEqualTo("thumbprint");
    assertThat(report.at("/tool/version").isString()).isTrue();
    assertThat(report.at("/tool/commit").isString()).isTrue();
    assertThat(report.at("/model/name").stringValue()).isEqualTo("kws");
    assertThat(report.at("/model/sha256").stringValue()).matches("[0-9a-f]{64}");
    for (String count : List.of("bytes", "macs", "parameters")) {
      assertThat(report.at("/model/" + count).isIntegralNumber()).as(count).isTrue();
    }
    JsonNode target = report.get("target");
    assertThat(target.get("board").stringValue()).isEqualTo(BOARD);
    assertThat(target.get("core").stringValue()).isEqualTo("cortex-m4");
    assertThat(target.get("clock_hz").longValue()).isEqualTo(120_000_000);
    assertThat(target.get("kernels").stringValue()).isEqualTo("cmsis-nn@2026");
    assertThat(target.get("opt").stringValue()).isEqualTo("O2");
    assertThat(target.get("asserts").booleanValue()).isFalse();
    assertThat(target.get("fpu").booleanValue()).isTrue();
    assertThat(target.get("weights").stringValue()).isEqualTo("flash");
    assertThat(target.get("supply_v").isNumber()).isTrue();
    JsonNode total = report.get("total");
    estimate(total.get("cycles"), null, true);
    assertThat(total.at("/cycles/value").isIntegralNumber()).isTrue();
    estimate(total.get("inference_time"), "ms", true);
    estimate(total.get("energy"), "uJ", true);
    for (String memory : List.of("arena", "ram", "flash")) {
      estimate(total.get(memory), "bytes", false);
    }
    assertThat(report.get("layers").size()).isEqualTo(13);
    for (JsonNode layer : report.get("layers")) {
      assertThat(layer.get("index").isIntegralNumber()).isTrue();
      for (String text : List.of("op", "name", "path")) {
        assertThat(layer.get(text).isString()).as(text).isTrue();
      }
      for (String shape : List.of("input_shape", "filter_shape", "output_shape", "notes")) {
        assertThat(layer.get(shape).isArray()).as(shape).isTrue();
      }
      assertThat(layer.get("macs").isIntegralNumber()).isTrue();
      assertThat(layer.get("share").isNumber()).isTrue();
      estimate(layer.get("cycles"), null, true);
      estimate(layer.get("inference_time"), "ms", true);
      estimate(layer.get("energy"), "uJ", true);
    }
    for (JsonNode advice : report.get("advice")) {
      assertThat(advice.get("layer").isIntegralNumber()).isTrue();
      assertThat(advice.get("id").stringValue()).matches("[a-z0-9-]+");
      assertThat(advice.get("gain_ms").isNumber()).isTrue();
      assertThat(advice.get("message").isString()).isTrue();
    }
  }

  private static void estimate(JsonNode metric, String unit, boolean interval) {
    assertThat(metric.get("value").isNumber()).isTrue();
    assertThat(metric.get("value").doubleValue()).isPositive();
    assertThat(metric.get("source").stringValue()).matches("calibrated|modelled|emulated");
    if (unit != null) {
      assertThat(metric.get("unit").stringValue()).isEqualTo(unit);
    }
    if (interval) {
      double value = metric.get("value").doubleValue();
      assertThat(metric.get("low").doubleValue()).isPositive().isLessThanOrEqualTo(value);
      assertThat(metric.get("high").doubleValue()).isGreaterThanOrEqualTo(value);
    }
  }

  @Test
  void aMetricThatCannotBeHadIsNeverZero() {
    JsonNode energy = json("profile", "kws", "-b", "nucleo-h743zi", "--json").at("/total/energy");
    JsonNode none = json("profile", "kws", "-b", "nrf5340dk", "--json").at("/total/energy");
    assertThat(energy.has("value")).isTrue();
    assertThat(none.get("availability").stringValue()).isEqualTo("unavailable");
    assertThat(none.get("reason").stringValue()).contains("power");
    assertThat(none.has("value")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--clock 80MHz | /clock_hz | 80000000",
        "--clock 0.08GHz | /clock_hz | 80000000",
        "--wait-states 3 | /wait_states | 3",
        "--caches off | /caches | false",
        "--prefetch on | /prefetch | true",
        "--kernels cmsis-nn@2024 | /kernels | cmsis-nn@2024",
        "--kernels cmsis-nn | /kernels | cmsis-nn@2026",
        "--kernels tflm-reference | /kernels | tflm-reference@2026",
        "--opt Os | /opt | Os",
        "--asserts on | /asserts | true",
        "--fpu off | /fpu | false",
        "--weights ram | /weights | ram",
        "--arena SRAM3 | /arena | SRAM3",
        "--supply 3.3V | /supply_v | 3.3",
        "--regulator ldo | /regulator | ldo",
      })
  void everySettingReachesTheTarget(String option, String pointer, String expected) {
    List<String> args = new ArrayList<>(List.of("profile", "kws", "-b", BOARD, "--json"));
    args.addAll(List.of(option.strip().split(" ")));
    JsonNode target = json(args.toArray(String[]::new)).get("target");
    assertThat(target.at(pointer).asString()).isEqualTo(expected);
  }

  @Test
  void kernelsOfOnesOwnAreReadFromAFile() throws IOException {
    Path file = folder.resolve("own.yaml");
    Files.writeString(
        file,
        """
        version: 1
        command: "by hand"
        sets:
          - library: "tflm-reference@2026"
            board: nucleo-l4r5zi
            clock_hz: 120000000
            wait_states: 5
            opt: O2
            asserts: off
            fpu: on
            source: calibrated
            rows: 1
            code_misses: {}
            spread: 0.1
            cycles:
              ref_dense_mac: 1000
        """);
    String list =
        "{\"name\":\"x\",\"layers\":[{\"op\":\"FULLY_CONNECTED\",\"input\":[1,64],"
            + "\"filter\":[32,64],\"output\":[1,32]}]}";
    Path model = Files.writeString(folder.resolve("x.json"), list);
    JsonNode report =
        json("profile", model.toString(), "-b", BOARD, "--kernels", file.toString(), "--json");
    assertThat(report.at("/target/kernels").stringValue()).isEqualTo("tflm-reference@2026");
    assertThat(report.get("provenance").toString())
        .contains(
            "kernels: own.yaml, tflm-reference@2026 -O2 on nucleo-l4r5zi, calibrated, rows: 1")
        .doesNotContain(file.toString());
    double cycles = report.at("/total/cycles/value").doubleValue();
    assertThat(cycles).isBetween(64 * 32 * 1000.0, 64 * 32 * 1000.0 * 1.1);
    Files.writeString(file, Files.readString(file).replace("opt: O2", "opt: O7"));
    assertThat(run("profile", "ad", "-b", BOARD, "--kernels", file.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("own.yaml:8", "opt", "O7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | profile kws -b nucleo-l4r5zi --json -f csv | exclude each other",
        "2 | boards --json -f md | exclude each other",
        "2 | profile kws -b nucleo-l4r5zi -q -v | exclude each other",
        "2 | profile kws -b nucleo-l4r5zi -j 0 | --threads",
        "2 | profile kws -b nucleo-l4r5zi -f pdf | pdf",
        "2 | analyze kws -f csv | table, json",
        "2 | profile kws | --board",
        "2 | profile -b nucleo-l4r5zi | MODEL",
        "2 | profile kws -b nucleo-l4r5zi --clock -80MHz | a frequency such as 80 MHz",
        "2 | profile kws -b nucleo-l4r5zi --clock NaN | a frequency such as 80 MHz",
        "2 | profile kws -b nucleo-l4r5zi --wait-states many | many",
        "2 | profile kws -b nucleo-l4r5zi --opt O9 | Os, O2, O3, Ofast",
        "2 | profil kws | profile",
        "2 | validate --log x --model ad -b nucleo-l4r5zi --tick-rate 0 | from 1 Hz to 10 GHz",
        "2 | calibrate --log x --model ad -b nucleo-l4r5zi -o y --tick-rate 0.2Hz | from 1 Hz",
        "3 | profile kws -b nucleo-l4r5z | did you mean 'nucleo-l4r5zi'?",
        "3 | profile kwss -b nucleo-l4r5zi | did you mean 'kws'?",
        "3 | profile kws -b nucleo-l4r5zi --kernels cmsis-n | did you mean 'cmsis-nn'?",
        "3 | profile kws -b nucleo-l4r5zi --clock 900GHz | at most 120 MHz",
        "3 | profile kws -b nucleo-l4r5zi --wait-states -1 | 0 to 15",
        "3 | profile kws -b nucleo-l4r5zi --arena SRAM9 | SRAM1",
        "3 | profile kws -b nucleo-l4r5zi --supply 9V | 9",
        "3 | profile kws -b nucleo-l4r5zi -o /no/such/folder/x | /no/such/folder",
        "3 | profile nothing.tflite -b nucleo-l4r5zi | nothing.tflite",
        "3 | boards show qwertz | boards list",
      })
  void wrongUsageIsTwoAndBadInputIsThree(int status, String command, String told) {
    assertThat(run(command.split(" "))).isEqualTo(status);
    assertThat(err.toString()).contains(told).doesNotContain("Exception", "\tat ", "    at ");
    assertThat(out.toString()).isEmpty();
  }

  /** No system takes a NUL in a name; neither do we, and it is no bug of ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile x\0y.tflite -b nucleo-l4r5zi",
        "profile x\0y.json -b nucleo-l4r5zi",
        "profile x\0y -b nucleo-l4r5zi",
        "profile kws -b x\0y.yaml",
        "profile kws -b nucleo-l4r5zi --kernels x\0y.yaml",
        "profile kws -b nucleo-l4r5zi -o x\0y.json",
        "run kws --input x\0y.npy",
        "analyze kws --apply combined=x\0y",
        "phase analyse x\0y",
        "explore x\0y.yaml",
        "explore x\0y --sweep board=nucleo-l4r5zi",
        "explore kws --sweep board=x\0y.yaml",
        "explore kws --sweep board=nucleo-l4r5zi --prices x\0y.csv",
        "emulate x\0y -b nucleo-l4r5zi",
        "kernels sweeps x\0y",
        "boards show x\0y.yaml",
        "compare x\0y.json x\0y.json",
      })
  void aNameThatNoFileCanHaveIsBadInput(String command) {
    assertThat(run(command.split(" "))).isIn(ExitStatus.USAGE, ExitStatus.BAD_INPUT);
    assertThat(err.toString())
        .contains("x?y", "no file can have this name")
        .doesNotContain("Exception", "\0");
  }

  @Test
  void aStackTraceComesOnRequestOnly() {
    assertThat(run("profile", "nothing.tflite", "-b", BOARD, "--stacktrace"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("    at dev.thumbprint");
  }

  @Test
  void aBoardStartedFromAnotherIsReadBack() throws IOException {
    Path file = folder.resolve("mine.yaml");
    assertThat(run("boards", "new", "--from", BOARD, "-o", file.toString())).isZero();
    JsonNode builtIn = json("profile", "ad", "-b", BOARD, "--json");
    JsonNode same = json("profile", "ad", "-b", file.toString(), "--json");
    assertThat(same.get("total")).isEqualTo(builtIn.get("total"));
    assertThat(same.get("provenance").toString())
        .contains("board: mine.yaml, the same as the built-in " + BOARD);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("default: 120 MHz", "default: 80 MHz"));
    JsonNode own = json("profile", "ad", "-b", file.toString(), "--json");
    assertThat(own.at("/target/board").stringValue()).isEqualTo("my-" + BOARD);
    assertThat(own.get("provenance").toString())
        .contains("board: mine.yaml, not calibrated")
        .doesNotContain(folder.toString());
    assertThat(run("boards", "new", "--from", BOARD, "-o", file.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("exists");
  }

  @Test
  void aModelOfTheZooIsWrittenAndProfiled() {
    Path file = folder.resolve("conv.tflite");
    assertThat(run("zoo", "write", "--conv", "32x32x100,60,3x3", "-o", file.toString())).isZero();
    JsonNode layer = json("profile", file.toString(), "-b", BOARD, "--json").at("/layers/0");
    assertThat(layer.at("/filter_shape").toString()).isEqualTo("[60,3,3,100]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"layers\": [",
        "{\"layers\": [{\"op\": CONV_2D}]}",
        "{\"a\":1,\"a\":2}",
        "{\"layers\": []} []",
        "[[[[[[[[[[[[[[[[[[[[[[[[",
        "nonsense",
        "{\"layers\": [{\"op\": \"ADD\", \"input\": [1e999]}]}",
        "{\"layers\": [{\"op\": \"ADD\", \"input\": [NaN]}]}",
        "",
      })
  void damagedJsonIsToldWithoutTheParsersWords(String text) throws IOException {
    Path model = Files.writeString(folder.resolve("list.json"), text);
    assertThat(run("profile", model.toString(), "-b", BOARD)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString())
        .contains("list.json")
        .doesNotContain("Jackson", "JsonNode", "Token", "START_", "DeserializationFeature")
        .doesNotContain("StreamRead", "`", "code 1");
  }

  @Test
  void aLayerListNeedsNoWeights() throws IOException {
    Path model =
        Files.writeString(
            folder.resolve("list.json"),
            "{\"name\": \"one\", \"layers\": [{\"op\": \"CONV_2D\", \"input\":"
                + " [1,32,32,16], \"filter\": [16,3,3,16], \"output\": [1,32,32,16],"
                + " \"stride\": [1,1], \"padding\": \"SAME\", \"type\": \"int8\"}]}");
    JsonNode report = json("profile", model.toString(), "-b", BOARD, "--json");
    assertThat(report.at("/layers/0/macs").longValue()).isEqualTo(32 * 32 * 16 * 9 * 16);
  }
}
