package dev.thumbprint.train;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.LabelledSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts a trained float model after training: ranges of activations come from samples, weights
 * become int8 for each channel (dense layers: for each tensor), biases int32 (source of the scheme:
 * TensorFlow Lite 8-bit quantization specification).
 */
public final class Quantizer {
  /** Samples that the ranges come from unless told otherwise. */
  public static final int CALIBRATION_SAMPLES = 200;

  private final Subgraph source;
  private final GraphBuilder model;
  private final Map<Integer, Integer> tensors = new HashMap<>();

  private Quantizer(Graph graph, String name) {
    if (graph.subgraphs().size() != 1) {
      throw refuse(graph, graph.subgraphs().size() + " subgraphs", "a model of one");
    }
    source = graph.main();
    model = new GraphBuilder(name);
  }

  /**
   * The model in other numbers; its name ends in theirs.
   *
   * @param graph a float32 model with one input and one output
   * @param set samples for the ranges; not looked at for a mixed model
   * @throws InputException if an operator has no conversion, or the model is not float32
   */
  public static Graph convert(Graph graph, NumberForm form, LabelledSet set) {
    Tensor input = graph.main().tensor(graph.main().inputs().getFirst());
    if (input.type() != DataType.FLOAT32
        || graph.main().inputs().size() != 1
        || graph.main().outputs().size() != 1) {
      throw refuse(graph, "input of " + input.type().label(), "one float32 input and one output");
    }
    Quantizer quantizer = new Quantizer(graph, graph.name() + "-" + form.label());
    return switch (form) {
      case FLOAT32 -> graph;
      case MIXED -> quantizer.mixed();
      case INT8 -> quantizer.int8(Ranges.of(graph, set, CALIBRATION_SAMPLES));
    };
  }

  private static InputException refuse(Graph graph, String found, String expected) {
    return InputException.of("", graph.name(), found, expected);
  }

  private Graph mixed() {
    Tensor input = source.tensor(source.inputs().getFirst());
    tensors.put(input.index(), model.input(input.name(), input.type(), input.shape(), null));
    for (Node node : source.nodes()) {
      List<Integer> inputs =
          node.inputs().stream().map(tensor -> mixedInput(node, tensor)).toList();
      Tensor output = source.tensor(node.outputs().getFirst());
      int made = model.activation(output.name(), output.type(), output.shape(), null);
      tensors.put(output.index(), made);
      model.add(node.operator(), node.options(), inputs, List.of(made));
    }
    return model.output(tensors.get(source.outputs().getFirst())).build();
  }

  private int mixedInput(Node node, int tensor) {
    if (tensor == GraphBuilder.ABSENT) {
      return tensor;
    }
    return tensors.computeIfAbsent(
        tensor,
        index -> {
          Tensor constant = source.tensor(index);
          if (weighted(node) && index.equals(node.inputs().get(1))) {
            WeightCodes weights = WeightCodes.perTensor(constant);
            return model.constant(
                constant.name(),
                DataType.INT8,
                constant.shape(),
                weights.scales(),
                weights.codes());
          }
          return copy(constant);
        });
  }

  private int copy(Tensor constant) {
    byte[] bytes = new byte[Math.toIntExact(constant.bytes())];
    constant.data().orElseThrow().duplicate().get(bytes);
    return model.constant(constant.name(), constant.type(), constant.shape(), null, bytes);
  }

  private Graph int8(Ranges ranges) {
    Tensor input = source.tensor(source.inputs().getFirst());
    int real = model.input(input.name(), DataType.FLOAT32, input.shape(), null);
    Quantization inputScale = ranges.int8(input.index());
    int quantised = model.activation("quantize", DataType.INT8, input.shape(), inputScale);
    model.add(Operator.QUANTIZE, new Options.None(), List.of(real), List.of(quantised));
    tensors.put(input.index(), quantised);
    for (Node node : source.nodes()) {
      node(node, ranges);
    }
    Tensor last = source.tensor(source.outputs().getFirst());
    int output = model.activation("dequantize", DataType.FLOAT32, last.shape(), null);
    int from = tensors.get(last.index());
    model.add(Operator.DEQUANTIZE, new Options.None(), List.of(from), List.of(output));
    return model.output(output).build();
  }

  private void node(Node node, Ranges ranges) {
    Tensor output = source.tensor(node.outputs().getFirst());
    Quantization inputScale = scale(node.inputs().getFirst());
    Quantization scale =
        switch (node.operator()) {
          case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, ADD, SUB, MUL, MEAN ->
              ranges.int8(output.index());
          // These move or average values: the range stays that of the input.
          case AVERAGE_POOL_2D, MAX_POOL_2D, RESHAPE, RELU, PAD -> inputScale;
          // Fixed by the runtime: probabilities in 256 steps.
          case SOFTMAX, LOGISTIC -> Quantization.of(1f / 256, Byte.MIN_VALUE);
          default ->
              throw InputException.of(
                  "",
                  "operator " + node.index(),
                  node.label() + ", which has no int8 conversion here",
                  "convolutions, dense layers, pools, ADD, SUB, MUL, MEAN, RESHAPE, SOFTMAX");
        };
    List<Integer> inputs =
        weighted(node)
            ? weightedInputs(node, inputScale)
            : node.inputs().stream().map(this::plainInput).toList();
    int made = model.activation(output.name(), DataType.INT8, output.shape(), scale);
    tensors.put(output.index(), made);
    model.add(node.operator(), node.options(), inputs, List.of(made));
  }

  private int plainInput(int tensor) {
    if (tensor == GraphBuilder.ABSENT) {
      return tensor;
    }
    return tensors.computeIfAbsent(
        tensor,
        index -> {
          Tensor constant = source.tensor(index);
          if (constant.type() == DataType.FLOAT32) {
            WeightCodes codes = WeightCodes.perTensor(constant);
            return model.constant(
                constant.name(), DataType.INT8, constant.shape(), codes.scales(), codes.codes());
          }
          return copy(constant);
        });
  }

  private List<Integer> weightedInputs(Node node, Quantization inputScale) {
    Tensor weights = source.tensor(node.inputs().get(1));
    if (!weights.constant()) {
      throw InputException.of(
          "", "operator " + node.index(), "weights that are computed", "constant weights");
    }
    WeightCodes codes =
        switch (node.operator()) {
          case CONV_2D -> WeightCodes.perChannel(weights, 0);
          case DEPTHWISE_CONV_2D -> WeightCodes.perChannel(weights, 3);
          default -> WeightCodes.perTensor(weights);
        };
    int made =
        model.constant(
            weights.name(), DataType.INT8, weights.shape(), codes.scales(), codes.codes());
    int bias = node.inputs().size() > 2 ? node.inputs().get(2) : GraphBuilder.ABSENT;
    if (bias != GraphBuilder.ABSENT) {
      Tensor values = source.tensor(bias);
      bias =
          model.constant(
              values.name(),
              DataType.INT32,
              values.shape(),
              codes.biasScales(inputScale.scale()),
              codes.biases(values, inputScale.scale()));
    }
    return List.of(tensors.get(node.inputs().getFirst()), made, bias);
  }

  private Quantization scale(int tensor) {
    return model.tensor(tensors.get(tensor)).quantization().orElseThrow();
  }

  private static boolean weighted(Node node) {
    return switch (node.operator()) {
      case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED -> true;
      default -> false;
    };
  }
}
