package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.zoo.Zoo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ZooCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... args) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Test
  void shouldListEveryNetwork() {
    assertThat(run("zoo", "list")).isZero();
    assertThat(out.toString()).contains("kws", "resnet20-float", "conv:32x32x100,60,3x3");
  }

  @Test
  void shouldShowLayersInBothForms() {
    assertThat(run("zoo", "show", "lenet")).isZero();
    assertThat(out.toString()).contains("11 layers, 274,656 MACs, 81,194 parameters", "6x3x3x1");
    out.getBuffer().setLength(0);
    assertThat(run("zoo", "show", "lenet", "--json")).isZero();
    JsonNode document = JsonMapper.shared().readTree(out.toString());
    assertThat(document.get("layers")).hasSize(11);
    assertThat(document.get("model").get("macs").asLong()).isEqualTo(274_656);
  }

  @Test
  void shouldWriteAFileThatReads() {
    Path file = folder.resolve("layer.tflite");
    assertThat(run("zoo", "write", "--conv", "8x8x3,5,3x3,s2,relu", "-o", file.toString()))
        .isZero();
    Graph graph = TfliteReader.read(file);
    assertThat(graph.main().tensor(graph.main().outputs().getFirst()).shape())
        .hasToString("1x4x4x5");
    assertThat(out.toString()).contains(graph.sha256());
    assertThat(run("zoo", "write", "kws", "--seed", "7", "-o", file.toString())).isZero();
    assertThat(TfliteReader.read(file).sha256()).isEqualTo(Zoo.graph("kws", 7).sha256());
  }

  @Test
  void shouldListEveryOperator() {
    assertThat(run("ops")).isZero();
    assertThat(out.toString()).contains("DYNAMIC_UPDATE_SLICE", "SignalRfft");
    out.getBuffer().setLength(0);
    assertThat(run("ops", "--json")).isZero();
    JsonNode document = JsonMapper.shared().readTree(out.toString());
    int custom = document.get("custom_operators").size();
    assertThat(document.get("operators")).hasSize(Operator.values().length - 1 + custom);
    for (JsonNode operator : document.get("operators")) {
      assertThat(operator.get("run").asBoolean()).as(operator.toString()).isTrue();
      assertThat(operator.get("kinds")).as(operator.toString()).isNotEmpty();
    }
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThat(run("zoo", "show", "lennet")).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("did you mean 'lenet'?").doesNotContain("at dev.");
    String file = folder.resolve("x.tflite").toString();
    assertThat(run("zoo", "write", "--conv", "8x8", "-o", file)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run("zoo", "write", "-o", file)).isEqualTo(ExitStatus.USAGE);
    String away = folder.resolve("no/such/folder/x.tflite").toString();
    assertThat(run("zoo", "write", "kws", "-o", away)).isEqualTo(ExitStatus.BAD_INPUT);
  }
}
