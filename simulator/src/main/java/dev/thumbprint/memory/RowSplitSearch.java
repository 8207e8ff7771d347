package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for the chain of operators around the peak whose cut into bands of rows saves most. */
final class RowSplitSearch {
  private static final List<Integer> PARTS = List.of(2, 3, 4, 6, ChannelSplit.PARTS_MAX);

  /** Operators before the peak in which a chain may begin. */
  private static final int REACH = 8;

  /** Operators of a chain: the overlap of bands grows with each. */
  private static final int CHAIN_MAX = 16;

  /** Cuts that are planned to the byte, of those whose bytes alive at once promise most. */
  private static final int PLANNED_MAX = 6;

  /** A cut that saves nearly as much with fewer multiplications repeated is the better advice. */
  private static final double NEARLY = 0.95;

  private final Graph graph;
  private final PlanOptions options;
  private final MemoryPlan before;
  private final long macs;

  private RowSplitSearch(Graph graph, PlanOptions options, MemoryPlan before) {
    this.graph = graph;
    this.options = options;
    this.before = before;
    this.macs = macs(graph);
  }

  private static long macs(Graph graph) {
    return Lowering.network(graph).macs();
  }

  /** A cut that may be worth planning. */
  private record Candidate(RowSplit split, RowSplit.Cut cut, long lowestBytes, long macs) {}

  /** A cut with its plan. */
  private record Found(Candidate candidate, Graph model, long gainBytes) {}

  /**
   * The best cut, empty where none saves anything.
   *
   * @param before plan of the model as it is
   * @param consumers nodes that read each tensor
   */
  static Optional<MemoryAdvice> best(
      Graph graph, PlanOptions options, MemoryPlan before, List<List<Node>> consumers) {
    RowSplitSearch search = new RowSplitSearch(graph, options, before);
    List<Found> found =
        search.candidates(consumers).stream()
            .sorted(
                Comparator.comparingLong(Candidate::lowestBytes).thenComparingLong(Candidate::macs))
            .limit(PLANNED_MAX)
            .map(search::plan)
            .filter(one -> one.gainBytes() > 0)
            .toList();
    long most = found.stream().mapToLong(Found::gainBytes).max().orElse(0);
    return found.stream()
        .filter(one -> one.gainBytes() >= NEARLY * most)
        .min(
            Comparator.comparingLong((Found one) -> one.candidate().macs())
                .thenComparingLong(one -> -one.gainBytes()))
        .map(search::advice);
  }

  private List<Candidate> candidates(List<List<Node>> consumers) {
    int peak = before.peakStep() - 1;
    List<Candidate> candidates = new ArrayList<>();
    for (Node first : graph.main().nodes()) {
      if (first.index() <= peak && first.index() >= peak - REACH) {
        for (List<Node> chain : RowSplit.chains(graph, first, consumers, CHAIN_MAX)) {
          if (chain.size() > 1 && touches(chain, peak)) {
            PARTS.forEach(
                parts -> candidate(new RowSplit(chain, parts)).ifPresent(candidates::add));
          }
        }
      }
    }
    return candidates;
  }

  /** Whether a chain takes part in the peak; else cutting it cannot lower that. */
  private static boolean touches(List<Node> chain, int peak) {
    Set<Integer> steps = chain.stream().map(Node::index).collect(Collectors.toSet());
    return steps.contains(peak);
  }

  private Optional<Candidate> candidate(RowSplit split) {
    return split
        .apply(graph)
        .map(
            cut -> {
              MemoryPlan plan = ArenaPlanner.plan(cut.graph(), options);
              long lowest =
                  plan.tailBytes()
                      + SharedPlaces.lowestBytes(plan, InPlace.places(plan, cut.places()));
              return new Candidate(split, cut, lowest, macs(cut.graph()));
            })
        .filter(one -> one.lowestBytes() < before.arenaUsedBytes());
  }

  private Found plan(Candidate candidate) {
    BetterPlan plan = BetterPlan.of(candidate.cut(), options);
    long gain = before.arenaUsedBytes() - plan.after().arenaUsedBytes();
    return new Found(candidate, plan.graph(), gain);
  }

  private MemoryAdvice advice(Found found) {
    RowSplit split = found.candidate().split();
    Node first = split.nodes().getFirst();
    Node last = split.nodes().getLast();
    long more = found.candidate().macs() - macs;
    String message =
        String.format(
            Locale.ROOT,
            "cut %s #%d to %s #%d into %d bands of rows, run one after the other; repeats %,d"
                + " multiply-accumulates, %.1f %% more",
            first.label(),
            first.index(),
            last.label(),
            last.index(),
            split.parts(),
            more,
            macs == 0 ? 0 : 100.0 * more / macs);
    return new MemoryAdvice("row-split", found.gainBytes(), message, found.model());
  }
}
