package dev.thumbprint.memory;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The main subgraph of a model while operators of it are replaced. */
final class GraphEdit {
  private final Graph graph;
  private final List<Tensor> tensors;
  private final List<Node> nodes = new ArrayList<>();

  GraphEdit(Graph graph) {
    this.graph = graph;
    this.tensors = new ArrayList<>(graph.main().tensors());
  }

  Tensor tensor(int index) {
    return tensors.get(index);
  }

  /** Appends an operator of the model. */
  void add(Node node) {
    nodes.add(
        new Node(
            nodes.size(),
            node.operator(),
            node.customName(),
            node.inputs(),
            node.outputs(),
            node.intermediates(),
            node.options()));
  }

  /** Appends a builtin operator. */
  void add(Operator operator, Options options, List<Integer> inputs, List<Integer> outputs) {
    nodes.add(new Node(nodes.size(), operator, "", inputs, outputs, List.of(), options));
  }

  /** A new tensor of another shape, in type and scale like {@code original}. */
  int like(Tensor original, String suffix, Shape shape) {
    tensors.add(
        new Tensor(
            tensors.size(),
            original.name() + suffix,
            original.type(),
            shape,
            original.quantization(),
            Optional.empty(),
            false));
    return tensors.size() - 1;
  }

  /** A new constant of 32-bit integers: begins, sizes, paddings. */
  int integers(Shape shape, int... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    tensors.add(
        new Tensor(
            tensors.size(),
            "",
            DataType.INT32,
            shape,
            Optional.empty(),
            Optional.of(bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN)),
            false));
    return tensors.size() - 1;
  }

  /** A tensor that holds a range of {@code original} along one axis: constants with their part. */
  int part(Tensor original, int axis, int from, int count) {
    int[] dims = original.shape().toArray();
    dims[axis] = count;
    Optional<ByteBuffer> data = original.data().map(all -> range(original, all, axis, from, count));
    tensors.add(
        new Tensor(
            tensors.size(),
            original.name() + "/" + from,
            original.type(),
            Shape.of(dims),
            original.quantization().map(q -> range(q, axis, from, count)),
            data,
            false));
    return tensors.size() - 1;
  }

  private static Quantization range(Quantization all, int axis, int from, int count) {
    return all.perChannel() && all.axis() == axis
        ? new Quantization(
            Arrays.copyOfRange(all.scales(), from, from + count),
            Arrays.copyOfRange(all.zeroPoints(), from, from + count),
            axis,
            all.ranged())
        : all;
  }

  private static ByteBuffer range(Tensor tensor, ByteBuffer all, int axis, int from, int count) {
    int[] dims = tensor.shape().toArray();
    int inner = Math.toIntExact(tensor.type().bytes(1));
    for (int i = axis + 1; i < dims.length; i++) {
      inner *= dims[i];
    }
    int outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= dims[i];
    }
    byte[] bytes = new byte[outer * count * inner];
    for (int i = 0; i < outer; i++) {
      all.get(
          all.position() + (i * dims[axis] + from) * inner,
          bytes,
          i * count * inner,
          count * inner);
    }
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The edited model. */
  Graph build() {
    Subgraph main = graph.main();
    List<Subgraph> subgraphs = new ArrayList<>(graph.subgraphs());
    subgraphs.set(0, new Subgraph(main.name(), tensors, nodes, main.inputs(), main.outputs()));
    return new Graph(graph.name(), graph.sha256(), graph.fileBytes(), subgraphs, graph.metadata());
  }
}
