package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code explain}: the parts add up, and every piece of advice keeps its word. */
final class ExplainCommandTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Channels that are odd, even and multiples of 4, through pooling, depthwise and flattening. */
  private static final String ODD =
      """
      {"name": "odd", "layers": [
        {"op": "CONV_2D", "input": [1,32,32,3], "filter": [15,3,3,3], "output": [1,32,32,15],
         "stride": [1,1], "padding": "SAME"},
        {"op": "DEPTHWISE_CONV_2D", "input": [1,32,32,15], "filter": [1,3,3,15],
         "output": [1,32,32,15], "stride": [1,1], "padding": "SAME"},
        {"op": "CONV_2D", "input": [1,32,32,15], "filter": [30,1,1,15], "output": [1,32,32,30],
         "stride": [1,1], "padding": "SAME"},
        {"op": "MAX_POOL_2D", "input": [1,32,32,30], "filter": [2,2], "output": [1,16,16,30],
         "stride": [2,2], "padding": "VALID"},
        {"op": "CONV_2D", "input": [1,16,16,30], "filter": [33,3,3,30], "output": [1,14,14,33],
         "stride": [1,1], "padding": "VALID"},
        {"op": "RESHAPE", "input": [1,14,14,33], "output": [1,6468]},
        {"op": "FULLY_CONNECTED", "input": [1,6468], "filter": [61,6468], "output": [1,61]},
        {"op": "FULLY_CONNECTED", "input": [1,61], "filter": [10,61], "output": [1,10]},
        {"op": "SOFTMAX", "input": [1,10], "output": [1,10]}]}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private JsonNode json(List<String> args) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(args);
    all.add("--json");
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new)))
        .as(() -> args + ": " + err)
        .isZero();
    return MAPPER.readTree(out.toString());
  }

  private static double latencyMs(JsonNode report) {
    return report.at("/total/inference_time/value").doubleValue();
  }

  @Test
  void shouldNotAdviseFlagsOfARuntimeThatComesCompiled() {
    JsonNode report =
        json(List.of("explain", "ad", "-b", "nucleo-l4r5zi", "--kernels", "x-cube-ai@8.0"));
    List<String> ids = new ArrayList<>();
    report.path("advice").forEach(advice -> ids.add(advice.path("id").asString()));
    assertThat(ids)
        .isNotEmpty()
        .noneMatch(id -> id.matches("(opt|asserts|prefetch|fpu|channels).*"));
    assertThat(report.toString()).contains("coarse: totals of whole networks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-b nucleo-l496zg --kernels cmsis-nn@2020-03 --opt Ofast",
        "-b nucleo-l4r5zi --asserts on --opt Os --clock 60MHz",
        "-b nucleo-f767zi --kernels tflm-reference@2020 --caches off",
        "-b nucleo-u575zi-q --kernels cmsis-nn@2024 --prefetch off",
        "-b ek-ra8d1",
        "-b nucleo-g0b1re",
      })
  void everyPieceOfAdviceGainsWhatItSays(String target) throws IOException {
    Path model = Files.writeString(folder.resolve("odd.json"), ODD);
    List<String> options = Arrays.asList(target.split(" "));
    JsonNode explained = json(command("explain", model, options));
    double before = latencyMs(explained);
    for (JsonNode advice : explained.get("advice")) {
      List<String> changed = new ArrayList<>(options);
      Path changedModel = model;
      if (advice.get("options").isEmpty()) {
        changedModel = folder.resolve("changed.json");
        Files.writeString(changedModel, withShapes(advice.get("changes")));
      } else {
        replace(changed, advice.get("options"));
      }
      double after = latencyMs(json(command("profile", changedModel, changed)));
      double gain = advice.get("gain_ms").doubleValue();
      assertThat(before - after)
          .as("%s: %s", target, advice)
          .isCloseTo(gain, within(1e-9 * before + 1e-6));
      assertThat(gain).isPositive();
    }
    assertThat(explained.get("advice").size()).as(target).isPositive();
  }

  private static List<String> command(String name, Path model, List<String> options) {
    List<String> command = new ArrayList<>(List.of(name, model.toString()));
    command.addAll(options);
    return command;
  }

  private static void replace(List<String> options, JsonNode change) {
    int at = options.indexOf(change.get(0).stringValue());
    if (at >= 0) {
      options.set(at + 1, change.get(1).stringValue());
    } else {
      options.add(change.get(0).stringValue());
      options.add(change.get(1).stringValue());
    }
  }

  private static String withShapes(JsonNode changes) {
    JsonNode list = MAPPER.readTree(ODD);
    for (JsonNode change : changes) {
      ObjectNode layer = (ObjectNode) list.get("layers").get(change.get("index").intValue());
      layer.set("input", change.get("input_shape"));
      layer.set("output", change.get("output_shape"));
      boolean pooling = layer.get("op").stringValue().equals("MAX_POOL_2D");
      if (!pooling && !change.get("filter_shape").isEmpty()) {
        layer.set("filter", change.get("filter_shape"));
      }
    }
    return list.toString();
  }

  @Test
  void oddChannelsAreToldWithTheirIdAndReachTheLayersThatReadThem() throws IOException {
    Path model = Files.writeString(folder.resolve("odd.json"), ODD);
    List<String> target =
        List.of("-b", "nucleo-l496zg", "--kernels", "cmsis-nn@2020-03", "--opt", "Ofast");
    JsonNode explained = json(command("explain", model, target));
    JsonNode first = null;
    for (JsonNode advice : explained.get("advice")) {
      if (advice.get("id").stringValue().equals("channels-multiple-of-4")
          && advice.get("layer").intValue() == 0) {
        first = advice;
      }
    }
    assertThat(first).isNotNull();
    List<Integer> indices = new ArrayList<>();
    first.get("changes").forEach(change -> indices.add(change.get("index").intValue()));
    assertThat(indices).containsExactly(0, 1, 2);
    int channels = first.at("/changes/0/filter_shape/0").intValue();
    assertThat(channels).isPositive().isNotEqualTo(15);
    assertThat(channels % 4).isZero();
    assertThat(first.at("/changes/2/filter_shape").toString())
        .isEqualTo("[30,1,1,%d]".formatted(channels));
    JsonNode profile = json(command("profile", model, target));
    assertThat(profile.get("advice").size()).isEqualTo(explained.get("advice").size());
    assertThat(profile.at("/advice/0/id")).isEqualTo(explained.at("/advice/0/id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kws", "ic", "ad", "lenet-float"})
  void partsOfALayerAddUpToItsCycles(String model) {
    JsonNode explained = json(List.of("explain", model, "-b", "nucleo-l4r5zi"));
    for (JsonNode layer : explained.get("layers")) {
      double sum = 0;
      for (JsonNode part : layer.get("parts")) {
        sum += part.doubleValue();
      }
      double cycles = layer.at("/cycles/value").doubleValue();
      assertThat(sum).as(layer.toString()).isCloseTo(cycles, within(6 + 1e-6 * cycles));
      assertThat(layer.get("why").size()).isPositive();
    }
  }

  @Test
  void nearestRecordingsComeNearestFirstAndTheSameCaseIsAtNoDistance() {
    JsonNode explained =
        json(
            List.of(
                "explain",
                "resnet20",
                "-b",
                "nucleo-l496zg",
                "--kernels",
                "cmsis-nn@2020-03",
                "--opt",
                "Ofast"));
    JsonNode nearest = explained.get("nearest");
    double last = 0;
    for (JsonNode row : nearest.at("/layers/0/recordings")) {
      assertThat(row.get("distance").doubleValue()).isGreaterThanOrEqualTo(last);
      last = row.get("distance").doubleValue();
    }
    ArrayNode network = (ArrayNode) nearest.get("network");
    assertThat(network.size()).isPositive();
    assertThat(nearest.at("/layers/0/recordings/0/distance").doubleValue()).isLessThan(0.01);
  }

  /** A quarter of what EdgeMark recorded of its FC_10 is the copy of 3,072 inputs. */
  @Test
  void aRecordingStandsBesideAllThatItsSourceMeasured() {
    JsonNode nearest =
        json(List.of(
                "explain",
                "ad",
                "-b",
                "nucleo-l4r5zi",
                "--kernels",
                "cmsis-nn@2024",
                "--opt",
                "O3"))
            .get("nearest");
    int seen = 0;
    for (JsonNode row : nearest.get("network")) {
      if (row.get("what").asString().equals("edgemark/FC_10")) {
        assertThat(row.get("error_pct").doubleValue()).isCloseTo(0, within(10.0));
        seen++;
      }
    }
    assertThat(seen).isPositive();
  }

  @Test
  void anotherLibraryBoardOrModelStandsBeside() {
    for (String other : List.of("tflm-reference", "nucleo-f446re", "ad")) {
      JsonNode against =
          json(List.of("explain", "kws", "-b", "nucleo-l4r5zi", "--against", other)).get("against");
      assertThat(latencyMs(against)).as(other).isPositive();
      assertThat(against.get("layers").size()).isEqualTo(other.equals("ad") ? 0 : 13);
    }
    out.getBuffer().setLength(0);
    assertThat(
            Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "explain",
                "kws",
                "-b",
                "nucleo-l4r5zi",
                "--against",
                "nonsense"))
        .isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString()).contains("nonsense");
  }
}
