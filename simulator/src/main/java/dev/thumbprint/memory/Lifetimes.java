package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Subgraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * First and last step in which each tensor and each operator is in use. Step 0 holds the inputs;
 * every operator opens a step, and so does every subgraph that a control-flow operator enters.
 * Source: tensorflow/tflite-micro 90b983c2, micro_allocation_info.cc.
 */
final class Lifetimes {
  /** A tensor that no operator of the executed subgraphs touches. */
  static final int UNUSED = -1;

  /** Depth of nested control flow that is followed; a deeper one can only be a cycle. */
  private static final int DEPTH_MAX = 64;

  private final Graph graph;
  private final int[][] tensorFirst;
  private final int[][] tensorLast;
  private final int[][] nodeFirst;
  private final int[][] nodeLast;
  private final List<String> steps = new ArrayList<>();

  private Lifetimes(Graph graph) {
    this.graph = graph;
    int subgraphs = graph.subgraphs().size();
    tensorFirst = new int[subgraphs][];
    tensorLast = new int[subgraphs][];
    nodeFirst = new int[subgraphs][];
    nodeLast = new int[subgraphs][];
    for (int s = 0; s < subgraphs; s++) {
      Subgraph subgraph = graph.subgraphs().get(s);
      tensorFirst[s] = unused(subgraph.tensors().size());
      tensorLast[s] = unused(subgraph.tensors().size());
      nodeFirst[s] = unused(subgraph.nodes().size());
      nodeLast[s] = unused(subgraph.nodes().size());
    }
  }

  private static int[] unused(int length) {
    int[] array = new int[length];
    Arrays.fill(array, UNUSED);
    return array;
  }

  /**
   * Follows the main subgraph and everything it enters.
   *
   * @throws InputException if control flow enters itself
   */
  static Lifetimes of(Graph graph) {
    Lifetimes lifetimes = new Lifetimes(graph);
    lifetimes.steps.add("inputs");
    lifetimes.mark(0, 0);
    return lifetimes;
  }

  int first(int subgraph, int tensor) {
    return tensorFirst[subgraph][tensor];
  }

  int last(int subgraph, int tensor) {
    return tensorLast[subgraph][tensor];
  }

  int nodeFirst(int subgraph, int node) {
    return nodeFirst[subgraph][node];
  }

  int nodeLast(int subgraph, int node) {
    return nodeLast[subgraph][node];
  }

  /** What happens in each step, for tables. */
  List<String> steps() {
    return steps;
  }

  private int now() {
    return steps.size() - 1;
  }

  private void mark(int index, int depth) {
    if (depth > DEPTH_MAX) {
      throw InputException.of(
          graph.name(),
          "control flow",
          "subgraphs nested deeper than %d levels".formatted(DEPTH_MAX),
          "an end: a subgraph that enters itself is never planned to its end");
    }
    Subgraph subgraph = graph.subgraphs().get(index);
    for (int tensor : subgraph.inputs()) {
      create(index, tensor);
      use(index, tensor);
    }
    for (Node node : subgraph.nodes()) {
      steps.add(node.label());
      for (int tensor : node.outputs()) {
        create(index, tensor);
      }
      if (nodeFirst[index][node.index()] == UNUSED) {
        nodeFirst[index][node.index()] = now();
      }
      enter(node, depth);
      for (int tensor : node.inputs()) {
        if (tensor >= 0) {
          use(index, tensor);
        }
      }
      for (int tensor : node.outputs()) {
        use(index, tensor);
      }
      nodeLast[index][node.index()] = now();
    }
    for (int tensor : subgraph.outputs()) {
      create(index, tensor);
      use(index, tensor);
    }
  }

  private void enter(Node node, int depth) {
    switch (node.options()) {
      case Options.If branch -> {
        enter(branch.thenSubgraph(), "then", depth);
        enter(branch.elseSubgraph(), "else", depth);
      }
      case Options.While loop -> {
        enter(loop.conditionSubgraph(), "condition", depth);
        enter(loop.bodySubgraph(), "body", depth);
      }
      case Options.CallOnce call -> enter(call.initSubgraph(), "initialisation", depth);
      default -> {
        // no other operator enters a subgraph
      }
    }
  }

  private void enter(int subgraph, String role, int depth) {
    if (subgraph < 0 || subgraph >= graph.subgraphs().size()) {
      throw InputException.of(
          graph.name(),
          "control flow",
          "subgraph " + subgraph,
          "0 to " + (graph.subgraphs().size() - 1));
    }
    steps.add(role);
    mark(subgraph, depth + 1);
  }

  private void create(int subgraph, int tensor) {
    if (tensorFirst[subgraph][tensor] == UNUSED) {
      tensorFirst[subgraph][tensor] = now();
    }
  }

  private void use(int subgraph, int tensor) {
    tensorLast[subgraph][tensor] = now();
  }
}
