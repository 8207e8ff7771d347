package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code compare}: what changed, thresholds, and damaged reports. */
final class CompareCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String fast;
  private String slow;

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @BeforeEach
  void profiles() {
    fast = profile("fast.json", "kws");
    slow = profile("slow.json", "kws", "--kernels", "tflm-reference");
  }

  private String profile(String name, String model, String... options) {
    String file = folder.resolve(name).toString();
    String[] args = new String[options.length + 7];
    String[] head = {"profile", model, "-b", "nucleo-l4r5zi", "--json", "-o", file};
    System.arraycopy(head, 0, args, 0, head.length);
    System.arraycopy(options, 0, args, head.length, options.length);
    assertThat(run(args)).as(err::toString).isZero();
    return file;
  }

  @Test
  void theSameReportTwiceIsNoChange() {
    assertThat(run("compare", fast, fast, "--fail-above", "0%", "--json")).isZero();
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.at("/total/inference_time/change_pct").doubleValue()).isZero();
    assertThat(report.get("settings").isEmpty()).isTrue();
    assertThat(report.get("layers").size()).isEqualTo(13);
  }

  @Test
  void onlyGrowthAboveTheThresholdFails() {
    assertThat(run("compare", fast, slow)).isZero();
    assertThat(out.toString()).contains("kernels: cmsis-nn@2026, now tflm-reference@2026", "path");
    assertThat(run("compare", fast, slow, "--fail-above", "5%")).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(err.toString()).contains("inference_time", "energy");
    assertThat(run("compare", fast, slow, "--fail-above", "100000%")).isZero();
    assertThat(run("compare", fast, slow, "--fail-above", "many")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("compare", slow, fast, "-f", "csv")).isZero();
    assertThat(out.toString().lines().count()).isEqualTo(14);
  }

  @Test
  void aFigureThatIsLostFailsToo() throws IOException {
    String lost = folder.resolve("lost.json").toString();
    Files.writeString(
        Path.of(lost),
        Files.readString(Path.of(fast))
            .replaceFirst(
                "\"energy\" : \\{[^}]*\\}",
                "\"energy\" : {\"availability\":\"unavailable\",\"reason\":\"x\"}"));
    assertThat(run("compare", fast, lost, "--fail-above", "5%")).isEqualTo(1);
    assertThat(err.toString()).contains("energy").doesNotContain("cycles");
    assertThat(run("compare", lost, fast, "--fail-above", "5%")).isZero();
  }

  @Test
  void layersThatCameAndWentAreShown() {
    String other = profile("other.json", "ad");
    assertThat(run("compare", fast, other)).isZero();
    assertThat(out.toString()).contains("kws against ad", "gone", "new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"schema_version\":\"2.0\"}",
        "{\"schema_version\":\"1.0\",\"model\":{\"name\":\"x\"},\"target\":{},\"total\":{}}",
        "{\"schema_version\":1,\"model\":[]}",
      })
  void whatIsNoReportIsRefused(String text) throws IOException {
    String file = Files.writeString(folder.resolve("bad.json"), text).toString();
    assertThat(run("compare", fast, file)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("bad.json", "expected").doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void damagedReportsNeverGetPastTheReader() throws IOException {
    long seed = 20_260_820;
    Random random = new Random(seed);
    byte[] good = Files.readAllBytes(Path.of(fast));
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      for (int flips = 0; flips < 3; flips++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("mutant.json"), bad);
      assertThat(run("compare", fast, file.toString()))
          .as("seed %d, mutant %d: %s", seed, i, err)
          .isIn(ExitStatus.FINE, ExitStatus.BAD_INPUT);
    }
    assertThat(run("compare", fast, "missing.json")).isEqualTo(ExitStatus.BAD_INPUT);
  }
}
