package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code analyze}: layers, kernel paths and the arena. */
final class AnalyzeCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void jsonHoldsPathsOfEveryLibraryAndTheArena() {
    assertThat(run("analyze", "kws", "--json")).as(err::toString).isZero();
    JsonNode report = JsonMapper.builder().build().readTree(out.toString());
    assertThat(report.get("layers").size()).isEqualTo(13);
    JsonNode pointwise = report.get("layers").get(2).get("libraries");
    assertThat(pointwise.get("cmsis-nn@2026").get("path").asString()).contains("1x1");
    assertThat(pointwise.get("tflm-reference@2026").get("priced").asBoolean()).isTrue();
    // arena_used_bytes() of the MLPerf Tiny KWS model on Cortex-M4 with CMSIS-NN: same shapes.
    assertThat(report.get("arena").get("arena_used_bytes").asLong()).isEqualTo(22_820);
  }

  @Test
  void tableShowsOperatorsPathsAndThePeak() {
    assertThat(run("analyze", "lenet", "--core", "cortex-m0plus")).as(err::toString).isZero();
    assertThat(out.toString()).contains("FULLY_CONNECTED", "Kernel paths", "Peak in step");
  }

  @Test
  void theArenaIsDrawn(@TempDir Path folder) throws IOException {
    Path svg = folder.resolve("arena.svg");
    assertThat(run("analyze", "kws", "--arena-svg", svg.toString())).isZero();
    assertThat(Files.readString(svg)).startsWith("<svg").endsWith("</svg>\n");
  }

  /** One page that loads nothing, with the picture in it. */
  @Test
  void thePageHoldsThePictureAndNeedsNothingElse(@TempDir Path folder) throws IOException {
    Path html = folder.resolve("vww.html");
    assertThat(run("analyze", "vww", "--html", html.toString())).as(err::toString).isZero();
    String page = Files.readString(html);
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .contains("<svg", "channel-split", "Persistent buffer data", "Kernel paths")
        .doesNotContain("src=", "<link", "@import");
  }

  @Test
  void theFormHtmlIsThatPage(@TempDir Path folder) throws IOException {
    Path html = folder.resolve("kws.html");
    assertThat(run("analyze", "kws", "-f", "html", "--html", html.toString())).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(html)).contains("<svg");
  }

  /** A full disk is told with the name of the file. */
  @ParameterizedTest
  @ValueSource(strings = {"--output", "--arena-svg", "--html", "--apply=channel-split"})
  void aFileThatCannotBeWrittenIsNamed(String option) {
    String[] args =
        option.startsWith("--apply")
            ? new String[] {"analyze", "vww", option + "=/dev/full"}
            : new String[] {"analyze", "vww", option, "/dev/full"};
    assertThat(run(args)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).isEqualTo("thumbprint: /dev/full: No space left on device\n");
  }

  @Test
  void adviceIsFollowedInACopyOfTheModel(@TempDir Path folder) {
    Path copy = folder.resolve("lower.tflite");
    assertThat(run("analyze", "vww", "--json", "--apply", "channel-split=" + copy))
        .as(err::toString)
        .isZero();
    JsonNode before = JsonMapper.builder().build().readTree(out.toString()).get("arena");
    JsonNode split = before.get("advice").get(0);
    assertThat(split.get("id").asString()).isEqualTo("channel-split");
    out.getBuffer().setLength(0);
    assertThat(run("analyze", copy.toString(), "--json")).as(err::toString).isZero();
    JsonNode after = JsonMapper.builder().build().readTree(out.toString()).get("arena");
    assertThat(before.get("arena_used_bytes").asLong() - after.get("arena_used_bytes").asLong())
        .isEqualTo(split.get("gain_bytes").asLong())
        .isPositive();
  }

  /** A plan in the model that does not belong to it: refused where the arena is asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"analyze", "profile", "check"})
  void damagedOffsetsInTheModelAreBadInput(String command, @TempDir Path folder)
      throws IOException {
    Graph kws = Zoo.graph("kws");
    ByteBuffer short3 = ByteBuffer.allocate(12).asReadOnlyBuffer();
    Path file = folder.resolve("damaged.tflite");
    TfliteWriter.write(
        new Graph(
            kws.name(),
            kws.sha256(),
            kws.fileBytes(),
            kws.subgraphs(),
            Map.of("OfflineMemoryAllocation", short3)),
        file);
    List<String> args = new ArrayList<>(List.of(command, file.toString()));
    if (!command.equals("analyze")) {
      args.addAll(List.of("-b", "nucleo-l4r5zi"));
    }
    if (command.equals("check")) {
      args.addAll(List.of("--max-ram", "1MiB"));
    }
    assertThat(run(args.toArray(String[]::new))).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString())
        .contains("metadata OfflineMemoryAllocation: offsets of 0 tensors in 12 bytes; expected")
        .contains("hint: remove the entry");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void adviceThatTheModelHasNotIsWrongUsage(@TempDir Path folder) {
    Path copy = folder.resolve("lower.tflite");
    assertThat(run("analyze", "ad", "--apply", "in-place=" + copy)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("in-place", "no such advice");
    assertThat(copy).doesNotExist();
  }

  @Test
  void unknownLibraryNamesWhereToLook() {
    assertThat(run("analyze", "kws", "--kernels", "cmsis-mm")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("cmsis-mm", "did you mean 'cmsis-nn'?");
  }
}
