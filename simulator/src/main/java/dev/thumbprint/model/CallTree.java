package dev.thumbprint.model;

import java.util.List;

/** Refuses control flow that names a missing subgraph or comes back to its own. */
final class CallTree {
  private final Graph graph;
  private final boolean[] open;
  private final boolean[] done;

  private CallTree(Graph graph) {
    this.graph = graph;
    open = new boolean[graph.subgraphs().size()];
    done = new boolean[graph.subgraphs().size()];
  }

  static void validate(Graph graph) {
    CallTree tree = new CallTree(graph);
    for (int index = 0; index < tree.done.length; index++) {
      if (!tree.done[index]) {
        tree.visit(index);
      }
    }
  }

  /** At most 256 subgraphs, each visited once: the depth is bounded. */
  private void visit(int index) {
    open[index] = true;
    for (Node node : graph.subgraphs().get(index).nodes()) {
      for (int callee : callees(node.options())) {
        String place =
            "subgraph " + index + ", operator " + node.index() + " (" + node.label() + ')';
        if (callee < 0 || callee >= open.length) {
          throw InputException.of("", place, "subgraph " + callee, "0 to " + (open.length - 1));
        }
        if (open[callee]) {
          throw InputException.of("", place, "calls subgraph " + callee + " again", "no recursion");
        }
        if (!done[callee]) {
          visit(callee);
        }
      }
    }
    open[index] = false;
    done[index] = true;
  }

  private static List<Integer> callees(Options options) {
    return switch (options) {
      case Options.If branch -> List.of(branch.thenSubgraph(), branch.elseSubgraph());
      case Options.While loop -> List.of(loop.conditionSubgraph(), loop.bodySubgraph());
      case Options.CallOnce call -> List.of(call.initSubgraph());
      default -> List.of();
    };
  }
}
