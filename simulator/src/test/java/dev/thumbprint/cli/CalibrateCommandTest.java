package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code calibrate}, and {@code validate --log}: what recordings of a board of one's own tell. */
final class CalibrateCommandTest {
  private static final String HEADER =
      "id,board_id,clock_mhz,library,opt,type,network,latency_ms\n";
  private static final List<String> NETWORKS = List.of("kws", "ic", "ad", "vww");

  /** A board that no recording is from, so that the documents alone speak for it. */
  private static final String BOARD = "nucleo-f413zh";

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
    return JsonMapper.shared().readTree(out.toString());
  }

  private JsonNode profile(String model, String board) {
    return json("profile", model, "-b", board, "--json");
  }

  /** A table with a latency of kws for each board; told are library and level where given. */
  private Path table(String library, String opt) throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (String network : NETWORKS) {
      csv.append("%s,,100,%s,%s,int8,%s,".formatted(network, library, opt, network))
          .append(1.1 * latencyMs(profile(network, BOARD)))
          .append('\n');
    }
    return Files.writeString(folder.resolve("open.csv"), csv);
  }

  @Test
  void optionsFillWhatTheRowsLeaveOpen() throws IOException {
    String open = table("", "").toString();
    String own = folder.resolve("filled.yaml").toString();
    assertThat(run("calibrate", open, "-b", BOARD, "-o", own)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("kernel library not told");
    String[] options = {"-b", BOARD, "--kernels", "cmsis-nn@2026", "--opt", "O2", "--json"};
    List<String> calibrate = new ArrayList<>(List.of("calibrate", open, "-o", own));
    calibrate.addAll(List.of(options));
    assertThat(json(calibrate.toArray(String[]::new)).get("rows").intValue())
        .isEqualTo(NETWORKS.size());
    List<String> validate = new ArrayList<>(List.of("validate", open));
    validate.addAll(List.of(options));
    assertThat(json(validate.toArray(String[]::new)).toString()).contains("cmsis-nn@2026");
    assertThat(run("validate", open, "-b", BOARD, "--kernels", "cmsis-nn@2026", "-f", "csv"))
        .isZero();
    assertThat(out.toString()).doesNotContain("not told");
  }

  @Test
  void optionsDoNotReplaceWhatTheRowsTell() throws IOException {
    String told = table("cmsis-nn@2022", "Os").toString();
    assertThat(run("validate", told, "-b", BOARD, "-f", "csv")).isZero();
    String before = out.toString();
    assertThat(
            run(
                "validate",
                told,
                "-b",
                BOARD,
                "--kernels",
                "tflm-reference@2020",
                "--opt",
                "O3",
                "-f",
                "csv"))
        .isZero();
    assertThat(out.toString()).isEqualTo(before);
  }

  private static double latencyMs(JsonNode report) {
    return report.at("/total/inference_time/value").doubleValue();
  }

  /** Recordings of a device that is slower than the model says by a factor. */
  private String rows(String own, double factor) throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (String network : NETWORKS) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,100,cmsis-nn@2026,O2,int8,%s,%.9f%n",
              network,
              BOARD,
              network,
              factor * latencyMs(profile(network, own))));
    }
    return Files.writeString(folder.resolve("rows.csv"), csv).toString();
  }

  private String start() {
    String own = folder.resolve("start.yaml").toString();
    assertThat(run("boards", "new", "--from", BOARD, "-o", own)).isZero();
    return own;
  }

  @Test
  void aBoardThatIsSlowerByAQuarterIsPredictedAfterwards() throws IOException {
    String own = start();
    double factor = 1.25;
    String rows = rows(own, factor);
    String board = folder.resolve("board.yaml").toString();
    JsonNode fit = json("calibrate", rows, "-o", board, "--json");
    assertThat(fit.get("numbers").intValue()).isBetween(1, 2);
    assertThat(fit.get("rows").intValue()).isEqualTo(NETWORKS.size());
    assertThat(fit.get("held_out_error_before_pct").doubleValue()).isCloseTo(20, within(0.1));
    assertThat(fit.get("held_out_error_after_pct").doubleValue()).isLessThan(1);
    // Drawn towards 1, so a little below the truth.
    assertThat(fit.get("scale").doubleValue()).isBetween(1.2, factor);
    double now = latencyMs(profile("kws", board));
    assertThat(now / latencyMs(profile("kws", own))).isCloseTo(factor, within(0.02));
    assertThat(run("boards", "show", board)).isZero();
    assertThat(run("calibrate", rows, "-b", board, "-o", board)).as(err::toString).isZero();
    assertThat(out.toString()).contains("before", "after", "-b " + board);
  }

  @Test
  void whereTheDocumentsAreRightNothingIsFitted() throws IOException {
    String rows = rows(start(), 1);
    JsonNode fit = json("calibrate", rows, "-o", folder.resolve("board.yaml").toString(), "--json");
    assertThat(fit.get("numbers").intValue()).isZero();
    assertThat(fit.get("scale").doubleValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void tooFewRowsAreRefusedAndNothingIsWritten(int count) throws IOException {
    String rows = rows(start(), 1.25);
    List<String> lines = Files.readAllLines(Path.of(rows));
    Files.write(Path.of(rows), lines.subList(0, count + 1));
    Path board = folder.resolve("board.yaml");
    assertThat(run("calibrate", rows, "-b", BOARD, "-o", board.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("expected at least 3 rows of 2 networks");
    assertThat(board).doesNotExist();
  }

  private static double halfWidth(JsonNode report) {
    JsonNode time = report.at("/total/inference_time");
    return time.get("high").doubleValue() / time.get("value").doubleValue() - 1;
  }

  @Test
  void aCalibratedBoardIsSurerOfANetworkThatItHasNotSeen() throws IOException {
    String own = start();
    String board = folder.resolve("board.yaml").toString();
    JsonNode fit = json("calibrate", rows(own, 1.25), "-o", board, "--json");
    JsonNode before = profile("lenet", own);
    JsonNode after = profile("lenet", board);
    assertThat(halfWidth(after)).isLessThan(halfWidth(before) / 3);
    assertThat(after.get("provenance").toString())
        .contains("board: board.yaml, calibrated, rows: 4, by thumbprint calibrate [rows.csv]")
        .doesNotContain(folder.toString());
    assertThat(100 * halfWidth(after))
        .isCloseTo(fit.get("half_width_pct").doubleValue(), within(0.01));
    assertThat(1.25 * latencyMs(before))
        .isBetween(
            after.at("/total/inference_time/low").doubleValue(),
            after.at("/total/inference_time/high").doubleValue());
  }

  /** Kernels that behave as -Os does while they say -O2: other kinds of work, other factors. */
  @Test
  void kernelsOfOnesOwnAreFittedByKindOfWork() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (String network : List.of("kws", "ad", "vww", "resnet20")) {
      double truth = latencyMs(json("profile", network, "-b", BOARD, "--opt", "Os", "--json"));
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,100,cmsis-nn@2026,O2,int8,%s,%.9f%n",
              network,
              BOARD,
              network,
              truth));
    }
    String rows = Files.writeString(folder.resolve("rows.csv"), csv).toString();
    String kernels = folder.resolve("kernels.yaml").toString();
    JsonNode fit = json("calibrate", rows, "--library", "-o", kernels, "--json");
    assertThat(fit.get("freedom").stringValue()).isIn("kinds", "terms");
    assertThat(fit.get("held_out_error_after_pct").doubleValue())
        .isLessThan(fit.get("held_out_error_before_pct").doubleValue() / 2);
    double truth = latencyMs(json("profile", "ic", "-b", BOARD, "--opt", "Os", "--json"));
    JsonNode plain = profile("ic", BOARD);
    JsonNode fitted = json("profile", "ic", "-b", BOARD, "--kernels", kernels, "--json");
    assertThat(Math.abs(latencyMs(fitted) / truth - 1))
        .isLessThan(Math.abs(latencyMs(plain) / truth - 1) / 2);
    assertThat(halfWidth(fitted)).isLessThan(halfWidth(plain));
    assertThat(fitted.at("/target/opt").stringValue()).isEqualTo("O2");
    assertThat(run("calibrate", rows, "--library", "-o", kernels)).as(err::toString).isZero();
    assertThat(out.toString()).contains("before", "after", "--kernels " + kernels);
  }

  @Test
  void rowsOfSeveralBuildsAreRefusedForALibrary() throws IOException {
    String rows = rows(start(), 1.25);
    Files.writeString(
        Path.of(rows),
        Files.readString(Path.of(rows)) + "os," + BOARD + ",100,cmsis-nn@2026,Os,int8,kws,50\n");
    Path kernels = folder.resolve("kernels.yaml");
    assertThat(run("calibrate", rows, "--library", "-o", kernels.toString()))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("several builds", "-O2", "-Os");
    assertThat(kernels).doesNotExist();
  }

  @Test
  void severalBoardsInOneFileNeedAChoice() throws IOException {
    String rows = rows(start(), 1.25);
    Files.writeString(
        Path.of(rows),
        Files.readString(Path.of(rows)) + "other,nucleo-f446re,180,cmsis-nn@2026,O2,int8,kws,50\n");
    String board = folder.resolve("board.yaml").toString();
    assertThat(run("calibrate", rows, "-o", board)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("nucleo-f446re", "-b chooses one");
    JsonNode fit = json("calibrate", rows, "-b", BOARD, "-o", board, "--json");
    assertThat(fit.at("/refused/another board").intValue()).isEqualTo(1);
  }

  private String log(String board, double factor, boolean table, String noise) throws IOException {
    StringBuilder text = new StringBuilder(noise);
    text.append(table ? "\"Event\",\"Tag\",\"Ticks\"\n" : "");
    int event = 0;
    for (JsonNode layer : profile("kws", board).get("layers")) {
      long ticks = Math.round(factor * layer.at("/cycles/value").doubleValue());
      String op = layer.get("op").stringValue();
      text.append(
          table
              ? "%d,%s,%d%n".formatted(event++, op, ticks)
              : "%s took %d ticks (%d ms).%n".formatted(op, ticks, ticks / 100_000));
    }
    return Files.writeString(folder.resolve("log.txt"), text).toString();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLogOfTheProfilerIsComparedAndFitted(boolean table) throws IOException {
    String log = log(BOARD, 1.5, table, "boot\n\u0000\u00ff garbage took off\n");
    JsonNode report = json("validate", "--log", log, "--model", "kws", "-b", BOARD, "--json");
    assertThat(report.get("rows").size()).isEqualTo(14);
    for (JsonNode row : report.get("rows")) {
      assertThat(row.get("error_pct").doubleValue()).isCloseTo(100 / 1.5 - 100, within(0.2));
    }
    String board = folder.resolve("board.yaml").toString();
    JsonNode fit =
        json("calibrate", "--log", log, "--model", "kws", "-b", BOARD, "-o", board, "--json");
    assertThat(fit.get("numbers").intValue()).isPositive();
    assertThat(fit.get("held_out_error_after_pct").doubleValue())
        .isLessThan(fit.get("held_out_error_before_pct").doubleValue());
  }

  /** A serial line without an end of line took a minute for every 30 MB. */
  @ParameterizedTest
  @ValueSource(strings = {"x", " took", "1,a"})
  void aLogWithAnEndlessLineIsReadInSeconds(String noise) throws IOException {
    String plain = log(BOARD, 1, true, "");
    assertThat(run("validate", "--log", plain, "--model", "kws", "-b", BOARD)).isZero();
    String expected = out.toString();
    String line = noise.repeat(24_000_000 / noise.length()) + "\n";
    String noisy = log(BOARD, 1, true, line);
    assertThat(
            assertTimeout(
                Duration.ofSeconds(20),
                () -> run("validate", "--log", noisy, "--model", "kws", "-b", BOARD)))
        .isZero();
    assertThat(out.toString()).isEqualTo(expected);
  }

  @Test
  void ofThousandsOfBadRowsTheFirstAreTold() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 5000; i++) {
      csv.append("%d,%s,100,cmsis-nn@2026,O2,int8,kws,x%d\n".formatted(i, BOARD, i));
    }
    String rows = Files.writeString(folder.resolve("bad.csv"), csv).toString();
    String board = folder.resolve("board.yaml").toString();
    assertThat(run("calibrate", rows, "-b", BOARD, "-o", board)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString())
        .contains("line 2, column latency_ms", "line 21,", "4980  for 4,980 other reasons")
        .doesNotContain("line 22,");
  }

  @Test
  void aLogOfAnotherModelOrWithoutAClockIsRefused() throws IOException {
    String log = log(BOARD, 1, false, "");
    assertThat(run("validate", "--log", log, "--model", "ad", "-b", BOARD))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("log.txt", "is it the log of this model?");
    Files.writeString(
        Path.of(log), Files.readString(Path.of(log)).replaceAll("took [0-9]+", "took 0"));
    assertThat(run("validate", "--log", log, "--model", "kws", "-b", BOARD))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("0 ticks", "GetCurrentTimeTicks");
    Files.writeString(Path.of(log), "nothing of interest");
    assertThat(run("validate", "--log", log, "--model", "kws", "-b", BOARD))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run("validate", "--log", log)).isEqualTo(ExitStatus.USAGE);
    assertThat(run("validate", "--log", "none.txt", "--model", "kws", "-b", BOARD))
        .isEqualTo(ExitStatus.BAD_INPUT);
  }
}
