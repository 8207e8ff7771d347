package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes graphs: of the zoo, of tests, of generated networks. Tensors are numbered in the order in
 * which they are added to the current subgraph; operators run in the order in which they are added.
 *
 * <pre>{@code
 * GraphBuilder model = new GraphBuilder("relu");
 * int x = model.input("x", DataType.INT8, Shape.of(1, 4), Quantization.of(0.1f, -3));
 * int y = model.activation("y", DataType.INT8, Shape.of(1, 4), Quantization.of(0.1f, -3));
 * model.add(Operator.RELU, new Options.None(), List.of(x), List.of(y)).output(y);
 * Graph graph = model.build();
 * }</pre>
 */
public final class GraphBuilder {
  /** Index of an optional input that is absent. */
  public static final int ABSENT = -1;

  private static final class Part {
    private final String name;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> inputs = new ArrayList<>();
    private final List<Integer> outputs = new ArrayList<>();

    private Part(String name) {
      this.name = name;
    }

    private Subgraph build() {
      return new Subgraph(name, tensors, nodes, inputs, outputs);
    }
  }

  private final String name;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, ByteBuffer> metadata = new HashMap<>();
  private Part current;

  /** Starts a graph with an empty main subgraph. */
  public GraphBuilder(String name) {
    this.name = name;
    current = new Part("main");
    parts.add(current);
  }

  /** Starts a further subgraph; what follows is added to it. Returns its index. */
  public int subgraph(String subgraphName) {
    current = new Part(subgraphName);
    parts.add(current);
    return parts.size() - 1;
  }

  /** Adds an input of the current subgraph; {@code quantization} may be null. */
  public int input(String tensor, DataType type, Shape shape, Quantization quantization) {
    int index = activation(tensor, type, shape, quantization);
    current.inputs.add(index);
    return index;
  }

  /** Adds a tensor that an operator writes; {@code quantization} may be null. */
  public int activation(String tensor, DataType type, Shape shape, Quantization quantization) {
    return add(tensor, type, shape, quantization, Optional.empty(), false);
  }

  /** Adds a tensor that keeps its value between inferences; {@code quantization} may be null. */
  public int variable(String tensor, DataType type, Shape shape, Quantization quantization) {
    return add(tensor, type, shape, quantization, Optional.empty(), true);
  }

  /** Adds a constant tensor of raw little-endian bytes; {@code quantization} may be null. */
  public int constant(
      String tensor, DataType type, Shape shape, Quantization quantization, byte[] bytes) {
    if (bytes.length != type.bytes(shape.elements())) {
      throw new IllegalArgumentException(
          "%s: %d bytes for %s of shape [%s]".formatted(tensor, bytes.length, type, shape));
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return add(tensor, type, shape, quantization, Optional.of(data), false);
  }

  /** Adds a constant integer tensor of any integer type; {@code quantization} may be null. */
  public int constant(
      String tensor, DataType type, Shape shape, Quantization quantization, long... values) {
    return constant(tensor, type, shape, quantization, packed(type, values));
  }

  /** Adds a constant float32 tensor. */
  public int constant(String tensor, Shape shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(tensor, DataType.FLOAT32, shape, null, bytes.array());
  }

  /** Adds a constant one-dimensional int32 tensor: a shape, axes, paddings. */
  public int indices(String tensor, int... values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return constant(tensor, DataType.INT32, Shape.of(values.length), null, wide);
  }

  /** Appends a builtin operator. */
  public GraphBuilder add(
      Operator operator, Options options, List<Integer> inputs, List<Integer> outputs) {
    return add(operator, "", options, inputs, outputs, List.of());
  }

  /** Appends an operator of any kind. */
  public GraphBuilder add(
      Operator operator,
      String customName,
      Options options,
      List<Integer> inputs,
      List<Integer> outputs,
      List<Integer> intermediates) {
    int index = current.nodes.size();
    current.nodes.add(
        new Node(index, operator, customName, inputs, outputs, intermediates, options));
    return this;
  }

  /** Declares a tensor an output of the current subgraph. */
  public GraphBuilder output(int tensor) {
    current.outputs.add(tensor);
    return this;
  }

  /** Attaches a named metadata buffer. */
  public GraphBuilder metadata(String key, byte[] bytes) {
    metadata.put(key, ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
    return this;
  }

  /** A tensor of the current subgraph. */
  public Tensor tensor(int index) {
    return current.tensors.get(index);
  }

  /**
   * The graph, written to bytes, read back and validated like any file.
   *
   * @throws InputException if the graph is not valid
   */
  public Graph build() {
    return TfliteReader.read(ByteBuffer.wrap(bytes()), name, name);
  }

  /** The .tflite file, valid or not: tests of the reader need broken ones. */
  public byte[] bytes() {
    List<Subgraph> subgraphs = parts.stream().map(Part::build).toList();
    return TfliteWriter.bytes(new Graph(name, "", 0, subgraphs, metadata));
  }

  /** Integers as little-endian bytes; two 4-bit values share a byte, the first in the low half. */
  static byte[] packed(DataType type, long... values) {
    byte[] bytes = new byte[(int) type.bytes(values.length)];
    int width = type.bits() / 8;
    for (int i = 0; i < values.length; i++) {
      if (type == DataType.INT4) {
        bytes[i / 2] |= (byte) ((values[i] & 0xF) << (i % 2 * 4));
      } else {
        for (int b = 0; b < width; b++) {
          bytes[i * width + b] = (byte) (values[i] >> (8 * b));
        }
      }
    }
    return bytes;
  }

  private int add(
      String tensor,
      DataType type,
      Shape shape,
      Quantization quantization,
      Optional<ByteBuffer> data,
      boolean variable) {
    int index = current.tensors.size();
    Optional<Quantization> scales = Optional.ofNullable(quantization);
    current.tensors.add(new Tensor(index, tensor, type, shape, scales, data, variable));
    return index;
  }
}
