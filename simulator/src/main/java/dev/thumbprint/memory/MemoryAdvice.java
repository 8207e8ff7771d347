package dev.thumbprint.memory;

import dev.thumbprint.memory.BetterPlan.Means;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One change of a model that lowers its arena under the unchanged runtime.
 *
 * @param id stable name of the kind of change
 * @param gainBytes bytes of {@code arena_used_bytes()} that it saves, found by planning {@code
 *     model}
 * @param message the change, in words
 * @param model the model with the change; it computes the same values
 */
public record MemoryAdvice(String id, long gainBytes, String message, Graph model) {
  /** Operators beyond which the search for splits is left out: it plans some dozen times. */
  private static final int SPLIT_OPERATORS_MAX = 2_000;

  private static final List<Integer> PARTS = List.of(2, 4, ChannelSplit.PARTS_MAX);

  /** Operators before the peak in which a chain that crosses it may begin. */
  private static final int REACH = 3;

  /**
   * What would lower the arena of a model, most bytes first; empty where nothing known would.
   *
   * @throws MemoryException if the model cannot be planned
   */
  public static List<MemoryAdvice> of(Graph graph, PlanOptions options) {
    List<MemoryAdvice> advice = new ArrayList<>();
    add(
        advice,
        "offline-plan",
        BetterPlan.of(graph, options, EnumSet.of(Means.OFFSETS)),
        "prescribe the offsets in the model instead of leaving them to the runtime");
    add(
        advice,
        "operator-order",
        BetterPlan.of(graph, options, EnumSet.of(Means.OFFSETS, Means.ORDER)),
        "run the operators in another order, with offsets prescribed in the model");
    add(
        advice,
        "in-place",
        BetterPlan.of(graph, options, EnumSet.of(Means.IN_PLACE)),
        "let operators that work element by element write where they read, by offsets prescribed"
            + " in the model");
    splits(graph, options, advice);
    add(
        advice,
        "combined",
        BetterPlan.of(graph, options),
        "order, offsets and work in place together");
    advice.sort(Comparator.comparingLong(MemoryAdvice::gainBytes).reversed());
    return withoutRepeats(advice);
  }

  private static void add(List<MemoryAdvice> advice, String id, BetterPlan plan, String message) {
    if (plan.gainBytes() > 0) {
      advice.add(new MemoryAdvice(id, plan.gainBytes(), message, plan.graph()));
    }
  }

  /** Drops an order that is the old one, and a combination that gains no more than one means. */
  private static List<MemoryAdvice> withoutRepeats(List<MemoryAdvice> advice) {
    List<MemoryAdvice> kept = new ArrayList<>();
    for (MemoryAdvice one : advice) {
      boolean repeats =
          switch (one.id) {
            // Both cuts come with offsets of a search: without those they would gain nothing.
            case "operator-order", "in-place", "channel-split", "row-split" ->
                gains(advice, Set.of("offline-plan"), one.gainBytes);
            case "combined" ->
                gains(advice, Set.of("offline-plan", "operator-order", "in-place"), one.gainBytes);
            default -> false;
          };
      if (!repeats) {
        kept.add(one);
      }
    }
    return List.copyOf(kept);
  }

  private static boolean gains(List<MemoryAdvice> advice, Set<String> ids, long bytes) {
    return advice.stream().anyMatch(other -> ids.contains(other.id) && other.gainBytes >= bytes);
  }

  /** The cuts around the peak that save most: one into channels, one into rows. */
  private static void splits(Graph graph, PlanOptions options, List<MemoryAdvice> advice) {
    if (graph.subgraphs().size() == 1
        && graph.main().nodes().size() <= SPLIT_OPERATORS_MAX
        && !graph.metadata().containsKey(OfflineOffsets.KEY)) {
      MemoryPlan before = ArenaPlanner.plan(graph, options);
      List<List<Node>> consumers = consumers(graph);
      channels(graph, options, before, consumers).ifPresent(advice::add);
      RowSplitSearch.best(graph, options, before, consumers).ifPresent(advice::add);
    }
  }

  private static Optional<MemoryAdvice> channels(
      Graph graph, PlanOptions options, MemoryPlan before, List<List<Node>> consumers) {
    MemoryAdvice best = null;
    for (ChannelSplit split : channelSplits(graph, before.peakStep() - 1, consumers)) {
      Optional<Graph> cut = split.apply(graph);
      if (cut.isPresent()) {
        BetterPlan plan = BetterPlan.of(cut.get(), options, EnumSet.of(Means.OFFSETS));
        long gain = before.arenaUsedBytes() - plan.after().arenaUsedBytes();
        if (gain > (best == null ? 0 : best.gainBytes())) {
          best = new MemoryAdvice("channel-split", gain, describe(split), plan.graph());
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The nodes that read each tensor of the main subgraph. */
  static List<List<Node>> consumers(Graph graph) {
    List<List<Node>> consumers = new ArrayList<>();
    graph.main().tensors().forEach(tensor -> consumers.add(new ArrayList<>()));
    for (Node node : graph.main().nodes()) {
      node.inputs().stream()
          .filter(input -> input >= 0)
          .forEach(input -> consumers.get(input).add(node));
    }
    return consumers;
  }

  private static List<ChannelSplit> channelSplits(
      Graph graph, int peak, List<List<Node>> consumers) {
    List<ChannelSplit> splits = new ArrayList<>();
    for (Node node : graph.main().nodes()) {
      if (node.index() <= peak && node.index() >= peak - REACH) {
        for (List<Node> chain : ChannelSplit.chains(graph, node, consumers)) {
          PARTS.forEach(parts -> splits.add(new ChannelSplit(chain, parts)));
        }
      }
    }
    return splits;
  }

  private static String describe(ChannelSplit split) {
    Node first = split.nodes().getFirst();
    Node last = split.nodes().getLast();
    return String.format(
        Locale.ROOT,
        "cut %s #%d to %s #%d into %d groups of channels, run one after the other and concatenated",
        first.label(),
        first.index(),
        last.label(),
        last.index(),
        split.parts());
  }
}
