package dev.thumbprint.run;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The memory of one execution of a program: a frame per subgraph and the resource variables. */
public final class Execution {
  /** An inference that runs subgraphs more often is taken to run for ever. */
  public static final int CALLS_MAX = 1 << 20;

  private final Frame[] frames;
  private final List<String> handles = new ArrayList<>();
  private final List<Object> resources = new ArrayList<>();
  private final List<Tensor> assigned = new ArrayList<>();
  private final List<Runnable> resets = new ArrayList<>();
  private boolean stopped;
  private int calls;

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

  /** The number of the resource variable of a name, given on first use. */
  public int resourceHandle(String name) {
    int known = handles.indexOf(name);
    if (known >= 0) {
      return known;
    }
    handles.add(name);
    resources.add(null);
    assigned.add(null);
    return handles.size() - 1;
  }

  /** The contents of a resource variable, null before the first assignment. */
  public Object resource(int handle) {
    return handle >= 0 && handle < resources.size() ? resources.get(handle) : null;
  }

  /** The contents of a resource variable, made like {@code value} on the first assignment. */
  public Object assigned(int handle, Tensor value) {
    if (handle < 0 || handle >= resources.size()) {
      throw InputException.of("", "", "resource handle " + handle, "one that VAR_HANDLE made");
    }
    if (resources.get(handle) == null) {
      resources.set(handle, TensorArrays.allocate(value));
      assigned.set(handle, value);
      TensorArrays.reset(value, resources.get(handle));
    }
    Object held = resources.get(handle);
    Object like = TensorArrays.sameKind(held, value) ? held : null;
    if (like == null) {
      throw InputException.of(
          "", "", "a variable assigned with two shapes or types", "one shape and type");
    }
    return like;
  }

  /** Ends the current inference after the running operator; a streaming operator lacks input. */
  public void stop() {
    stopped = true;
  }

  /** Whether an operator ended the current inference early. */
  boolean stopped() {
    return stopped;
  }

  /** A new inference begins. */
  void begin() {
    stopped = false;
    calls = 0;
  }

  /** Counts a run of a subgraph; false once there are too many in one inference. */
  public boolean mayCall() {
    return ++calls <= CALLS_MAX;
  }

  /** Has {@code state} put back with the variables: the state of an operator of its own. */
  public void onReset(Runnable state) {
    resets.add(state);
  }

  /** Puts variable tensors, resource variables and states back to their first value. */
  void reset() {
    for (Frame frame : frames) {
      frame.reset();
    }
    for (int i = 0; i < resources.size(); i++) {
      if (resources.get(i) != null) {
        TensorArrays.reset(assigned.get(i), resources.get(i));
      }
    }
    resets.forEach(Runnable::run);
  }
}
