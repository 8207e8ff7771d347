package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.cost.work.Operator;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds output channels whose weights are all zero, and follows them to the layers that read them.
 * Such a channel is a constant, which some runtimes leave out.
 */
final class LiveChannels {
  private final Subgraph subgraph;
  private final Map<Integer, BitSet> dead = new HashMap<>();

  LiveChannels(Subgraph subgraph) {
    this.subgraph = subgraph;
  }

  /** What the weights of a node use; nodes are asked in the order of execution. */
  Live of(Node node) {
    if (node.inputs().isEmpty() || node.outputs().isEmpty()) {
      return Live.ALL;
    }
    BitSet before = dead.getOrDefault(node.inputs().getFirst(), new BitSet());
    return switch (node.operator()) {
      case CONV_2D, FULLY_CONNECTED, DEPTHWISE_CONV_2D -> weighted(node, before);
      case AVERAGE_POOL_2D, MAX_POOL_2D, MEAN, RESHAPE, RELU, RELU6 -> {
        if (channels(node.inputs().getFirst()) == channels(node.outputs().getFirst())) {
          dead.put(node.outputs().getFirst(), before);
        }
        yield Live.ALL;
      }
      default -> Live.ALL;
    };
  }

  private Live weighted(Node node, BitSet before) {
    boolean depthwise = node.operator() == Operator.DEPTHWISE_CONV_2D;
    Tensor weights = subgraph.tensor(node.inputs().get(1));
    int inputs = channels(node.inputs().getFirst());
    int outputs = channels(node.outputs().getFirst());
    if (weights.type() != DataType.INT8 || weights.data().isEmpty() || inputs < 1 || outputs < 1) {
      return Live.ALL;
    }
    BitSet after = zeros(weights.data().get(), outputs, depthwise);
    if (depthwise && inputs == outputs) {
      after.or(before);
    }
    dead.put(node.outputs().getFirst(), after);
    return after.isEmpty() && before.isEmpty()
        ? Live.ALL
        : new Live(share(before, inputs), share(after, outputs));
  }

  /** Output channels without a weight; depthwise weights have them innermost. */
  private static BitSet zeros(ByteBuffer data, int outputs, boolean depthwise) {
    BitSet zeros = new BitSet(outputs);
    int taps = data.limit() / outputs;
    for (int channel = 0; channel < outputs; channel++) {
      int tap = 0;
      while (tap < taps
          && data.get(depthwise ? tap * outputs + channel : channel * taps + tap) == 0) {
        tap++;
      }
      zeros.set(channel, tap == taps);
    }
    return zeros;
  }

  private static double share(BitSet constant, int channels) {
    return 1 - Math.min(constant.cardinality(), channels) / (double) channels;
  }

  private int channels(int tensor) {
    return subgraph.tensor(tensor).shape().rank() == 0
        ? 0
        : subgraph.tensor(tensor).shape().dim(-1);
  }
}
