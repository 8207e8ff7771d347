package dev.thumbprint.model;

import dev.thumbprint.cost.work.Operator;
import java.util.List;

/**
 * One operator of a subgraph, in execution order.
 *
 * @param index position in its subgraph
 * @param operator the operator
 * @param customName name of a custom operator, else empty
 * @param inputs tensor indices; -1 stands for an optional input that is absent
 * @param outputs tensor indices
 * @param intermediates tensor indices of intermediate tensors (LSTM)
 * @param options parameters of the operator, {@link Options.None} where it has none
 */
public record Node(
    int index,
    Operator operator,
    String customName,
    List<Integer> inputs,
    List<Integer> outputs,
    List<Integer> intermediates,
    Options options) {

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    intermediates = List.copyOf(intermediates);
  }

  /** Name for messages and tables: the builtin operator's, or the custom one's. */
  public String label() {
    return operator == Operator.CUSTOM ? customName : operator.name();
  }
}
