package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.firmware.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EmulateCommandTest {
  @TempDir Path directory;
  private Path elf;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void putFirmware() throws IOException {
    elf = directory.resolve("layers.elf");
    Files.write(elf, Programs.bytes("layers-m4-O2.elf"));
  }

  private int emulate(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "emulate";
    args[1] = elf.toString();
    args[2] = "-b";
    args[3] = "nucleo-l4r5zi";
    System.arraycopy(more, 0, args, 4, more.length);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void shouldReportFunctionsOpcodesAndStalls() {
    assertThat(emulate()).as(err.toString()).isEqualTo(ExitStatus.FINE);
    assertThat(out.toString())
        .contains("convolve", "exited with status 0", "flash", "layers done", "multiply-add-dsp");
  }

  @Test
  void shouldWriteJsonAndNothingElse() {
    assertThat(emulate("--json")).isEqualTo(ExitStatus.FINE);
    JsonNode root = new JsonMapper().readTree(out.toString());
    assertThat(root.path("schema_version").asString()).isEqualTo("1.0");
    long instructions = root.path("run").path("instructions").asLong();
    long sum = 0;
    for (JsonNode count : root.path("opcodes")) {
      sum += count.asLong();
    }
    assertThat(sum).isEqualTo(instructions).isPositive();
    long self = 0;
    for (JsonNode function : root.path("functions")) {
      self += function.path("self_cycles").asLong();
    }
    long cycles = root.path("total").path("cycles").path("value").asLong();
    assertThat(self).isEqualTo(cycles);
  }

  @Test
  void shouldWriteMarkdownTables() {
    assertThat(emulate("-f", "md")).as(err.toString()).isEqualTo(ExitStatus.FINE);
    assertThat(out.toString())
        .startsWith("## layers.elf on ")
        .contains("\n### functions\n\n| function | self cycles |", "| --- | --: |", "| convolve")
        .contains("\n| multiply-add-dsp | ", "```\n", "layers done")
        .doesNotContain("  self cycles ");
    assertThat(out.toString().lines().filter(line -> line.startsWith("```")).count()).isEven();
  }

  private long cycles(String... args) {
    out.getBuffer().setLength(0);
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), args))
        .as(err.toString())
        .isEqualTo(ExitStatus.FINE);
    JsonNode root = new JsonMapper().readTree(out.toString());
    return root.path("total").path("cycles").path("value").asLong();
  }

  @Test
  void shouldTimeStoredCountsAgain() throws IOException {
    String file = directory.resolve("layers.counts").toString();
    String l4 = "nucleo-l4r5zi";
    long ran = cycles("emulate", elf.toString(), "-b", l4, "--json", "--counts", file);
    assertThat(cycles("emulate", file, "-b", l4, "--json")).isEqualTo(ran);
    String[] slower = {"-b", l4, "--json", "--wait-states", "9", "--caches", "off"};
    assertThat(cycles(concat(new String[] {"emulate", file}, slower)))
        .isEqualTo(cycles(concat(new String[] {"emulate", elf.toString()}, slower)))
        .isGreaterThan(ran);
    assertThat(cycles("emulate", file, "-b", "nucleo-f446re", "--json"))
        .isEqualTo(cycles("emulate", elf.toString(), "-b", "nucleo-f446re", "--json"));
  }

  private static String[] concat(String[] first, String[] second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
  }

  @Test
  void shouldSayThatCountsCannotRun() throws IOException {
    Path counts = directory.resolve("layers.counts");
    assertThat(emulate("--counts", counts.toString())).isEqualTo(ExitStatus.FINE);
    elf = counts;
    assertThat(emulate("--until", "main")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--until needs firmware to run");
    Files.writeString(counts, "{\"kind\": \"else\"}");
    assertThat(emulate()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("layers.counts", "thumbprint-counts 2");
  }

  @Test
  void shouldWriteFilesForOtherTools() throws IOException {
    Path folded = directory.resolve("folded");
    Path callgrind = directory.resolve("callgrind");
    Path trace = directory.resolve("trace.json");
    int status =
        emulate(
            "--folded", folded.toString(),
            "--callgrind", callgrind.toString(),
            "--trace", trace.toString());
    assertThat(status).isEqualTo(ExitStatus.FINE);
    assertThat(Files.readString(folded)).containsPattern("(?m)^reset;main;convolve;inner \\d+$");
    assertThat(Files.readString(callgrind)).contains("fn=convolve", "cfn=inner", "events: Cycles");
    JsonNode events = new JsonMapper().readTree(Files.readString(trace)).path("traceEvents");
    assertThat(events.size()).isGreaterThan(100);
  }

  @Test
  void shouldStopWhereToldAndSayWhy() {
    assertThat(emulate("--until", "depthwise")).isEqualTo(ExitStatus.FINE);
    assertThat(out.toString()).contains("the place to stop at was reached, at depthwise");
  }

  @Test
  void shouldEndByBudgetWithStatusOne() {
    assertThat(emulate("--max-instructions", "1000")).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString()).contains("budget of 1,000 instructions");
  }

  @Test
  void shouldNameWhatIsWrongOnTheCommandLine() {
    assertThat(emulate("--until", "no_such")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("no symbol no_such");
    assertThat(emulate("--monitors", "nonsense")).isEqualTo(ExitStatus.USAGE);
    assertThat(emulate("--call", "main")).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void shouldRefuseDamagedFirmware() throws IOException {
    Files.write(elf, new byte[] {0x7f, 'E', 'L', 'F', 1, 1});
    assertThat(emulate()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("layers.elf", "ELF header");
  }

  /** A folder, bytes that are no text, and a device that never ends. */
  @Test
  void shouldNameFileThatCannotBeRead() throws IOException {
    Path binary = Files.write(directory.resolve("script"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Path wrong = Files.writeString(directory.resolve("wrong"), "expect\n");
    String folder = directory.toString();
    for (String[] options :
        List.of(
            new String[] {"--poke", "0x20000000=" + folder, folder},
            new String[] {"--uart-in", folder, folder},
            new String[] {"--script", folder, folder},
            new String[] {"--script", binary.toString(), binary + ": bytes that are no UTF-8"},
            new String[] {"--script", wrong.toString(), wrong + ": line 1"})) {
      err.getBuffer().setLength(0);
      assertThat(emulate(options[0], options[1])).isEqualTo(ExitStatus.BAD_INPUT);
      assertThat(err.toString()).contains(options[2]).doesNotContain("Exception");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNotReadDevicesForEver() {
    assertThat(emulate("--uart-in", "/dev/zero")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("/dev/zero: more than 67,108,864 bytes");
  }
}
