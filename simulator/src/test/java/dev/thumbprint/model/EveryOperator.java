package dev.thumbprint.model;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import java.nio.ByteBuffer;
import java.util.List;

/** A graph with many kinds of operators, options, types, subgraphs and variables. */
final class EveryOperator {
  private static final Quantization SCALE = Quantization.of(0.05f, 3);

  private EveryOperator() {}

  static GraphBuilder graph() {
    GraphBuilder model = new GraphBuilder("every");
    int x = model.input("x", DataType.INT8, Shape.of(1, 4, 4, 4), SCALE);
    int grid = x;
    for (Operator unary : List.of(Operator.RELU, Operator.LOGISTIC, Operator.HARD_SWISH)) {
      grid = unary(model, unary, new Options.None(), grid, Shape.of(1, 4, 4, 4));
    }
    grid = unary(model, Operator.LEAKY_RELU, new Options.LeakyRelu(0.1f), grid, gridShape());
    grid = binary(model, Operator.ADD, new Options.Elementwise(Activation.RELU), grid, x);
    grid = binary(model, Operator.MAXIMUM, new Options.None(), grid, x);
    Options pool = new Options.Pool2d(Padding.SAME, 2, 2, 1, 1, Activation.NONE);
    grid = unary(model, Operator.MAX_POOL_2D, pool, grid, gridShape());
    Options block = new Options.BlockSize(2);
    int deep = unary(model, Operator.SPACE_TO_DEPTH, block, grid, Shape.of(1, 2, 2, 16));
    grid = unary(model, Operator.DEPTH_TO_SPACE, block, deep, gridShape());
    int paddings =
        model.constant("p", DataType.INT32, Shape.of(4, 2), null, 0, 0, 1, 1, 0, 2, 0, 0);
    int padded = model.activation("padded", DataType.INT8, Shape.of(1, 6, 6, 4), SCALE);
    model.add(Operator.PAD, new Options.None(), List.of(grid, paddings), List.of(padded));
    int axes = model.indices("axes", 1, 2);
    int mean = model.activation("mean", DataType.INT8, Shape.of(1, 4), SCALE);
    model.add(Operator.MEAN, new Options.Reduce(false), List.of(padded, axes), List.of(mean));
    int order = model.indices("order", 1, 0);
    int turned = model.activation("turned", DataType.INT8, Shape.of(4, 1), SCALE);
    model.add(Operator.TRANSPOSE, new Options.None(), List.of(mean, order), List.of(turned));
    int flat = unary(model, Operator.RESHAPE, reshape(), turned, Shape.of(1, 4));
    int joined = model.activation("joined", DataType.INT8, Shape.of(1, 8), SCALE);
    Options join = new Options.Concatenation(-1, Activation.NONE);
    model.add(Operator.CONCATENATION, join, List.of(flat, mean), List.of(joined));
    int real = model.activation("real", DataType.FLOAT32, Shape.of(1, 8), null);
    model.add(Operator.DEQUANTIZE, new Options.None(), List.of(joined), List.of(real));
    int handle = model.activation("handle", DataType.RESOURCE, Shape.of(1), null);
    Options variable = new Options.VarHandle("box", "state");
    model.add(Operator.VAR_HANDLE, variable, List.of(), List.of(handle));
    model.add(Operator.ASSIGN_VARIABLE, new Options.None(), List.of(handle, real), List.of());
    int stored = model.activation("stored", DataType.FLOAT32, Shape.of(1, 8), null);
    model.add(Operator.READ_VARIABLE, new Options.None(), List.of(handle), List.of(stored));
    int condition = model.input("condition", DataType.BOOL, Shape.of(1), null);
    int chosen = model.activation("chosen", DataType.FLOAT32, Shape.of(1, 8), null);
    model.add(Operator.IF, new Options.If(1, 2), List.of(condition, stored), List.of(chosen));
    int custom = model.activation("custom", DataType.FLOAT32, Shape.of(1, 8), null);
    Options bytes = new Options.Custom(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    model.add(Operator.CUSTOM, "SignalEnergy", bytes, List.of(chosen), List.of(custom), List.of());
    model.output(custom);
    branch(model, Operator.NEG);
    branch(model, Operator.EXP);
    return model.metadata(
        "min_runtime_version", "1.5.0".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Shape gridShape() {
    return Shape.of(1, 4, 4, 4);
  }

  private static Options reshape() {
    return new Options.Reshape(List.of(1, -1));
  }

  private static void branch(GraphBuilder model, Operator operator) {
    model.subgraph(operator.name());
    int x = model.input("x", DataType.FLOAT32, Shape.of(1, 8), null);
    int y = model.activation("y", DataType.FLOAT32, Shape.of(1, 8), null);
    model.add(operator, new Options.None(), List.of(x), List.of(y)).output(y);
  }

  private static int unary(
      GraphBuilder model, Operator operator, Options options, int input, Shape shape) {
    int output = model.activation(operator.name(), DataType.INT8, shape, SCALE);
    model.add(operator, options, List.of(input), List.of(output));
    return output;
  }

  private static int binary(
      GraphBuilder model, Operator operator, Options options, int left, int right) {
    int output = model.activation(operator.name(), DataType.INT8, gridShape(), SCALE);
    model.add(operator, options, List.of(left, right), List.of(output));
    return output;
  }
}
