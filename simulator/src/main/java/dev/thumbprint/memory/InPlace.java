package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operators that may write where they read: they work element by element, or only copy, and their
 * input is not needed afterwards. The runtime never does it by itself, but it accepts offsets that
 * say so.
 */
final class InPlace {
  private InPlace() {}

  /**
   * For the output of each such operator the input whose place it can take, as positions in {@code
   * plan.buffers()}; empty for models with control flow.
   */
  static Map<Integer, SharedPlaces.Place> pairs(Graph graph, MemoryPlan plan) {
    if (graph.subgraphs().size() != 1) {
      return Map.of();
    }
    Map<Integer, Integer> positions = positions(plan);
    Map<Integer, SharedPlaces.Place> pairs = new HashMap<>();
    for (Node node : graph.main().nodes()) {
      if (node.outputs().size() == 1 && suits(graph, node)) {
        Integer output = positions.get(node.outputs().getFirst());
        node.inputs().stream()
            .map(positions::get)
            .filter(input -> input != null && output != null)
            .filter(input -> diesThere(plan.buffers(), input, output))
            .findFirst()
            .ifPresent(input -> pairs.put(output, SharedPlaces.Place.of(input)));
      }
    }
    return pairs;
  }

  /** Buffers of tensors by the index of the tensor, in a model of one subgraph. */
  private static Map<Integer, Integer> positions(MemoryPlan plan) {
    Map<Integer, Integer> positions = new HashMap<>();
    for (int i = 0; i < plan.buffers().size(); i++) {
      PlannedBuffer buffer = plan.buffers().get(i);
      if (!buffer.scratch() && buffer.first() >= 0) {
        positions.put(buffer.tensor(), i);
      }
    }
    return positions;
  }

  /**
   * For the bands of a cut the images inside which they lie, as positions in {@code
   * plan.buffers()}. A band that would not begin at a multiple of 16, as the runtime's own offsets
   * do, gets a place of its own.
   */
  static Map<Integer, SharedPlaces.Place> places(MemoryPlan plan, List<RowSplit.Place> bands) {
    Map<Integer, Integer> positions = positions(plan);
    Map<Integer, SharedPlaces.Place> places = new HashMap<>();
    for (RowSplit.Place band : bands) {
      Integer part = positions.get(band.tensor());
      Integer whole = positions.get(band.inside());
      if (part != null && whole != null && band.offset() % StructSizes.ARENA_ALIGNMENT == 0) {
        places.put(part, new SharedPlaces.Place(whole, band.offset()));
      }
    }
    return places;
  }

  private static boolean diesThere(List<PlannedBuffer> buffers, int input, int output) {
    PlannedBuffer read = buffers.get(input);
    PlannedBuffer written = buffers.get(output);
    return input != output && read.last() == written.first() && read.bytes() == written.bytes();
  }

  private static boolean suits(Graph graph, Node node) {
    Tensor output = graph.main().tensor(node.outputs().getFirst());
    return switch (node.operator()) {
      case RESHAPE, SQUEEZE, EXPAND_DIMS -> true;
      case ADD, SUB, MUL, RELU, RELU6, LEAKY_RELU, HARD_SWISH, LOGISTIC, TANH, ABS, NEG ->
          node.inputs().stream()
              .map(graph.main()::tensor)
              .allMatch(
                  input -> input.type() == output.type() && input.shape().equals(output.shape()));
      default -> false;
    };
  }
}
