package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One change that would lower the head of the arena.
 *
 * @param id stable name of the kind of change
 * @param gainBytes bytes of the head that it saves, found by planning with the change
 * @param message the change, in words
 */
public record MemoryAdvice(String id, long gainBytes, String message) {

  /**
   * What would lower the head of a model, most bytes first; empty where nothing known would.
   *
   * @throws MemoryException if the model cannot be planned
   */
  public static List<MemoryAdvice> of(Graph graph, PlanOptions options) {
    List<MemoryAdvice> advice = new ArrayList<>();
    BetterPlan better = BetterPlan.of(graph, options);
    if (better.gainBytes() > 0) {
      advice.add(
          new MemoryAdvice(
              better.reordered() ? "operator-order" : "offline-plan",
              better.gainBytes(),
              better.reordered()
                  ? "run the operators in another order, with offsets prescribed in the model"
                  : "prescribe the offsets in the model instead of leaving them to the runtime"));
    }
    inPlace(graph, better.after(), advice);
    advice.sort(Comparator.comparingLong(MemoryAdvice::gainBytes).reversed());
    return advice;
  }

  /** Operators that could write where they read: the runtime never lets them. */
  private static void inPlace(Graph graph, MemoryPlan plan, List<MemoryAdvice> advice) {
    Map<Integer, PlannedBuffer> buffers = new HashMap<>();
    for (PlannedBuffer buffer : plan.buffers()) {
      if (buffer.subgraph() == 0 && !buffer.scratch()) {
        buffers.put(buffer.tensor(), buffer);
      }
    }
    long[] live = plan.liveBytes();
    String first = "";
    for (Node node : graph.main().nodes()) {
      PlannedBuffer output =
          node.outputs().isEmpty() ? null : buffers.get(node.outputs().getFirst());
      if (output == null || output.first() < 0 || !elementByElement(node)) {
        continue;
      }
      for (int input : node.inputs()) {
        PlannedBuffer read = buffers.get(input);
        boolean dies =
            read != null
                && read.last() == output.first()
                && read.request().bytes() == output.request().bytes();
        if (dies) {
          live[output.first()] -= output.request().bytes();
          first = first.isEmpty() ? node.label() + " #" + node.index() : first;
          break;
        }
      }
    }
    long lowest = 0;
    for (long bytes : live) {
      lowest = Math.max(lowest, bytes);
    }
    long gain = plan.headBytes() - lowest;
    if (gain > 0 && !first.isEmpty()) {
      advice.add(
          new MemoryAdvice(
              "in-place",
              gain,
              String.format(
                  Locale.ROOT,
                  "let operators that work element by element write where they read (%s and"
                      + " others): a change of the runtime, at most this gain",
                  first)));
    }
  }

  private static boolean elementByElement(Node node) {
    return switch (node.operator()) {
      case ADD,
          SUB,
          MUL,
          MAXIMUM,
          MINIMUM,
          RELU,
          RELU6,
          LEAKY_RELU,
          HARD_SWISH,
          LOGISTIC,
          TANH,
          ELU,
          ABS,
          QUANTIZE,
          RESHAPE,
          SQUEEZE,
          EXPAND_DIMS ->
          true;
      default -> false;
    };
  }
}
