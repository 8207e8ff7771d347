package dev.thumbprint.memory;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph without weights from a plain list of layers, good for planning and nothing else. Who
 * reads whose output is guessed from the shapes: the last output of that size, and for further
 * inputs the last one that nothing has read yet.
 */
final class LayerGraph {
  private static final ByteBuffer CONTENTS = ByteBuffer.allocate(1).asReadOnlyBuffer();

  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> activations = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final Map<Integer, Integer> readers = new HashMap<>();

  private LayerGraph() {}

  /**
   * The graph of some layers in execution order.
   *
   * @throws MemoryException if a layer's memory does not follow from its shapes
   */
  static Graph of(String name, List<LayerWork> layers) {
    if (layers.isEmpty()) {
      throw new MemoryException("a network needs at least one layer");
    }
    LayerGraph graph = new LayerGraph();
    layers.forEach(graph::add);
    List<Integer> outputs = List.of(graph.activations.getLast());
    Subgraph main = new Subgraph("main", graph.tensors, graph.nodes, graph.inputs, outputs);
    return new Graph(name, "", 0, List.of(main), Map.of());
  }

  private void add(LayerWork layer) {
    List<Integer> from = new ArrayList<>();
    for (Shape shape : layer.inputs()) {
      from.add(source(shape, layer.inputType(), from));
    }
    from.forEach(tensor -> readers.merge(tensor, 1, Integer::sum));
    List<Integer> all = new ArrayList<>(from);
    all.addAll(constants(layer));
    int to = tensor(layer.outputType(), layer.output(), scales(layer.outputType(), 1), false);
    activations.add(to);
    nodes.add(
        new Node(
            nodes.size(),
            layer.operator(),
            layer.customName(),
            all,
            List.of(to),
            List.of(),
            options(layer)));
  }

  private int source(Shape shape, DataType type, List<Integer> taken) {
    Optional<Integer> exact =
        activations.reversed().stream()
            .filter(t -> !taken.contains(t) && same(t, shape, type))
            .filter(t -> taken.isEmpty() || !readers.containsKey(t))
            .findFirst();
    Optional<Integer> any =
        exact.or(
            () ->
                activations.reversed().stream()
                    .filter(t -> !taken.contains(t) && same(t, shape, type))
                    .findFirst());
    return any.orElseGet(
        () -> {
          int input = tensor(type, shape, scales(type, 1), false);
          if (activations.isEmpty() || !taken.isEmpty()) {
            inputs.add(input);
          }
          activations.add(input);
          return input;
        });
  }

  private boolean same(int index, Shape shape, DataType type) {
    Tensor tensor = tensors.get(index);
    return tensor.type() == type && tensor.shape().elements() == shape.elements();
  }

  /** Weights, bias and the small integer tensors that operators take as inputs. */
  private List<Integer> constants(LayerWork layer) {
    List<Integer> constants = new ArrayList<>();
    if (layer.filter().rank() > 0) {
      int outputs = layer.output().dim(-1);
      int count = layer.perChannel() ? outputs : 1;
      constants.add(
          tensor(layer.weightType(), layer.filter(), scales(layer.weightType(), count), true));
      if (layer.bias()) {
        DataType type = layer.inputType() == DataType.FLOAT32 ? DataType.FLOAT32 : DataType.INT32;
        constants.add(tensor(type, Shape.of(outputs), scales(layer.weightType(), count), true));
      }
    }
    switch (layer.operator()) {
      case RESHAPE, TRANSPOSE -> constants.add(integers(layer.output().rank()));
      case MEAN, SUM, REDUCE_MAX, REDUCE_MIN -> constants.add(integers(2));
      case PAD, PADV2, MIRROR_PAD -> constants.add(integers(2 * layer.input().rank()));
      case SVDF, UNIDIRECTIONAL_SEQUENCE_LSTM, IF, WHILE, CALL_ONCE ->
          throw new MemoryException(
              "the memory of %s does not follow from its shapes: give the .tflite file"
                  .formatted(layer.operator()));
      default -> {
        // nothing beside weights and activations
      }
    }
    return constants;
  }

  private int integers(int count) {
    return tensor(DataType.INT32, Shape.of(Math.max(1, count)), Optional.empty(), true);
  }

  private static Optional<Quantization> scales(DataType type, int count) {
    return type == DataType.FLOAT32
        ? Optional.empty()
        : Optional.of(new Quantization(new float[count], new int[count], 0));
  }

  private int tensor(
      DataType type, Shape shape, Optional<Quantization> quantization, boolean constant) {
    tensors.add(
        new Tensor(
            tensors.size(),
            "",
            type,
            shape,
            quantization,
            constant ? Optional.of(CONTENTS) : Optional.empty(),
            false));
    return tensors.size() - 1;
  }

  private static Options options(LayerWork layer) {
    Window w = layer.window();
    return switch (layer.operator()) {
      case CONV_2D ->
          new Options.Conv2d(
              w.padding(),
              w.strideHeight(),
              w.strideWidth(),
              w.dilationHeight(),
              w.dilationWidth(),
              layer.activation());
      case DEPTHWISE_CONV_2D ->
          new Options.DepthwiseConv2d(
              w.padding(),
              w.strideHeight(),
              w.strideWidth(),
              w.dilationHeight(),
              w.dilationWidth(),
              Math.max(1, layer.output().dim(-1) / Math.max(1, layer.input().dim(-1))),
              layer.activation());
      case TRANSPOSE_CONV ->
          new Options.TransposeConv(
              w.padding(), w.strideHeight(), w.strideWidth(), layer.activation(), DataType.FLOAT32);
      case BATCH_MATMUL -> new Options.BatchMatMul(false, true);
      default -> new Options.None();
    };
  }
}
