package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Lowers a graph to what its layers ask for. The main subgraph counts; what IF, WHILE and CALL_ONCE
 * run is not known before the data are.
 */
public final class Lowering {
  private final Subgraph subgraph;
  private final Node node;

  private Lowering(Subgraph subgraph, Node node) {
    this.subgraph = subgraph;
    this.node = node;
  }

  /** What the operators of the main subgraph ask for, in execution order. */
  public static List<LayerWork> lower(Graph graph) {
    return network(graph).works();
  }

  /** The layers of the main subgraph with names for reports; a layer's index is its node's. */
  public static Network network(Graph graph) {
    Subgraph main = graph.main();
    List<Layer> layers = new ArrayList<>();
    LiveChannels channels = new LiveChannels(main);
    RectifiedValues rectified = new RectifiedValues(main);
    for (Node node : main.nodes()) {
      String name = node.outputs().isEmpty() ? "" : main.tensor(node.outputs().getFirst()).name();
      Live live = channels.of(node).withZeros(rectified.before(node));
      LayerWork work = new Lowering(main, node).work().with(live);
      layers.add(new Layer(node.index(), name, work));
    }
    return new Network(
        graph.name(), "sha256:" + graph.sha256(), layers, OptionalLong.of(parameters(graph)));
  }

  /** The window that slides over the images of a node: {@link Window#NONE} for other operators. */
  public static Window window(Subgraph subgraph, Node node) {
    Lowering lowering = new Lowering(subgraph, node);
    return lowering.window(lowering.weights());
  }

  /** Weights and biases: constants that operators compute with, not axes, shapes and paddings. */
  public static long parameters(Graph graph) {
    long parameters = 0;
    for (Subgraph subgraph : graph.subgraphs()) {
      Set<Integer> counted = new HashSet<>();
      for (Node node : subgraph.nodes()) {
        for (int input : node.inputs()) {
          if (input >= 0 && counted.add(input) && isParameter(subgraph.tensor(input), node)) {
            parameters += subgraph.tensor(input).shape().elements();
          }
        }
      }
    }
    return parameters;
  }

  private static boolean isParameter(Tensor tensor, Node node) {
    if (!tensor.constant()) {
      return false;
    }
    boolean integers = tensor.type() == DataType.INT32 || tensor.type() == DataType.INT64;
    return switch (node.operator()) {
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, SVDF, UNIDIRECTIONAL_SEQUENCE_LSTM -> true;
      // The first input of a transposed convolution is the output's shape.
      case TRANSPOSE_CONV -> tensor.index() != node.inputs().getFirst();
      default -> !integers;
    };
  }

  private LayerWork work() {
    Tensor input = tensor(mainInput());
    Tensor output = node.outputs().isEmpty() ? input : tensorAt(node.outputs().getFirst());
    Tensor weights = weights();
    LayerWork work =
        new LayerWork(
            node.operator(),
            node.customName(),
            inputs(input == null ? output : input),
            weights == null ? Shape.SCALAR : weights.shape(),
            output == null ? Shape.SCALAR : output.shape(),
            window(weights),
            typeOf(input, output),
            weights == null ? typeOf(input, output) : weights.type(),
            typeOf(output, input),
            activation(node.options()),
            hasBias(),
            weights != null && weights.quantization().map(Quantization::perChannel).orElse(false));
    Tensor time = node.operator() == Operator.SVDF ? tensor(2) : null;
    return time == null ? work : work.withState(time.type());
  }

  private static DataType typeOf(Tensor first, Tensor second) {
    Tensor tensor = first == null ? second : first;
    return tensor == null ? DataType.INT32 : tensor.type();
  }

  private int mainInput() {
    return switch (node.operator()) {
      case TRANSPOSE_CONV -> 2;
      case SPLIT -> 1;
      case EMBEDDING_LOOKUP -> 1;
      default -> 0;
    };
  }

  private Tensor weights() {
    return switch (node.operator()) {
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, TRANSPOSE_CONV, SVDF -> tensor(1);
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> tensor(2);
      default -> null;
    };
  }

  private boolean hasBias() {
    return switch (node.operator()) {
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED -> tensor(2) != null;
      case TRANSPOSE_CONV, SVDF -> tensor(3) != null;
      case UNIDIRECTIONAL_SEQUENCE_LSTM -> true;
      default -> false;
    };
  }

  /** The main input first, then what else is computed with; weights and indices are left out. */
  private List<Shape> inputs(Tensor main) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(main == null ? Shape.SCALAR : main.shape());
    switch (node.operator()) {
      case SVDF -> shapes.add(tensor(2).shape());
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, TRANSPOSE_CONV -> {}
      case UNIDIRECTIONAL_SEQUENCE_LSTM, RESHAPE, SPLIT, SPLIT_V, EMBEDDING_LOOKUP -> {}
      default -> {
        for (int i = 1; i < node.inputs().size(); i++) {
          Tensor operand = tensor(i);
          if (operand != null && !(operand.constant() && isIndex(operand))) {
            shapes.add(operand.shape());
          }
        }
      }
    }
    return shapes;
  }

  private boolean isIndex(Tensor operand) {
    boolean integers = operand.type() == DataType.INT32 || operand.type() == DataType.INT64;
    return integers && operand.type() != tensor(0).type();
  }

  private Window window(Tensor weights) {
    return switch (node.options()) {
      case Options.Conv2d o ->
          new Window(
              weights.shape().dim(1),
              weights.shape().dim(2),
              o.strideHeight(),
              o.strideWidth(),
              o.dilationHeight(),
              o.dilationWidth(),
              o.padding());
      case Options.DepthwiseConv2d o ->
          new Window(
              weights.shape().dim(1),
              weights.shape().dim(2),
              o.strideHeight(),
              o.strideWidth(),
              o.dilationHeight(),
              o.dilationWidth(),
              o.padding());
      case Options.TransposeConv o ->
          new Window(
              weights.shape().dim(1),
              weights.shape().dim(2),
              o.strideHeight(),
              o.strideWidth(),
              1,
              1,
              o.padding());
      case Options.Pool2d o ->
          new Window(
              o.filterHeight(),
              o.filterWidth(),
              o.strideHeight(),
              o.strideWidth(),
              1,
              1,
              o.padding());
      default -> Window.NONE;
    };
  }

  /** The activation fused into an operator. */
  static Activation activation(Options options) {
    return switch (options) {
      case Options.Conv2d o -> o.activation();
      case Options.DepthwiseConv2d o -> o.activation();
      case Options.TransposeConv o -> o.activation();
      case Options.FullyConnected o -> o.activation();
      case Options.Pool2d o -> o.activation();
      case Options.Elementwise o -> o.activation();
      case Options.Concatenation o -> o.activation();
      case Options.Svdf o -> o.activation();
      case Options.Lstm o -> o.activation();
      default -> Activation.NONE;
    };
  }

  private Tensor tensor(int position) {
    boolean there = position < node.inputs().size() && node.inputs().get(position) >= 0;
    return there ? tensorAt(node.inputs().get(position)) : null;
  }

  private Tensor tensorAt(int index) {
    return subgraph.tensor(index);
  }
}
