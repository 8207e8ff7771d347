package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import java.util.BitSet;
import java.util.List;

/**
 * Refuses a graph that cannot be run: operands out of range, wrong arity, operators before their
 * inputs, absurd quantisation, endless control flow. Shapes and scales of single operators are
 * checked by {@link OperatorValidator}.
 */
final class GraphValidator {
  /** All activations of one model together; see TensorReader for the reason of the figure. */
  private static final long ACTIVATION_BYTES_MAX = 512L << 20;

  /** Small constants are shared by many tensors; this is far more than any model shares. */
  private static final long SHARED_BYTES_MAX = 16L << 20;

  private final Graph graph;

  private GraphValidator(Graph graph) {
    this.graph = graph;
  }

  /**
   * Checks a whole graph.
   *
   * @throws InputException naming subgraph, operator and tensor of the first defect
   */
  static void validate(Graph graph) {
    new GraphValidator(graph).validate();
  }

  private void validate() {
    long activationBytes = 0;
    long constantBytes = 0;
    for (int i = 0; i < graph.subgraphs().size(); i++) {
      Subgraph subgraph = graph.subgraphs().get(i);
      try {
        for (Tensor tensor : subgraph.tensors()) {
          activationBytes += tensor.constant() ? 0 : tensor.bytes();
          constantBytes += tensor.constant() ? tensor.bytes() : 0;
          QuantizationValidator.validate(tensor);
        }
        validateOrder(subgraph);
        validateNodes(subgraph);
      } catch (InputException defect) {
        throw defect.within("subgraph " + i);
      }
    }
    if (activationBytes > ACTIVATION_BYTES_MAX) {
      throw InputException.of(
          "", "", activationBytes + " bytes of activations", "at most " + ACTIVATION_BYTES_MAX);
    }
    if (constantBytes > 4 * graph.fileBytes() + SHARED_BYTES_MAX) {
      throw InputException.of(
          "",
          "",
          constantBytes + " bytes of constants in a file of " + graph.fileBytes(),
          "tensors that do not all share one buffer");
    }
    CallTree.validate(graph);
  }

  private void validateNodes(Subgraph subgraph) {
    for (Node node : subgraph.nodes()) {
      try {
        OperatorValidator.validate(subgraph, node);
      } catch (InputException defect) {
        throw defect.within(place(node));
      }
    }
  }

  private static String place(Node node) {
    return "operator " + node.index() + " (" + node.label() + ')';
  }

  /** Every operator reads what is constant, an input, a variable, or written before it. */
  private static void validateOrder(Subgraph subgraph) {
    BitSet available = new BitSet(subgraph.tensors().size());
    for (Tensor tensor : subgraph.tensors()) {
      available.set(tensor.index(), tensor.constant() || tensor.variable());
    }
    for (int input : subgraph.inputs()) {
      requireIndex(subgraph, input, "the subgraph's inputs");
      available.set(input);
    }
    for (Node node : subgraph.nodes()) {
      try {
        validateOperands(subgraph, node, available);
      } catch (InputException defect) {
        throw defect.within(place(node));
      }
    }
    for (int output : subgraph.outputs()) {
      requireIndex(subgraph, output, "the subgraph's outputs");
      if (!available.get(output)) {
        throw InputException.of(
            "", "outputs", "tensor " + output + " is never written", "the output of an operator");
      }
    }
  }

  private static void validateOperands(Subgraph subgraph, Node node, BitSet available) {
    if (node.operator() == Operator.CUSTOM && !Signature.knowsCustom(node.customName())) {
      throw InputException.of(
              "",
              "",
              "unknown custom operator \"" + node.customName() + '"',
              "a custom operator that runs on a Cortex-M: "
                  + String.join(", ", Signature.customOperators()))
          .withHint(Signature.whyNot(node.customName()));
    }
    Signature signature = Signature.of(node.operator());
    requireCount("inputs", node.inputs(), signature.inputsMin(), signature.inputsMax());
    requireCount("outputs", node.outputs(), signature.outputsMin(), signature.outputsMax());
    for (int i = 0; i < node.inputs().size(); i++) {
      int input = node.inputs().get(i);
      boolean absent = input == -1 && signature.optional().contains(i);
      if (!absent) {
        requireIndex(subgraph, input, "input " + i);
        if (!available.get(input)) {
          throw InputException.of(
              "",
              "input " + i,
              "tensor " + input + " is not written by an earlier operator",
              "a constant, a model input or an earlier output (no cycles, no missing buffers)");
        }
      }
    }
    for (int intermediate : node.intermediates()) {
      requireIndex(subgraph, intermediate, "intermediates");
    }
    for (int output : node.outputs()) {
      requireIndex(subgraph, output, "outputs");
      Tensor tensor = subgraph.tensor(output);
      boolean kept = tensor.variable() && !Signature.writesVariable(node.customName());
      if (tensor.constant() || kept || (available.get(output) && !tensor.variable())) {
        throw InputException.of(
            "",
            "outputs",
            "tensor " + output + " has contents before this operator writes it",
            "a tensor of its own");
      }
      available.set(output);
    }
  }

  private static void requireIndex(Subgraph subgraph, int index, String what) {
    int count = subgraph.tensors().size();
    if (index < 0 || index >= count) {
      throw InputException.of("", what, "tensor " + index, "0 to " + (count - 1));
    }
  }

  private static void requireCount(String what, List<Integer> operands, int min, int max) {
    if (operands.size() < min || operands.size() > max) {
      throw InputException.of(
          "",
          what,
          operands.size() + " operands",
          min == max ? String.valueOf(min) : min + " to " + max);
    }
  }

  /** Checks of the scales of single tensors. */
  private static final class QuantizationValidator {
    static void validate(Tensor tensor) {
      if (tensor.quantization().isEmpty()) {
        return;
      }
      String place =
          "tensor " + tensor.index() + (tensor.name().isEmpty() ? "" : " \"" + tensor.name() + '"');
      Quantization quantization = tensor.quantization().get();
      for (float scale : quantization.scales()) {
        if (!(scale > 0) || !Float.isFinite(scale)) {
          throw InputException.of("", place, "scale " + scale, "finite and above 0");
        }
      }
      for (int zeroPoint : quantization.zeroPoints()) {
        if (zeroPoint < lowest(tensor.type()) || zeroPoint > highest(tensor.type())) {
          throw InputException.of(
              "",
              place,
              "zero point " + zeroPoint,
              lowest(tensor.type()) + " to " + highest(tensor.type()) + " for " + tensor.type());
        }
      }
      if (quantization.perChannel()) {
        validateAxis(tensor, quantization, place);
      }
    }

    private static void validateAxis(Tensor tensor, Quantization quantization, String place) {
      int axis = quantization.axis();
      if (axis < 0 || axis >= tensor.shape().rank()) {
        throw InputException.of(
            "", place, "quantised axis " + axis, "an axis of [" + tensor.shape() + ']');
      }
      if (quantization.scales().length != tensor.shape().dim(axis)) {
        throw InputException.of(
            "",
            place,
            quantization.scales().length + " scales",
            tensor.shape().dim(axis) + ", the extent of axis " + axis);
      }
    }

    private static int lowest(DataType type) {
      return switch (type) {
        case INT4 -> -8;
        case INT8 -> Byte.MIN_VALUE;
        case INT16 -> Short.MIN_VALUE;
        case UINT8, UINT16, UINT32, BOOL -> 0;
        default -> Integer.MIN_VALUE;
      };
    }

    private static int highest(DataType type) {
      return switch (type) {
        case INT4 -> 7;
        case INT8 -> Byte.MAX_VALUE;
        case UINT8 -> 255;
        case INT16 -> Short.MAX_VALUE;
        case UINT16 -> 65_535;
        default -> Integer.MAX_VALUE;
      };
    }
  }
}
