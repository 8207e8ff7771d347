package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.memory.RuntimeBuild.Kernels;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.LayerLists;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.RecordedNetworks;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * Arenas that boards printed (DivinityQQ/MicroAI_Benchmark, TensorFlow Lite Micro of 2025) against
 * plans from the layer lists alone. Those figures come from the recording interpreter, whose
 * allocators are larger than the plain ones.
 */
class RecordedArenaTest {
  @Test
  void shouldPlanTheArenasThatBoardsPrinted() {
    int planned = 0;
    for (Recording recording : arenas()) {
      RecordedNetwork network = RecordedNetworks.find(recording.work().network()).orElseThrow();
      boolean memory = network.ops().stream().anyMatch(op -> op.op().equals("SVDF"));
      Graph graph =
          memory ? withMemory(network) : LayerGraph.of("", LayerLists.network(network).works());
      Core core = Core.ofLabel(recording.setting().core()).orElseThrow();
      PlanOptions options =
          new PlanOptions(
              RuntimeBuild.of(Kernels.CMSIS_NN, core.simd()), OptionalInt.empty(), true);
      assertThat(ArenaPlanner.plan(graph, options).arenaUsedBytes())
          .as(recording.id())
          .isEqualTo(recording.measured().arenaBytes().getAsLong());
      planned++;
    }
    assertThat(planned).isEqualTo(118);
  }

  /**
   * SVDF keeps a memory between inferences that a list of layers does not tell: its length and type
   * follow from the bytes of its constants and from the network's name.
   */
  private static Graph withMemory(RecordedNetwork network) {
    DataType state = network.name().endsWith("STANDARD") ? DataType.INT16 : DataType.INT8;
    GraphBuilder graph = new GraphBuilder(network.name());
    Quantization scale = Quantization.of(1, 0);
    RecordedNetwork.Op first = network.ops().getFirst();
    int x = graph.input("", DataType.INT16, shape(first.input()), scale);
    for (RecordedNetwork.Op op : network.ops()) {
      List<Integer> inputs = new ArrayList<>(List.of(x));
      int y = graph.activation("", DataType.INT8, shape(op.output()), scale);
      switch (op.op()) {
        case "SVDF" -> {
          int units = op.filter().dim(0);
          long timeBytes =
              op.constantBytes().getAsLong() - (long) units * op.filter().dim(1) - 4L * units;
          int length = Math.toIntExact(timeBytes / units / state.bytes(1));
          inputs.add(zeros(graph, DataType.INT8, units, op.filter().dim(1)));
          inputs.add(zeros(graph, state, units, length));
          inputs.add(zeros(graph, DataType.INT32, units));
          inputs.add(graph.variable("", state, Shape.of(1, units * length), scale));
          graph.add(Operator.SVDF, new Options.Svdf(1, Activation.RELU), inputs, List.of(y));
        }
        case "FULLY_CONNECTED" -> {
          inputs.add(zeros(graph, DataType.INT8, op.filter().dim(0), op.filter().dim(1)));
          inputs.add(zeros(graph, DataType.INT32, op.filter().dim(0)));
          graph.add(
              Operator.FULLY_CONNECTED,
              new Options.FullyConnected(Activation.NONE, false),
              inputs,
              List.of(y));
        }
        case "SOFTMAX" -> graph.add(Operator.SOFTMAX, new Options.Softmax(1), inputs, List.of(y));
        default -> graph.add(Operator.valueOf(op.op()), new Options.None(), inputs, List.of(y));
      }
      x = y;
    }
    return graph.output(x).build();
  }

  private static int zeros(GraphBuilder graph, DataType type, int... dims) {
    Shape shape = Shape.of(dims);
    byte[] bytes = new byte[Math.toIntExact(type.bytes(shape.elements()))];
    return graph.constant("", type, shape, Quantization.of(1, 0), bytes);
  }

  private static Shape shape(dev.thumbprint.recorded.Shape recorded) {
    return Shape.of(recorded.dims().stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<Recording> arenas() {
    return Recordings.builtIn().stream()
        .filter(recording -> recording.id().startsWith("MAI-"))
        .filter(recording -> recording.measured().arenaBytes().isPresent())
        .toList();
  }
}
