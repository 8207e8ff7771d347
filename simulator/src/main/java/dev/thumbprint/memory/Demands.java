package dev.thumbprint.memory;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Collects what one operator's Prepare requests, with the tensors of that operator at hand. */
final class Demands {
  final Subgraph subgraph;
  final Node node;
  final RuntimeBuild build;
  private final List<Demand> collected = new ArrayList<>();

  Demands(Subgraph subgraph, Node node, RuntimeBuild build) {
    this.subgraph = subgraph;
    this.node = node;
    this.build = build;
  }

  List<Demand> collected() {
    return collected;
  }

  /** Whether input {@code position} is given. */
  boolean hasInput(int position) {
    return position < node.inputs().size() && node.inputs().get(position) >= 0;
  }

  /**
   * The input at {@code position}.
   *
   * @throws MemoryException if the operator lacks it
   */
  Tensor input(int position) {
    if (!hasInput(position)) {
      throw new MemoryException(
          "operator %d (%s) lacks input %d".formatted(node.index(), node.label(), position));
    }
    return subgraph.tensor(node.inputs().get(position));
  }

  /**
   * The output at {@code position}.
   *
   * @throws MemoryException if the operator lacks it
   */
  Tensor output(int position) {
    if (position >= node.outputs().size()) {
      throw new MemoryException(
          "operator %d (%s) lacks output %d".formatted(node.index(), node.label(), position));
    }
    return subgraph.tensor(node.outputs().get(position));
  }

  /** Dimension {@code index} of a tensor whose rank was checked by the runtime. */
  int dim(Tensor tensor, int index) {
    Shape shape = tensor.shape();
    int at = index < 0 ? shape.rank() + index : index;
    if (at < 0 || at >= shape.rank()) {
      throw new MemoryException(
          "operator %d (%s): tensor %d has shape [%s], but dimension %d is needed"
              .formatted(node.index(), node.label(), tensor.index(), shape, index));
    }
    return shape.dim(at);
  }

  void persistent(String what, long bytes) {
    collected.add(new Demand.Persistent(what, bytes));
  }

  void scratch(String what, long bytes) {
    collected.add(new Demand.Scratch(what, bytes));
  }

  /** A scratch buffer that the kernel requests only where it is larger than nothing. */
  void scratchIfAny(String what, long bytes) {
    if (bytes > 0) {
      scratch(what, bytes);
    }
  }

  /** Temporary structures of the inputs at the given positions, absent ones left out. */
  void temporaryInputs(int... positions) {
    for (int position : positions) {
      if (hasInput(position)) {
        collected.add(new Demand.Temporary(node.inputs().get(position)));
      }
    }
  }

  void temporaryOutput(int position) {
    collected.add(new Demand.Temporary(node.outputs().get(position)));
  }

  /** Temporary structures of every input and output, each once. */
  void temporariesOnce() {
    for (int input : node.inputs()) {
      if (input >= 0) {
        collected.add(new Demand.Temporary(input));
      }
    }
    for (int output : node.outputs()) {
      collected.add(new Demand.Temporary(output));
    }
  }

  /** Elements of a tensor. */
  static long elements(Tensor tensor) {
    return tensor.shape().elements();
  }

  /** Bytes as the runtime counts them: an int4 element takes a whole byte. */
  static long bytes(Tensor tensor) {
    return elements(tensor) * elementBytes(tensor.type());
  }

  /** Bytes of one element in the arena. */
  static int elementBytes(DataType type) {
    return Math.max(1, type.bits() / Byte.SIZE);
  }
}
