package dev.thumbprint.model.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.oracle.NativeTflite;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The zoo has the shapes it claims, is the same everywhere, and is a model to TensorFlow Lite. */
class ZooTest {
  static Stream<String> examples() {
    return Zoo.list().stream().map(Zoo.Entry::example);
  }

  /** MACs and parameters: MLPerf Tiny's own models; the two networks of arXiv:2104.10645. */
  @ParameterizedTest
  @CsvSource({
    "kws, 13, 2656768, 22604",
    "ic, 16, 12501632, 77706",
    "vww, 31, 7489664, 210850",
    "ad, 10, 264192, 265864",
    "sww, 11, 826368, 46883",
    "lenet, 11, 274656, 81194",
    "resnet20, 36, 40813184, 271690",
    "lenet-float, 9, 274656, 81194",
    "resnet20-float, 34, 40813184, 271690",
  })
  void shouldHaveTheSizeOfTheNetworkItStandsFor(
      String name, int operators, long macs, long parameters) {
    Network network = Lowering.network(Zoo.graph(name));
    assertThat(network.layers()).hasSize(operators);
    assertThat(network.macs()).isEqualTo(macs);
    assertThat(network.parameters()).hasValue(parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kws", "ic", "vww", "ad", "sww"})
  void shouldHaveTheLayersOfTheBenchmarksOwnModel(String name) {
    String models = System.getProperty("thumbprint.models", "");
    assumeTrue(!models.isEmpty(), "needs -Dthumbprint.models=DIR with mlperf-" + name + ".tflite");
    Graph original = TfliteReader.read(Path.of(models, "mlperf-" + name + ".tflite"));
    assertThat(Lowering.lower(Zoo.graph(name))).isEqualTo(Lowering.lower(original));
  }

  @Test
  void shouldGiveTheSameBytesForTheSameNameAndSeed() {
    assertThat(Zoo.graph("kws").sha256()).isEqualTo(Zoo.graph("KWS", 1).sha256());
    assertThat(Zoo.graph("kws", 2).sha256()).isNotEqualTo(Zoo.graph("kws", 1).sha256());
  }

  /** Users compare runs across machines: a change of the generator must be seen and meant. */
  @Test
  void shouldKeepTheWeightsOfOneRelease() {
    assertThat(Zoo.graph("kws").sha256())
        .isEqualTo("ba450ae1eaff16f0824b6550aec17ec3f535aa670b9bbd3215d643342b9e3330");
  }

  /** Bytes of the study's own files, which TensorFlow's converter of 2020 wrote. */
  @ParameterizedTest
  @CsvSource({
    "lenet, 87232",
    "lenet-float, 327952",
    "resnet20, 327984",
    "resnet20-float, 1111220",
  })
  void shouldTakeTheFlashOfTheStudysFiles(String name, long bytes) {
    assertThat(Zoo.graph(name).fileBytes()).isCloseTo(bytes, withPercentage(5));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldLoadInTheOfficialInterpreterWithTheSameShapes(String name) throws Exception {
    assumeTrue(NativeTflite.available(), "needs the natives of TensorFlow Lite");
    Graph graph = Zoo.graph(name);
    byte[] file = TfliteWriter.bytes(graph);
    try (NativeTflite official = new NativeTflite(file, NativeTflite.Kernels.BUILTIN, false)) {
      for (Node node : graph.main().nodes()) {
        Tensor output = graph.main().tensor(node.outputs().getFirst());
        assertThat(Shape.of(official.shape(output.index()))).isEqualTo(output.shape());
      }
      official.setInput(0, new byte[(int) input(graph).bytes()]);
      official.invoke();
      assertThat(official.output(0)).hasSize((int) output(graph).bytes());
    }
  }

  @Test
  void shouldNameTheNearestNetwork() {
    assertThatThrownBy(() -> Zoo.graph("lennet"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("did you mean 'lenet'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv:0x32x3,8,3x3",
        "conv:32x32x3,8,3x3,s0",
        "conv:4096x4096x4096,4096,4096x4096",
        "conv:8x8x3,8,9x9,valid",
        "dense:0,1",
        "dense:999999,999999",
        "depthwise-C0-K3",
        "channels-F256-K64",
        "conv:32x32",
        "conv:99999999999x1x1,1,1x1",
      })
  void shouldRefuseShapesOutOfRange(String name) {
    assertThatThrownBy(() -> Zoo.graph(name)).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "convsweep-01dg-F104-K3-int8, conv-F104-K3",
    "convsweep-01de-F5-K2-int8, channels-F5-K2",
    "dwsweep-01f-C101-K5-int8, depthwise-C101-K5",
    "densesweep-01ec-U447-int8, dense-U447",
  })
  void shouldKnowTheSweepsByTheirRecordedNames(String recorded, String name) {
    List<?> layers = Lowering.lower(Zoo.graph(recorded));
    assertThat(layers).isEqualTo(Lowering.lower(Zoo.graph(name)));
  }

  private static Tensor input(Graph graph) {
    return graph.main().tensor(graph.main().inputs().getFirst());
  }

  private static Tensor output(Graph graph) {
    return graph.main().tensor(graph.main().outputs().getFirst());
  }
}
