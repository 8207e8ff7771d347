package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.util.ArrayList;
import java.util.List;

/** Graphs of one layer with weights: convolutions, pooling, dense. */
final class RandomLayers {
  private static final Activation[] ACTIVATIONS = {
    Activation.NONE, Activation.RELU, Activation.RELU6, Activation.RELU_N1_TO_1
  };

  /** Greatest extent of most images, and of some. */
  private static final int SIDE = 7;

  private static final int LONG_SIDE = 14;

  private final RandomTensors draw;
  private final DataType type;
  private final GraphBuilder graph = new GraphBuilder("layer");
  private boolean bias = true;

  private RandomLayers(RandomTensors draw, DataType type) {
    this.draw = draw;
    this.type = type;
  }

  static Activation activation(RandomTensors draw) {
    return ACTIVATIONS[draw.below(ACTIVATIONS.length)];
  }

  static GraphBuilder conv2d(RandomTensors draw, DataType type) {
    int side = draw.chance(0.8) ? SIDE : LONG_SIDE;
    return new RandomLayers(draw, type).conv2d(1, side);
  }

  static GraphBuilder grouped(RandomTensors draw, DataType type) {
    return new RandomLayers(draw, type).conv2d(draw.between(2, 4), SIDE);
  }

  /** TensorFlow Lite refuses CONV_2D without bias. */
  static GraphBuilder convWithoutBias(RandomTensors draw, DataType type) {
    return withoutBias(draw, type).conv2d(1, SIDE);
  }

  static GraphBuilder groupedWithoutBias(RandomTensors draw, DataType type) {
    return withoutBias(draw, type).conv2d(draw.between(2, 4), SIDE);
  }

  static GraphBuilder depthwiseWithoutBias(RandomTensors draw, DataType type) {
    return withoutBias(draw, type).depthwise();
  }

  static GraphBuilder denseWithoutBias(RandomTensors draw, DataType type) {
    return withoutBias(draw, type).dense();
  }

  private static RandomLayers withoutBias(RandomTensors draw, DataType type) {
    RandomLayers layers = new RandomLayers(draw, type);
    layers.bias = false;
    return layers;
  }

  static GraphBuilder depthwise(RandomTensors draw, DataType type) {
    return new RandomLayers(draw, type).depthwise();
  }

  static GraphBuilder dense(RandomTensors draw, DataType type) {
    return new RandomLayers(draw, type).dense();
  }

  static GraphBuilder pool(RandomTensors draw, DataType type, Operator operator) {
    return new RandomLayers(draw, type).pool(operator);
  }

  private record Steps(Padding padding, int stride, int strideWidth, int dilation) {}

  private Steps steps(int height, int width, int filterHeight, int filterWidth) {
    Padding padding = draw.chance(0.5) ? Padding.SAME : Padding.VALID;
    int dilation = draw.chance(0.75) ? 1 : 2;
    boolean fits = (filterHeight - 1) * dilation < height && (filterWidth - 1) * dilation < width;
    int stride = draw.between(1, 3);
    // The optimised and the reference kernels of TensorFlow Lite share strides and dilation.
    return new Steps(
        fits ? padding : Padding.SAME,
        stride,
        draw.chance(0.8) ? stride : draw.between(1, 3),
        dilation);
  }

  private GraphBuilder conv2d(int groups, int side) {
    int filterChannels = draw.between(1, 9);
    int outputs = groups * draw.between(1, 6);
    Shape in =
        Shape.of(
            draw.between(1, 2),
            draw.between(1, side),
            draw.between(1, side),
            groups * filterChannels);
    Shape filter = Shape.of(outputs, draw.between(1, 4), draw.between(1, 4), filterChannels);
    Steps steps = steps(in.dim(1), in.dim(2), filter.dim(1), filter.dim(2));
    Shape out = output(in, filter, steps, outputs);
    List<Integer> operands = operands(in, filter, 0, outputs, filter.elements() / outputs);
    Options options =
        new Options.Conv2d(
            steps.padding,
            steps.stride,
            steps.strideWidth,
            steps.dilation,
            steps.dilation,
            activation(draw));
    return finish(Operator.CONV_2D, options, operands, out);
  }

  private GraphBuilder depthwise() {
    int channels = draw.between(1, 9);
    int multiplier = draw.chance(0.6) ? 1 : draw.between(2, 4);
    Shape in = Shape.of(draw.between(1, 2), draw.between(1, 7), draw.between(1, 7), channels);
    Shape filter = Shape.of(1, draw.between(1, 4), draw.between(1, 4), channels * multiplier);
    Steps steps = steps(in.dim(1), in.dim(2), filter.dim(1), filter.dim(2));
    Shape out = output(in, filter, steps, channels * multiplier);
    List<Integer> operands =
        operands(in, filter, 3, channels * multiplier, (long) filter.dim(1) * filter.dim(2));
    Options options =
        new Options.DepthwiseConv2d(
            steps.padding,
            steps.stride,
            steps.strideWidth,
            steps.dilation,
            steps.dilation,
            multiplier,
            activation(draw));
    return finish(Operator.DEPTHWISE_CONV_2D, options, operands, out);
  }

  private GraphBuilder dense() {
    int inputs = draw.between(1, 40);
    int outputs = draw.between(1, 12);
    int rows = draw.between(1, 3);
    Shape filter = Shape.of(outputs, inputs);
    List<Integer> operands = operands(Shape.of(rows, inputs), filter, 0, outputs, inputs);
    return finish(
        Operator.FULLY_CONNECTED,
        new Options.FullyConnected(activation(draw), false),
        operands,
        Shape.of(rows, outputs));
  }

  private GraphBuilder pool(Operator operator) {
    Shape in =
        Shape.of(draw.between(1, 2), draw.between(1, 8), draw.between(1, 8), draw.between(1, 5));
    int height = draw.between(1, in.dim(1));
    int width = draw.between(1, in.dim(2));
    Padding padding = draw.chance(0.5) ? Padding.SAME : Padding.VALID;
    int stride = draw.between(1, 3);
    Shape out =
        Shape.of(
            in.dim(0),
            padding.outputExtent(in.dim(1), height, stride, 1),
            padding.outputExtent(in.dim(2), width, stride, 1),
            in.dim(3));
    Quantization quantization = activations();
    int x = graph.input("x", type, in, quantization);
    int y = graph.activation("y", type, out, quantization);
    Options options = new Options.Pool2d(padding, height, width, stride, stride, activation(draw));
    return graph.add(operator, options, List.of(x), List.of(y)).output(y);
  }

  private Quantization activations() {
    return switch (type) {
      case FLOAT32 -> null;
      case INT16 -> Quantization.of(draw.scale() / 256, 0);
      default -> draw.int8();
    };
  }

  private Shape output(Shape in, Shape filter, Steps steps, int channels) {
    return Shape.of(
        in.dim(0),
        steps.padding.outputExtent(in.dim(1), filter.dim(1), steps.stride, steps.dilation),
        steps.padding.outputExtent(in.dim(2), filter.dim(2), steps.strideWidth, steps.dilation),
        channels);
  }

  /** Input, weights and (mostly) a bias, with scales that leave outputs within their range. */
  private List<Integer> operands(Shape in, Shape filter, int axis, int outputs, long depth) {
    List<Integer> operands = new ArrayList<>();
    Quantization input = activations();
    operands.add(graph.input("x", type, in, input));
    if (type == FLOAT32) {
      operands.add(graph.constant("weights", filter, floats(filter.elements())));
      if (bias) {
        operands.add(graph.constant("bias", Shape.of(outputs), floats(outputs)));
      }
      outputScale = 0;
      return operands;
    }
    float[] scales = new float[axis >= 0 && draw.chance(0.7) && filter.rank() == 4 ? outputs : 1];
    float base = draw.scale();
    for (int i = 0; i < scales.length; i++) {
      scales[i] = draw.near(base, 8);
    }
    operands.add(
        draw.weights(graph, filter, new Quantization(scales, new int[scales.length], axis)));
    float product = input.scales()[0] * base;
    outputScale =
        draw.near(product * 74 * Math.sqrt((double) depth) * (type == INT16 ? 256 : 1), 8);
    outputScale = type == INT16 ? Math.max(outputScale / 256, 1e-9f) : outputScale;
    if (bias) {
      long[] values = new long[outputs];
      for (int i = 0; i < outputs; i++) {
        values[i] = draw.below(200_001) - 100_000L;
      }
      float[] biasScales = new float[scales.length];
      for (int i = 0; i < scales.length; i++) {
        biasScales[i] = input.scales()[0] * scales[i];
      }
      DataType wide = type == INT16 ? INT64 : INT32;
      Quantization quantization = new Quantization(biasScales, new int[scales.length], 0);
      operands.add(graph.constant("bias", wide, Shape.of(outputs), quantization, values));
    }
    return operands;
  }

  private float outputScale;

  private float[] floats(long count) {
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (draw.below(2001) - 1000) / 997f;
    }
    return values;
  }

  private GraphBuilder finish(
      Operator operator, Options options, List<Integer> operands, Shape out) {
    Quantization quantization =
        switch (type) {
          case FLOAT32 -> null;
          case INT16 -> Quantization.of(outputScale, 0);
          default -> Quantization.of(outputScale, draw.zeroPoint());
        };
    int y =
        graph.activation(
            "y", type == INT16 ? INT16 : type == INT8 ? INT8 : type, out, quantization);
    return graph.add(operator, options, operands, List.of(y)).output(y);
  }
}
