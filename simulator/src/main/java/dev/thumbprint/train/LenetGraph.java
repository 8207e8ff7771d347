package dev.thumbprint.train;

import static dev.thumbprint.cost.work.Activation.NONE;
import static dev.thumbprint.cost.work.Activation.RELU;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import java.util.List;

/** The trained layers as a float32 model, operator by operator as the study's LeNet. */
final class LenetGraph {
  private static final int FEATURES = 576;

  private final GraphBuilder model;
  private int last;

  private LenetGraph(String name) {
    model = new GraphBuilder(name);
    last = model.input("input", DataType.FLOAT32, Shape.of(1, 32, 32, 1), null);
  }

  static Graph of(
      String name, ConvolutionLayer first, ConvolutionLayer second, ConvolutionLayer... dense) {
    LenetGraph graph = new LenetGraph(name);
    graph.convolution("conv_1", first, Shape.of(6, 3, 3, 1), Shape.of(1, 30, 30, 6));
    graph.pool("pool_1", Shape.of(1, 15, 15, 6));
    graph.convolution("conv_2", second, Shape.of(16, 3, 3, 6), Shape.of(1, 13, 13, 16));
    graph.pool("pool_2", Shape.of(1, 6, 6, 16));
    graph.flatten();
    graph.dense("dense_1", dense[0], Shape.of(120, FEATURES), RELU);
    graph.dense("dense_2", dense[1], Shape.of(84, 120), RELU);
    graph.dense("dense_3", dense[2], Shape.of(10, 84), NONE);
    int logits = graph.last;
    int output = graph.activation("probabilities", Shape.of(1, 10));
    graph.model.add(Operator.SOFTMAX, new Options.Softmax(1), List.of(logits), List.of(output));
    return graph.model.output(output).build();
  }

  private int activation(String name, Shape shape) {
    return model.activation(name, DataType.FLOAT32, shape, null);
  }

  private void convolution(String name, ConvolutionLayer layer, Shape filter, Shape output) {
    int weights = model.constant(name + "/weights", filter, layer.filterMajor());
    int bias = model.constant(name + "/bias", Shape.of(filter.dim(0)), layer.biases());
    int tensor = activation(name, output);
    model.add(
        Operator.CONV_2D,
        new Options.Conv2d(Padding.VALID, 1, 1, 1, 1, RELU),
        List.of(last, weights, bias),
        List.of(tensor));
    last = tensor;
  }

  private void pool(String name, Shape output) {
    int tensor = activation(name, output);
    model.add(
        Operator.AVERAGE_POOL_2D,
        new Options.Pool2d(Padding.VALID, 2, 2, 2, 2, NONE),
        List.of(last),
        List.of(tensor));
    last = tensor;
  }

  private void flatten() {
    int tensor = activation("features", Shape.of(1, FEATURES));
    int shape = model.indices("features/shape", 1, FEATURES);
    model.add(
        Operator.RESHAPE, new Options.Reshape(List.of()), List.of(last, shape), List.of(tensor));
    last = tensor;
  }

  private void dense(String name, ConvolutionLayer layer, Shape filter, Activation activation) {
    int weights = model.constant(name + "/weights", filter, layer.filterMajor());
    int bias = model.constant(name + "/bias", Shape.of(filter.dim(0)), layer.biases());
    int tensor = activation(name, Shape.of(1, filter.dim(0)));
    model.add(
        Operator.FULLY_CONNECTED,
        new Options.FullyConnected(activation, false),
        List.of(last, weights, bias),
        List.of(tensor));
    last = tensor;
  }
}
