package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds graphs of int8 layers for tests; contents of constants are never looked at. */
final class TestGraph {
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();

  int tensor(DataType type, Optional<Quantization> quantization, boolean constant, int... dims) {
    int index = tensors.size();
    tensors.add(
        new Tensor(
            index,
            "t" + index,
            type,
            Shape.of(dims),
            quantization,
            constant ? Optional.of(ByteBuffer.allocate(4).asReadOnlyBuffer()) : Optional.empty(),
            false));
    return index;
  }

  static Optional<Quantization> channels(int count) {
    float[] scales = new float[count];
    java.util.Arrays.fill(scales, 0.5f);
    return Optional.of(new Quantization(scales, new int[count], 0));
  }

  int activation(int... dims) {
    return tensor(DataType.INT8, channels(1), false, dims);
  }

  int input(int... dims) {
    int index = activation(dims);
    inputs.add(index);
    return index;
  }

  void output(int tensor) {
    outputs.add(tensor);
  }

  int node(Operator operator, Options options, List<Integer> from, int to) {
    nodes.add(new Node(nodes.size(), operator, "", from, List.of(to), List.of(), options));
    return to;
  }

  Tensor tensor(int index) {
    return tensors.get(index);
  }

  int convolution(int from, int channels, int kh, int kw, int stride) {
    Shape in = tensors.get(from).shape();
    int filter = tensor(DataType.INT8, channels(channels), true, channels, kh, kw, in.dim(3));
    int bias = tensor(DataType.INT32, channels(channels), true, channels);
    int to =
        activation(1, Math.ceilDiv(in.dim(1), stride), Math.ceilDiv(in.dim(2), stride), channels);
    return node(
        Operator.CONV_2D,
        new Options.Conv2d(Padding.SAME, stride, stride, 1, 1, Activation.RELU),
        List.of(from, filter, bias),
        to);
  }

  int depthwise(int from, int kh, int kw) {
    Shape in = tensors.get(from).shape();
    int filter = tensor(DataType.INT8, channels(in.dim(3)), true, 1, kh, kw, in.dim(3));
    int bias = tensor(DataType.INT32, channels(in.dim(3)), true, in.dim(3));
    int to = activation(in.toArray());
    return node(
        Operator.DEPTHWISE_CONV_2D,
        new Options.DepthwiseConv2d(Padding.SAME, 1, 1, 1, 1, 1, Activation.RELU),
        List.of(from, filter, bias),
        to);
  }

  int averagePool(int from) {
    Shape in = tensors.get(from).shape();
    return node(
        Operator.AVERAGE_POOL_2D,
        new Options.Pool2d(
            Padding.VALID, in.dim(1), in.dim(2), in.dim(1), in.dim(2), Activation.NONE),
        List.of(from),
        activation(1, 1, 1, in.dim(3)));
  }

  int reshape(int from, int... dims) {
    int shape = tensor(DataType.INT32, Optional.empty(), true, dims.length);
    return node(Operator.RESHAPE, new Options.None(), List.of(from, shape), activation(dims));
  }

  int dense(int from, int outputs) {
    int depth = tensors.get(from).shape().dim(-1);
    int filter = tensor(DataType.INT8, channels(1), true, outputs, depth);
    int bias = tensor(DataType.INT32, channels(1), true, outputs);
    return node(
        Operator.FULLY_CONNECTED,
        new Options.FullyConnected(Activation.NONE, false),
        List.of(from, filter, bias),
        activation(1, outputs));
  }

  int add(int left, int right) {
    return node(
        Operator.ADD,
        new Options.Elementwise(Activation.NONE),
        List.of(left, right),
        activation(tensors.get(left).shape().toArray()));
  }

  int softmax(int from) {
    return node(
        Operator.SOFTMAX,
        new Options.Softmax(1),
        List.of(from),
        activation(tensors.get(from).shape().toArray()));
  }

  Graph build() {
    return build(Map.of());
  }

  Graph build(Map<String, ByteBuffer> metadata) {
    Subgraph main = new Subgraph("main", tensors, nodes, inputs, outputs);
    return new Graph("test", "", 0, List.of(main), metadata);
  }

  /** Three small dense layers: the shapes of TFLM's hello_world. */
  static Graph helloWorld() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 1);
    x = g.dense(x, 16);
    x = g.dense(x, 16);
    g.output(g.dense(x, 1));
    return g.build();
  }

  /** The keyword-spotting DS-CNN of MLPerf Tiny. */
  static Graph keywordSpotting() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 49, 10, 1);
    x = g.convolution(x, 64, 10, 4, 2);
    for (int block = 0; block < 4; block++) {
      x = g.depthwise(x, 3, 3);
      x = g.convolution(x, 64, 1, 1, 1);
    }
    x = g.averagePool(x);
    x = g.reshape(x, 1, 64);
    x = g.dense(x, 12);
    g.output(g.softmax(x));
    return g.build();
  }

  /** The image-classification ResNet of MLPerf Tiny. */
  static Graph imageClassification() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 32, 32, 3);
    x = g.convolution(x, 16, 3, 3, 1);
    int y = g.convolution(g.convolution(x, 16, 3, 3, 1), 16, 3, 3, 1);
    x = g.add(x, y);
    for (int channels : new int[] {32, 64}) {
      y = g.convolution(g.convolution(x, channels, 3, 3, 2), channels, 3, 3, 1);
      x = g.add(g.convolution(x, channels, 1, 1, 2), y);
    }
    x = g.averagePool(x);
    x = g.reshape(x, 1, 64);
    x = g.dense(x, 10);
    g.output(g.softmax(x));
    return g.build();
  }
}
