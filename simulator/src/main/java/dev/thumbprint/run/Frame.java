package dev.thumbprint.run;

import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;

/** The tensors of one subgraph in one execution, as typed arrays. Constants are shared. */
public final class Frame {
  private final Execution execution;
  private final Subgraph subgraph;
  private final Object[] arrays;
  private final Step[] steps;

  Frame(Execution execution, Subgraph subgraph, Object[] constants) {
    this.execution = execution;
    this.subgraph = subgraph;
    this.arrays = constants.clone();
    this.steps = new Step[subgraph.nodes().size()];
    for (Tensor tensor : subgraph.tensors()) {
      if (arrays[tensor.index()] == null) {
        arrays[tensor.index()] = TensorArrays.allocate(tensor);
      }
    }
  }

  /** The execution that this frame belongs to: other subgraphs, resource variables. */
  public Execution execution() {
    return execution;
  }

  /** The subgraph whose tensors these are. */
  public Subgraph subgraph() {
    return subgraph;
  }

  /** Elements of a tensor of any type. */
  public Object array(int tensor) {
    return arrays[tensor];
  }

  /** Elements of an 8-bit, BOOL or INT4 tensor; null for the absent tensor -1. */
  public byte[] bytes(int tensor) {
    return tensor < 0 ? null : (byte[]) arrays[tensor];
  }

  /** Elements of a 16-bit tensor; null for the absent tensor -1. */
  public short[] shorts(int tensor) {
    return tensor < 0 ? null : (short[]) arrays[tensor];
  }

  /** Elements of a 32-bit integer tensor; null for the absent tensor -1. */
  public int[] ints(int tensor) {
    return tensor < 0 ? null : (int[]) arrays[tensor];
  }

  /** Elements of a 64-bit integer tensor; null for the absent tensor -1. */
  public long[] longs(int tensor) {
    return tensor < 0 ? null : (long[]) arrays[tensor];
  }

  /** Elements of a single-precision tensor; null for the absent tensor -1. */
  public float[] floats(int tensor) {
    return tensor < 0 ? null : (float[]) arrays[tensor];
  }

  void bind(int node, Step step) {
    steps[node] = step;
  }

  /** Runs one operator. */
  void run(int node) {
    steps[node].run();
  }

  /** Runs all operators in order, or as many as run before one stops the inference. */
  public void run() {
    for (Step step : steps) {
      step.run();
      if (execution.stopped()) {
        return;
      }
    }
  }

  void reset() {
    for (Tensor tensor : subgraph.tensors()) {
      if (tensor.variable()) {
        TensorArrays.reset(tensor, arrays[tensor.index()]);
      }
    }
  }
}
