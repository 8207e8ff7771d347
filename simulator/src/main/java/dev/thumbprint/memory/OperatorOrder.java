package dev.thumbprint.memory;

import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for an order of execution in which fewer bytes are alive at once. Follows the orders that
 * look best so far, a fixed number of them, so that time grows with the square of the operators at
 * most.
 */
final class OperatorOrder {
  /** Partial orders that are followed at a time. */
  private static final int BEAM = 48;

  /** Operators beyond which no order is looked for. */
  private static final int OPERATORS_MAX = 500;

  private final Subgraph subgraph;
  private final RuntimeBuild build;
  private final int[] uses;
  private final boolean[] kept;
  private final long[] scratch;
  private final List<List<Integer>> before = new ArrayList<>();

  private OperatorOrder(Subgraph subgraph, RuntimeBuild build) {
    this.subgraph = subgraph;
    this.build = build;
    this.uses = new int[subgraph.tensors().size()];
    this.kept = new boolean[subgraph.tensors().size()];
    this.scratch = new long[subgraph.nodes().size()];
  }

  /** A partial order; never changed once made. */
  @SuppressWarnings("ArrayRecordComponent") // read by index in the hot loop
  private record State(
      BitSet done, int[] left, BitSet alive, long live, long peak, State previous, int node) {}

  /** The operators in a better order, or as they are where none is found or none may be. */
  static List<Node> improve(Subgraph subgraph, RuntimeBuild build) {
    if (subgraph.nodes().size() > OPERATORS_MAX || !movable(subgraph)) {
      return subgraph.nodes();
    }
    OperatorOrder search = new OperatorOrder(subgraph, build);
    search.prepare();
    return search.run();
  }

  /** Operators with effects beside their outputs keep their order. */
  private static boolean movable(Subgraph subgraph) {
    return subgraph.nodes().stream()
        .noneMatch(
            node ->
                switch (node.operator()) {
                  case IF, WHILE, CALL_ONCE, CUSTOM, VAR_HANDLE, READ_VARIABLE, ASSIGN_VARIABLE ->
                      true;
                  default -> false;
                });
  }

  private void prepare() {
    Map<Integer, Integer> writer = new HashMap<>();
    Map<Integer, Integer> variableUser = new HashMap<>();
    for (Node node : subgraph.nodes()) {
      List<Integer> needs = new ArrayList<>();
      for (int input : node.inputs()) {
        if (input >= 0) {
          uses[input]++;
          if (writer.containsKey(input)) {
            needs.add(writer.get(input));
          }
          if (subgraph.tensor(input).variable()) {
            Integer other = variableUser.put(input, node.index());
            if (other != null) {
              needs.add(other);
            }
          }
        }
      }
      node.outputs().forEach(output -> writer.put(output, node.index()));
      before.add(needs);
      scratch[node.index()] =
          KernelDemands.of(subgraph, node, build).stream()
              .mapToLong(d -> d instanceof Demand.Scratch s ? aligned(s.bytes()) : 0)
              .sum();
    }
    subgraph.outputs().forEach(output -> kept[output] = true);
  }

  private static long aligned(long bytes) {
    return StructSizes.alignUp(bytes, StructSizes.ARENA_ALIGNMENT);
  }

  private long bytes(int tensor) {
    Tensor t = subgraph.tensor(tensor);
    return t.constant() || t.variable() ? 0 : aligned(Demands.bytes(t));
  }

  private List<Node> run() {
    BitSet alive = new BitSet();
    long live = 0;
    for (int input : subgraph.inputs()) {
      if (!alive.get(input)) {
        alive.set(input);
        live += bytes(input);
      }
    }
    List<State> beam = List.of(new State(new BitSet(), uses.clone(), alive, live, live, null, -1));
    for (int depth = 0; depth < subgraph.nodes().size(); depth++) {
      Map<BitSet, State> next = new HashMap<>();
      for (State state : beam) {
        for (Node node : subgraph.nodes()) {
          if (!state.done().get(node.index()) && ready(state, node)) {
            State after = execute(state, node);
            next.merge(after.done(), after, (a, b) -> a.peak() <= b.peak() ? a : b);
          }
        }
      }
      if (next.isEmpty()) {
        return subgraph.nodes();
      }
      beam =
          next.values().stream()
              .sorted(
                  Comparator.comparingLong(State::peak)
                      .thenComparingLong(State::live)
                      .thenComparing(state -> state.done().toString()))
              .limit(BEAM)
              .toList();
    }
    return order(beam.getFirst());
  }

  private boolean ready(State state, Node node) {
    return before.get(node.index()).stream().allMatch(state.done()::get);
  }

  private State execute(State state, Node node) {
    BitSet done = (BitSet) state.done().clone();
    done.set(node.index());
    int[] left = state.left().clone();
    BitSet alive = (BitSet) state.alive().clone();
    long live = state.live();
    for (int output : node.outputs()) {
      if (!alive.get(output)) {
        alive.set(output);
        live += bytes(output);
      }
    }
    long peak = Math.max(state.peak(), live + scratch[node.index()]);
    for (int input : node.inputs()) {
      if (input >= 0 && --left[input] == 0 && !kept[input] && alive.get(input)) {
        alive.clear(input);
        live -= bytes(input);
      }
    }
    for (int output : node.outputs()) {
      if (left[output] == 0 && !kept[output] && alive.get(output)) {
        alive.clear(output);
        live -= bytes(output);
      }
    }
    return new State(done, left, alive, live, peak, state, node.index());
  }

  private List<Node> order(State last) {
    List<Node> reversed = new ArrayList<>();
    for (State state = last; state.previous() != null; state = state.previous()) {
      reversed.add(subgraph.nodes().get(state.node()));
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : reversed.reversed()) {
      nodes.add(
          new Node(
              nodes.size(),
              node.operator(),
              node.customName(),
              node.inputs(),
              node.outputs(),
              node.intermediates(),
              node.options()));
    }
    return nodes;
  }
}
