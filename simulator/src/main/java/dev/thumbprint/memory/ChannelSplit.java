package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a convolution and the operators behind it that treat every channel by itself into groups of
 * channels, one group after the other: what lies between them then exists for one group at a time.
 * The values stay the same bit for bit, and no multiplication is done twice.
 *
 * @param nodes the convolution, then what follows it, as nodes of the main subgraph
 * @param parts number of groups
 */
record ChannelSplit(List<Node> nodes, int parts) {
  private static final int CHANNELS = 3;

  /** Inputs that a concatenation of the runtime takes at most (90b983c2, concatenation.cc). */
  static final int PARTS_MAX = 8;

  ChannelSplit {
    nodes = List.copyOf(nodes);
  }

  /**
   * Chains that begin with a convolution, the longest first; empty where it cannot be cut.
   *
   * @param consumers nodes that read each tensor
   */
  static List<List<Node>> chains(Graph graph, Node first, List<List<Node>> consumers) {
    if (!convolution(graph, first)) {
      return List.of();
    }
    List<List<Node>> chains = new ArrayList<>();
    List<Node> chain = new ArrayList<>(List.of(first));
    while (true) {
      int between = chain.getLast().outputs().getFirst();
      List<Node> readers = consumers.get(between);
      if (readers.size() != 1
          || graph.main().outputs().contains(between)
          || !byChannel(graph, readers.getFirst(), between)) {
        return chains;
      }
      chain.add(readers.getFirst());
      chains.addFirst(List.copyOf(chain));
    }
  }

  private static boolean convolution(Graph graph, Node node) {
    if (node.operator() != Operator.CONV_2D || !constants(graph, node)) {
      return false;
    }
    Tensor input = graph.main().tensor(node.inputs().get(0));
    Tensor filter = graph.main().tensor(node.inputs().get(1));
    return input.shape().rank() == 4 && input.shape().dim(3) == filter.shape().dim(3);
  }

  /** Whether weights and bias are there to be cut. */
  private static boolean constants(Graph graph, Node node) {
    return node.inputs().stream()
        .skip(1)
        .filter(input -> input >= 0)
        .map(graph.main()::tensor)
        .allMatch(
            tensor ->
                tensor.data().isPresent()
                    && tensor.type() != DataType.INT4
                    && tensor.data().get().remaining() == tensor.bytes());
  }

  private static boolean byChannel(Graph graph, Node node, int between) {
    if (graph.main().tensor(between).shape().rank() != 4 || node.inputs().getFirst() != between) {
      return false;
    }
    return switch (node.operator()) {
      case DEPTHWISE_CONV_2D ->
          constants(graph, node)
              && node.options() instanceof Options.DepthwiseConv2d options
              && options.depthMultiplier() == 1;
      case MAX_POOL_2D, AVERAGE_POOL_2D, RELU, RELU6, LEAKY_RELU, HARD_SWISH, LOGISTIC, TANH ->
          node.inputs().size() == 1;
      default -> false;
    };
  }

  /** The model with the chain cut; empty where there are not channels enough. */
  Optional<Graph> apply(Graph graph) {
    Tensor last = graph.main().tensor(nodes.getLast().outputs().getFirst());
    int channels = last.shape().dim(CHANNELS);
    if (channels % parts != 0) {
      return Optional.empty();
    }
    GraphEdit edit = new GraphEdit(graph);
    for (Node node : graph.main().nodes()) {
      if (node.index() == nodes.getFirst().index()) {
        cut(edit, channels / parts, last);
      } else if (nodes.stream().noneMatch(other -> other.index() == node.index())) {
        edit.add(node);
      }
    }
    return Optional.of(edit.build());
  }

  private void cut(GraphEdit edit, int count, Tensor last) {
    List<Integer> pieces = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = part * count;
      int carried = nodes.getFirst().inputs().getFirst();
      for (Node node : nodes) {
        List<Integer> inputs = new ArrayList<>(List.of(carried));
        for (int input : node.inputs().subList(1, node.inputs().size())) {
          inputs.add(input < 0 ? input : constant(edit, node, edit.tensor(input), from, count));
        }
        carried = edit.part(edit.tensor(node.outputs().getFirst()), CHANNELS, from, count);
        edit.add(node.operator(), node.options(), inputs, List.of(carried));
      }
      pieces.add(carried);
    }
    edit.add(
        Operator.CONCATENATION,
        new Options.Concatenation(CHANNELS, Activation.NONE),
        pieces,
        List.of(last.index()));
  }

  /** Filters of a convolution run along their first axis, of a depthwise one along their last. */
  private static int constant(GraphEdit edit, Node node, Tensor tensor, int from, int count) {
    boolean depthwise = node.operator() == Operator.DEPTHWISE_CONV_2D;
    int axis = depthwise && tensor.shape().rank() == 4 ? CHANNELS : 0;
    return edit.part(tensor, axis, from, count);
  }
}
