package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lower arena for the same model, by means that the unchanged runtime accepts: offsets prescribed
 * in the model's metadata, operators in another order, outputs in the place of inputs.
 *
 * @param graph the model with the prescription, to be written with TfliteWriter; the model as it
 *     was where nothing lower was found
 * @param before plan of the model as it was
 * @param after plan of {@code graph}
 * @param means what was used to get there; empty where nothing lower was found
 */
public record BetterPlan(Graph graph, MemoryPlan before, MemoryPlan after, Set<Means> means) {
  private static final int VERSION = 1;

  public BetterPlan {
    means = means.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(means));
  }

  /** What may be changed of a plan. */
  public enum Means {
    /** Offsets of tensors, prescribed in the metadata of the model. */
    OFFSETS,
    /** The order in which operators run. */
    ORDER,
    /** Operators that work element by element write where they read, by equal offsets. */
    IN_PLACE
  }

  /** Bytes of {@code arena_used_bytes()} that are saved. */
  public long gainBytes() {
    return before.arenaUsedBytes() - after.arenaUsedBytes();
  }

  /** Whether operators run in another order. */
  public boolean reordered() {
    return means.contains(Means.ORDER);
  }

  /**
   * Looks for a lower plan by all means; the result is the same in every run.
   *
   * @throws MemoryException if the model cannot be planned
   */
  public static BetterPlan of(Graph graph, PlanOptions options) {
    return of(graph, options, EnumSet.allOf(Means.class));
  }

  /**
   * Looks for a lower plan by some means; the result is the same in every run. A model that already
   * prescribes offsets is left as it is.
   *
   * @throws MemoryException if the model cannot be planned
   */
  public static BetterPlan of(Graph graph, PlanOptions options, Set<Means> allowed) {
    MemoryPlan before = ArenaPlanner.plan(graph, options);
    BetterPlan best = new BetterPlan(graph, before, before, Set.of());
    if (graph.metadata().containsKey(OfflineOffsets.KEY)) {
      return best;
    }
    best = prescribed(best, graph, before, options, allowed, EnumSet.noneOf(Means.class));
    if (allowed.contains(Means.ORDER)) {
      List<Node> order = OperatorOrder.improve(graph.main(), options.build());
      if (!order.equals(graph.main().nodes())) {
        Graph other = withOrder(graph, order);
        MemoryPlan plan = ArenaPlanner.plan(other, options);
        best = lower(best, new BetterPlan(other, before, plan, EnumSet.of(Means.ORDER)));
        best = prescribed(best, other, plan, options, allowed, EnumSet.of(Means.ORDER));
      }
    }
    return best;
  }

  /**
   * A plan in which some tensors of the main subgraph lie inside others, where both are in the
   * head.
   *
   * @throws MemoryException if the model cannot be planned
   */
  static BetterPlan of(RowSplit.Cut cut, PlanOptions options) {
    Graph graph = cut.graph();
    MemoryPlan plan = ArenaPlanner.plan(graph, options);
    BetterPlan none = new BetterPlan(graph, plan, plan, Set.of());
    Map<Integer, SharedPlaces.Place> places = InPlace.places(plan, cut.places());
    return lower(
        placed(none, graph, plan, options, places, Set.of(), Means.IN_PLACE),
        placed(none, graph, plan, options, Map.of(), Set.of(), Means.OFFSETS));
  }

  private static BetterPlan prescribed(
      BetterPlan best,
      Graph graph,
      MemoryPlan plan,
      PlanOptions options,
      Set<Means> allowed,
      Set<Means> used) {
    BetterPlan lower = best;
    if (allowed.contains(Means.OFFSETS)) {
      lower = lower(lower, placed(best, graph, plan, options, Map.of(), used, Means.OFFSETS));
    }
    if (allowed.contains(Means.IN_PLACE)) {
      Map<Integer, SharedPlaces.Place> pairs = InPlace.pairs(graph, plan);
      if (!pairs.isEmpty()) {
        lower = lower(lower, placed(best, graph, plan, options, pairs, used, Means.IN_PLACE));
      }
    }
    return lower;
  }

  private static BetterPlan placed(
      BetterPlan best,
      Graph graph,
      MemoryPlan plan,
      PlanOptions options,
      Map<Integer, SharedPlaces.Place> pairs,
      Set<Means> used,
      Means more) {
    EnumSet<Means> means = EnumSet.of(more);
    means.addAll(used);
    Graph written = prescribe(graph, plan, pairs);
    return new BetterPlan(written, best.before(), ArenaPlanner.plan(written, options), means);
  }

  private static BetterPlan lower(BetterPlan best, BetterPlan other) {
    return other.after().arenaUsedBytes() < best.after().arenaUsedBytes() ? other : best;
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
   *
   * @param pairs buffers that lie inside others, by position in the plan
   */
  private static Graph prescribe(
      Graph graph, MemoryPlan plan, Map<Integer, SharedPlaces.Place> pairs) {
    long[] offsets = SharedPlaces.offsets(plan, pairs);
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
