package dev.thumbprint.memory;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Options;

/** The resource variables that a model names. */
final class ResourceVariables {
  private ResourceVariables() {}

  /** The identity of a variable: container and shared name. */
  static String name(Options.VarHandle handle) {
    return handle.container() + "/" + handle.sharedName();
  }

  /** Number of different variables. */
  static int count(Graph graph) {
    return (int)
        graph.subgraphs().stream()
            .flatMap(subgraph -> subgraph.nodes().stream())
            .filter(node -> node.options() instanceof Options.VarHandle)
            .map(node -> name((Options.VarHandle) node.options()))
            .distinct()
            .count();
  }
}
