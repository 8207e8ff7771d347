package dev.thumbprint.run;

import dev.thumbprint.model.Graph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The memory of one execution of a program: a frame per subgraph and the resource variables. */
public final class Execution {
  private final Frame[] frames;
  private final Map<String, Object> resources = new HashMap<>();
  private boolean initialised;

  Execution(Graph graph, List<Object[]> constants, List<List<Prepared>> prepared) {
    frames = new Frame[graph.subgraphs().size()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new Frame(this, graph.subgraphs().get(i), constants.get(i));
    }
    for (int i = 0; i < frames.length; i++) {
      List<Prepared> nodes = prepared.get(i);
      for (int node = 0; node < nodes.size(); node++) {
        frames[i].bind(node, nodes.get(node).bind(frames[i]));
      }
    }
    reset();
  }

  /** The tensors of a subgraph. */
  public Frame frame(int subgraph) {
    return frames[subgraph];
  }

  /** The resource of a name, made on first use. */
  public Object resource(String name, Supplier<Object> initial) {
    return resources.computeIfAbsent(name, _ -> initial.get());
  }

  /** Whether CALL_ONCE has yet to run in this execution. */
  public boolean firstCall() {
    return !initialised;
  }

  /** Ends the first inference. */
  void inferenceDone() {
    initialised = true;
  }

  /** Puts all variable tensors back to their first value. */
  void reset() {
    for (Frame frame : frames) {
      frame.reset();
    }
  }
}
