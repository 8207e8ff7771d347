package dev.thumbprint.model;

import java.util.List;

/**
 * A list of operators over a list of tensors.
 *
 * @param name name in the file, may be empty
 * @param tensors all tensors, by index
 * @param nodes the operators in execution order
 * @param inputs tensor indices of the subgraph's inputs
 * @param outputs tensor indices of the subgraph's outputs
 */
public record Subgraph(
    String name,
    List<Tensor> tensors,
    List<Node> nodes,
    List<Integer> inputs,
    List<Integer> outputs) {

  public Subgraph {
    tensors = List.copyOf(tensors);
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The tensor at {@code index}. */
  public Tensor tensor(int index) {
    return tensors.get(index);
  }
}
