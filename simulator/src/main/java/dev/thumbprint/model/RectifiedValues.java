package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import java.util.HashMap;
import java.util.Map;

/**
 * How many values of a float activation are expected to be zero, where nothing but the graph is
 * known: a rectifier leaves none of those below zero, and a sum of weighted values is as often
 * below as above. Of the LeNet that the trainer makes, 51 to 71 % are ({@code LenetValuesTest}).
 * Four neighbours are zero at once half as often (26 and 47 % there). A residual sum with a
 * rectified shortcut falls below zero where the shortcut is zero and the branch below, or where the
 * branch is farther below than the shortcut is above: half of the one share and a quarter of the
 * other, if both spread alike.
 */
final class RectifiedValues {
  private static final double RECTIFIED = 0.5;
  private static final double POOLED = 0.5;

  private final Subgraph subgraph;
  private final Map<Integer, Double> zeros = new HashMap<>();

  RectifiedValues(Subgraph subgraph) {
    this.subgraph = subgraph;
  }

  /** The share of zeros in what a node reads; nodes are asked in the order of execution. */
  double before(Node node) {
    if (node.inputs().isEmpty() || node.outputs().isEmpty()) {
      return 0;
    }
    int output = node.outputs().getFirst();
    if (subgraph.tensor(output).type() == DataType.FLOAT32) {
      zeros.put(output, after(node));
    }
    return read(node, 0);
  }

  private double read(Node node, int input) {
    return input < node.inputs().size() ? zeros.getOrDefault(node.inputs().get(input), 0.0) : 0;
  }

  private double after(Node node) {
    double read = read(node, 0);
    return switch (node.operator()) {
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, TRANSPOSE_CONV ->
          isRectifier(Lowering.activation(node.options())) ? RECTIFIED : 0;
      case ADD -> isRectifier(Lowering.activation(node.options())) ? afterSum(node) : 0;
      case RELU, RELU6 -> Math.max(read, RECTIFIED);
      case AVERAGE_POOL_2D, MAX_POOL_2D -> read * POOLED;
      case RESHAPE, SQUEEZE, EXPAND_DIMS, TRANSPOSE, PAD -> read;
      default -> 0;
    };
  }

  private double afterSum(Node node) {
    double shortcut = Math.max(read(node, 0), read(node, 1));
    return shortcut == 0 ? RECTIFIED : shortcut / 2 + (1 - shortcut) / 4;
  }

  private static boolean isRectifier(Activation activation) {
    return activation == Activation.RELU || activation == Activation.RELU6;
  }
}
