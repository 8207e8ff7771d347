package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lower arena for the same model, by means that the unchanged runtime accepts: offsets prescribed
 * in the model's metadata, and operators in another order.
 *
 * @param graph the model with the prescription, to be written with TfliteWriter; the model as it
 *     was where nothing lower was found
 * @param before plan of the model as it was
 * @param after plan of {@code graph}
 * @param reordered whether operators run in another order
 */
public record BetterPlan(Graph graph, MemoryPlan before, MemoryPlan after, boolean reordered) {
  private static final int VERSION = 1;

  /** Bytes of the head that are saved. */
  public long gainBytes() {
    return before.headBytes() - after.headBytes();
  }

  /**
   * Looks for a lower plan; the result is the same in every run.
   *
   * @throws MemoryException if the model cannot be planned
   */
  public static BetterPlan of(Graph graph, PlanOptions options) {
    MemoryPlan before = ArenaPlanner.plan(graph, options);
    BetterPlan best = new BetterPlan(graph, before, before, false);
    if (graph.metadata().containsKey(OfflineOffsets.KEY)) {
      return best;
    }
    List<Node> order = OperatorOrder.improve(graph.main(), options.build());
    boolean reordered = !order.equals(graph.main().nodes());
    best = better(best, prescribe(graph, before), options, false);
    if (reordered) {
      Graph other = withOrder(graph, order);
      MemoryPlan plan = ArenaPlanner.plan(other, options);
      best = better(best, other, options, true);
      best = better(best, prescribe(other, plan), options, true);
    }
    return best;
  }

  private static BetterPlan better(
      BetterPlan best, Graph candidate, PlanOptions options, boolean reordered) {
    MemoryPlan plan = ArenaPlanner.plan(candidate, options);
    return plan.headBytes() < best.after().headBytes()
        ? new BetterPlan(candidate, best.before(), plan, reordered)
        : best;
  }

  private static Graph withOrder(Graph graph, List<Node> order) {
    Subgraph main = graph.main();
    List<Subgraph> subgraphs = new ArrayList<>(graph.subgraphs());
    subgraphs.set(
        0, new Subgraph(main.name(), main.tensors(), order, main.inputs(), main.outputs()));
    return new Graph(graph.name(), graph.sha256(), graph.fileBytes(), subgraphs, graph.metadata());
  }

  /**
   * Prescribes the offsets of a search; scratch buffers stay with the runtime, which fits them in.
   */
  private static Graph prescribe(Graph graph, MemoryPlan plan) {
    List<BufferRequest> requests = plan.buffers().stream().map(PlannedBuffer::request).toList();
    long[] offsets = OffsetSearch.best(requests);
    Map<List<Integer>, Integer> placed = new HashMap<>();
    for (int i = 0; i < offsets.length; i++) {
      PlannedBuffer buffer = plan.buffers().get(i);
      if (!buffer.scratch()) {
        placed.put(List.of(buffer.subgraph(), buffer.tensor()), Math.toIntExact(offsets[i]));
      }
    }
    int tensors = graph.subgraphs().stream().mapToInt(s -> s.tensors().size()).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate((3 + tensors) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(VERSION).putInt(0).putInt(tensors);
    for (int s = 0; s < graph.subgraphs().size(); s++) {
      for (int t = 0; t < graph.subgraphs().get(s).tensors().size(); t++) {
        bytes.putInt(placed.getOrDefault(List.of(s, t), (int) BufferRequest.ONLINE));
      }
    }
    Map<String, ByteBuffer> metadata = new HashMap<>(graph.metadata());
    metadata.put(
        OfflineOffsets.KEY, bytes.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
    return new Graph(graph.name(), graph.sha256(), graph.fileBytes(), graph.subgraphs(), metadata);
  }
}
