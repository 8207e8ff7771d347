package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT4;
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
import java.util.Arrays;
import java.util.List;

/**
 * Graphs of layers with weights that TensorFlow Lite has no kernel of its own for, or another one.
 */
final class RandomWeightGaps {
  private RandomWeightGaps() {}

  /** CONV_2D, DEPTHWISE_CONV_2D or FULLY_CONNECTED with 4-bit weights. */
  static GraphBuilder int4(RandomTensors draw, Operator operator) {
    GraphBuilder graph = new GraphBuilder("int4");
    boolean dense = operator == Operator.FULLY_CONNECTED;
    boolean depthwise = operator == Operator.DEPTHWISE_CONV_2D;
    int channels = draw.between(1, 9);
    int multiplier = depthwise && draw.chance(0.3) ? 2 : 1;
    int outputs = depthwise ? channels * multiplier : draw.between(1, 7);
    int height = dense ? 1 : draw.between(1, 3);
    int width = dense ? 1 : draw.between(1, 3);
    int side = draw.between(3, 6);
    int stride = draw.between(1, 2);
    Padding padding = draw.chance(0.5) ? Padding.SAME : Padding.VALID;
    Shape in = dense ? Shape.of(draw.between(1, 3), channels) : Shape.of(1, side, side, channels);
    Shape filter =
        dense
            ? Shape.of(outputs, channels)
            : depthwise
                ? Shape.of(1, height, width, outputs)
                : Shape.of(outputs, height, width, channels);
    Shape out =
        dense
            ? Shape.of(in.dim(0), outputs)
            : Shape.of(
                1,
                padding.outputExtent(side, height, stride, 1),
                padding.outputExtent(side, width, stride, 1),
                outputs);
    Quantization x = draw.int8();
    float[] scales = new float[dense ? 1 : outputs];
    float base = draw.scale();
    for (int i = 0; i < scales.length; i++) {
      scales[i] = draw.near(base, 4);
    }
    float[] biasScales = new float[scales.length];
    for (int i = 0; i < biasScales.length; i++) {
      biasScales[i] = x.scale() * scales[i];
    }
    long[] weights = new long[Math.toIntExact(filter.elements())];
    Arrays.setAll(weights, _ -> draw.between(-7, 7));
    long[] biases = new long[outputs];
    Arrays.setAll(biases, _ -> draw.between(-5000, 5000));
    int axis = depthwise ? 3 : 0;
    int[] zeros = new int[scales.length];
    Quantization y = Quantization.of(draw.near(x.scale() * base * 300, 6), draw.zeroPoint());
    List<Integer> operands =
        List.of(
            graph.input("x", INT8, in, x),
            graph.constant("w", INT4, filter, new Quantization(scales, zeros, axis), weights),
            graph.constant(
                "b", INT32, Shape.of(outputs), new Quantization(biasScales, zeros, 0), biases));
    int result = graph.activation("y", INT8, out, y);
    Activation activation = RandomLayers.activation(draw);
    Options options =
        switch (operator) {
          case FULLY_CONNECTED -> new Options.FullyConnected(activation, false);
          case CONV_2D -> new Options.Conv2d(padding, stride, stride, 1, 1, activation);
          default ->
              new Options.DepthwiseConv2d(padding, stride, stride, 1, 1, multiplier, activation);
        };
    return graph.add(operator, options, operands, List.of(result)).output(result);
  }

  /** CONV_2D or FULLY_CONNECTED with 16-bit activations: a bias of 64 or 32 bits, or none. */
  static GraphBuilder wide(RandomTensors draw, Operator operator, DataType bias) {
    GraphBuilder graph = new GraphBuilder("wide");
    boolean dense = operator == Operator.FULLY_CONNECTED;
    int channels = draw.between(1, 30);
    int outputs = draw.between(1, 8);
    int kernel = dense ? 1 : draw.between(1, 3);
    int side = draw.between(3, 6);
    Shape in = dense ? Shape.of(draw.between(1, 3), channels) : Shape.of(1, side, side, channels);
    Shape filter =
        dense ? Shape.of(outputs, channels) : Shape.of(outputs, kernel, kernel, channels);
    Shape out =
        dense
            ? Shape.of(in.dim(0), outputs)
            : Shape.of(1, side - kernel + 1, side - kernel + 1, outputs);
    Quantization x = Quantization.of(draw.scale() / 256, 0);
    Quantization w = Quantization.of(draw.scale(), 0);
    double typical = 74 * 10_000.0 * Math.sqrt((double) kernel * kernel * channels) / 32_768;
    Quantization y = Quantization.of(draw.near(x.scale() * w.scale() * typical, 4), 0);
    List<Integer> operands = new ArrayList<>();
    operands.add(graph.input("x", INT16, in, x));
    operands.add(draw.weights(graph, filter, w));
    if (bias != null) {
      long[] values = new long[outputs];
      Arrays.setAll(values, _ -> draw.between(-5_000_000, 5_000_000));
      Quantization product = Quantization.of(x.scale() * w.scale(), 0);
      operands.add(graph.constant("b", bias, Shape.of(outputs), product, values));
    }
    int result = graph.activation("y", INT16, out, y);
    Activation activation = RandomLayers.activation(draw);
    Options options =
        dense
            ? new Options.FullyConnected(activation, false)
            : new Options.Conv2d(Padding.VALID, 1, 1, 1, 1, activation);
    return graph.add(operator, options, operands, List.of(result)).output(result);
  }

  /** FULLY_CONNECTED with one scale per output. */
  static GraphBuilder densePerChannel(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("dense per channel");
    int inputs = draw.between(1, 30);
    int outputs = draw.between(2, 9);
    Quantization x = draw.int8();
    float base = draw.scale();
    float[] scales = new float[outputs];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = draw.near(base, 6);
    }
    float[] biasScales = new float[outputs];
    for (int i = 0; i < biasScales.length; i++) {
      biasScales[i] = x.scale() * scales[i];
    }
    long[] biases = new long[outputs];
    Arrays.setAll(biases, _ -> draw.between(-50_000, 50_000));
    Shape filter = Shape.of(outputs, inputs);
    Shape rows = Shape.of(draw.between(1, 3), inputs);
    List<Integer> operands =
        List.of(
            graph.input("x", INT8, rows, x),
            draw.weights(graph, filter, new Quantization(scales, new int[outputs], 0)),
            graph.constant(
                "b",
                INT32,
                Shape.of(outputs),
                new Quantization(biasScales, new int[outputs], 0),
                biases));
    Quantization y =
        Quantization.of(
            draw.near(x.scale() * base * 74 * Math.sqrt((double) inputs), 6), draw.zeroPoint());
    int result = graph.activation("y", INT8, Shape.of(rows.dim(0), outputs), y);
    Options options = new Options.FullyConnected(RandomLayers.activation(draw), false);
    return graph.add(Operator.FULLY_CONNECTED, options, operands, List.of(result)).output(result);
  }

  /** Rank-3 rows through FULLY_CONNECTED, which CMSIS-NN sends through a convolution. */
  static GraphBuilder denseRank3(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("dense rank 3");
    int inputs = 4 * draw.between(1, 8);
    int outputs = draw.between(1, 9);
    Shape rows = Shape.of(1, draw.between(1, 4), inputs);
    Quantization x = draw.int8();
    Quantization w = Quantization.of(draw.scale(), 0);
    long[] biases = new long[outputs];
    Arrays.setAll(biases, _ -> draw.between(-50_000, 50_000));
    List<Integer> operands =
        List.of(
            graph.input("x", INT8, rows, x),
            draw.weights(graph, Shape.of(outputs, inputs), w),
            graph.constant(
                "b", INT32, Shape.of(outputs), Quantization.of(x.scale() * w.scale(), 0), biases));
    Quantization y =
        Quantization.of(
            draw.near(x.scale() * w.scale() * 74 * Math.sqrt((double) inputs), 6),
            draw.zeroPoint());
    int result = graph.activation("y", INT8, Shape.of(1, rows.dim(1), outputs), y);
    Options options = new Options.FullyConnected(RandomLayers.activation(draw), true);
    return graph.add(Operator.FULLY_CONNECTED, options, operands, List.of(result)).output(result);
  }

  /** TRANSPOSE_CONV with a bias and a fused activation; many channels now and then. */
  static GraphBuilder transposeConv(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("transpose conv");
    Padding padding = draw.chance(0.5) ? Padding.SAME : Padding.VALID;
    int stride = draw.between(1, 3);
    int outputs = draw.between(1, 4);
    int channels = draw.chance(0.3) ? draw.between(17, 20) : draw.between(1, 6);
    Shape filter = Shape.of(outputs, draw.between(1, 4), draw.between(1, 4), channels);
    int rows = draw.between(1, 4);
    int columns = draw.between(1, 4);
    boolean same = padding == Padding.SAME;
    Shape in = Shape.of(1, rows, columns, channels);
    Shape out =
        Shape.of(
            1,
            same
                ? draw.between((rows - 1) * stride + 1, rows * stride)
                : (rows - 1) * stride + filter.dim(1),
            same
                ? draw.between((columns - 1) * stride + 1, columns * stride)
                : (columns - 1) * stride + filter.dim(2),
            outputs);
    boolean wide = type == INT16;
    Quantization x = wide ? Quantization.of(draw.scale() / 128, 0) : draw.int8();
    float base = draw.scale();
    float[] scales = new float[outputs];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = draw.near(base, 4);
    }
    float[] biasScales = new float[outputs];
    for (int i = 0; i < biasScales.length; i++) {
      biasScales[i] = x.scale() * scales[i];
    }
    long[] biases = new long[outputs];
    Arrays.setAll(biases, _ -> draw.between(-20_000, 20_000));
    int shape = graph.indices("shape", out.toArray());
    int weights = draw.weights(graph, filter, new Quantization(scales, new int[outputs], 0));
    int image = graph.input("x", type, in, x);
    int bias =
        graph.constant(
            "b",
            wide ? INT64 : INT32,
            Shape.of(outputs),
            new Quantization(biasScales, new int[outputs], 0),
            biases);
    double typical = 74.0 * (wide ? 256 : 1) * Math.sqrt((double) channels) / (wide ? 256 : 1);
    Quantization y =
        Quantization.of(draw.near(x.scale() * base * typical, 4), wide ? 0 : draw.zeroPoint());
    int result = graph.activation("y", type, out, y);
    Options options =
        new Options.TransposeConv(padding, stride, stride, RandomLayers.activation(draw), FLOAT32);
    return graph
        .add(
            Operator.TRANSPOSE_CONV, options, List.of(shape, weights, image, bias), List.of(result))
        .output(result);
  }
}
