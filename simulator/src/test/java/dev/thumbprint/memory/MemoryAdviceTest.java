package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.memory.RuntimeBuild.Kernels;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.InputSource;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Advice is followed: the gain is the one that was promised, and the values stay the same. */
class MemoryAdviceTest {
  private static final PlanOptions DSP =
      PlanOptions.of(RuntimeBuild.of(Kernels.CMSIS_NN, SimdUnit.DSP));
  private static final PlanOptions REFERENCE =
      PlanOptions.of(RuntimeBuild.of(Kernels.REFERENCE, SimdUnit.NONE));

  static Stream<Graph> graphs() {
    return Stream.concat(
        Stream.of("kws", "ic", "vww", "ad", "resnet20").map(Zoo::graph),
        new Random(20261125).longs(6, 1, 600).mapToObj(RandomGraphs::of));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void shouldGainWhatItPromisesAndComputeTheSame(Graph graph) {
    for (PlanOptions options : List.of(DSP, REFERENCE)) {
      long before = ArenaPlanner.plan(graph, options).arenaUsedBytes();
      for (MemoryAdvice advice : MemoryAdvice.of(graph, options)) {
        Graph followed = throughTheFile(advice.model());
        assertThat(before - ArenaPlanner.plan(followed, options).arenaUsedBytes())
            .as("%s: %s", graph.name(), advice.message())
            .isEqualTo(advice.gainBytes())
            .isPositive();
        assertThat(outputs(followed)).as(advice.message()).isEqualTo(outputs(graph));
      }
    }
  }

  /** Every output can lie in the input before it: a chain of places as long as the model. */
  @Test
  void shouldTakeALongModelInProportion() {
    GraphBuilder graph = new GraphBuilder("chain");
    Quantization scale = Quantization.of(0.5f, 0);
    int x = graph.input("x", DataType.INT8, Shape.of(1, 16), scale);
    for (int i = 0; i < 60_000; i++) {
      int y = graph.activation("y", DataType.INT8, Shape.of(1, 16), scale);
      graph.add(Operator.RELU, new Options.None(), List.of(x), List.of(y));
      x = y;
    }
    Graph chain = graph.output(x).build();
    assertThat(assertTimeout(Duration.ofSeconds(20), () -> MemoryAdvice.of(chain, DSP)))
        .extracting(MemoryAdvice::id)
        .containsExactly("in-place");
  }

  @Test
  void shouldKnowWhatHelpsTheNetworksOfMlperfTiny() {
    assertThat(MemoryAdvice.of(Zoo.graph("vww"), DSP))
        .extracting(MemoryAdvice::id)
        .contains("channel-split", "offline-plan");
    assertThat(MemoryAdvice.of(Zoo.graph("resnet20"), DSP)).isNotEmpty();
  }

  static Stream<String[]> firmware() {
    return GoldenTable.rows("advice-firmware.csv").stream();
  }

  /** The unchanged runtime took the models that follow an advice, and computed what we compute. */
  @ParameterizedTest(name = "graph {0}, {1}")
  @MethodSource("firmware")
  void shouldBeAcceptedByTheRealRuntime(long seed, String id, long usedBytes, String crc32)
      throws IOException {
    Graph followed =
        MemoryAdvice.of(RandomGraphs.of(seed), DSP).stream()
            .filter(advice -> advice.id().equals(id))
            .findFirst()
            .orElseThrow()
            .model();
    assertThat(ArenaPlanner.plan(followed, DSP).arenaUsedBytes()).isEqualTo(usedBytes);
    Interpreter run = OperatorTable.prepare(followed, RunOptions.defaults()).interpreter();
    InputSource.fill(new InputSource.Drawn(251), run);
    run.invoke();
    CRC32 crc = new CRC32();
    crc.update(run.outputBytes(run.outputs() - 1));
    assertThat(String.format(Locale.ROOT, "%08X", crc.getValue())).isEqualTo(crc32);
  }

  private static Graph throughTheFile(Graph graph) {
    return TfliteReader.read(ByteBuffer.wrap(TfliteWriter.bytes(graph)), "copy", "copy");
  }

  private static List<String> outputs(Graph graph) {
    Interpreter run = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    Random random = new Random(7);
    for (int i = 0; i < run.inputs(); i++) {
      byte[] input = new byte[run.inputBytes(i)];
      random.nextBytes(input);
      run.setInput(i, input);
    }
    run.invoke();
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < run.outputs(); i++) {
      outputs.add(HexFormat.of().formatHex(run.outputBytes(i)));
    }
    return outputs;
  }
}
