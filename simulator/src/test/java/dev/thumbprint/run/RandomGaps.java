package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT4;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;
import static dev.thumbprint.cost.work.DataType.UINT8;

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

/** Graphs of what TensorFlow Lite has no kernel of its own for, or another one than the target. */
final class RandomGaps {
  private static final Options NONE = new Options.None();
  private static final Options PLAIN = new Options.Elementwise(Activation.NONE);

  private RandomGaps() {}

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

  static GraphBuilder addN(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("add n");
    Shape shape = draw.shape(draw.between(1, 4), 4);
    Quantization in = draw.int8();
    List<Integer> inputs = new ArrayList<>();
    int count = draw.between(2, 5);
    for (int i = 0; i < count; i++) {
      inputs.add(graph.input("x" + i, INT8, shape, in));
    }
    Quantization out = Quantization.of(draw.near(in.scale() * count, 3), draw.zeroPoint());
    int y = graph.activation("y", INT8, shape, out);
    return graph.add(Operator.ADD_N, NONE, inputs, List.of(y)).output(y);
  }

  static GraphBuilder cumsum(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("cumsum");
    Shape shape = draw.shape(draw.between(1, 4), 5);
    Quantization in = draw.int8();
    int x = graph.input("x", INT8, shape, in);
    int axis = draw.between(-shape.rank(), shape.rank() - 1);
    int at = graph.constant("axis", INT32, Shape.of(1), null, (long) axis);
    Quantization out = Quantization.of(draw.near(in.scale() * 3, 3), draw.zeroPoint());
    int y = graph.activation("y", INT8, shape, out);
    Options options = new Options.Cumsum(draw.chance(0.5), draw.chance(0.5));
    return graph.add(Operator.CUMSUM, options, List.of(x, at), List.of(y)).output(y);
  }

  /** Divisors are constant and never the zero point. */
  static GraphBuilder div(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("div");
    Shape shape = draw.shape(draw.between(1, 4), 5);
    Quantization a = type == INT8 ? draw.int8() : null;
    Quantization b = type == INT8 ? draw.int8() : null;
    Shape right = draw.chance(0.6) ? shape : Shape.of(shape.dim(-1));
    long[] divisors = new long[Math.toIntExact(right.elements())];
    for (int i = 0; i < divisors.length; i++) {
      long zero = b == null ? 0 : b.zeroPoints()[0];
      do {
        divisors[i] = type == INT8 ? draw.between(-128, 127) : draw.between(-1000, 1000);
      } while (divisors[i] == zero);
    }
    int x = graph.input("x", type, shape, a);
    int d = graph.constant("d", type, right, b, divisors);
    Quantization out =
        type == INT8
            ? Quantization.of(draw.near(a.scale() / b.scale() / 20, 4), draw.zeroPoint())
            : null;
    int y = graph.activation("y", type, shape, out);
    Options options =
        new Options.Elementwise(type == INT8 ? RandomLayers.activation(draw) : Activation.NONE);
    return graph.add(Operator.DIV, options, List.of(x, d), List.of(y)).output(y);
  }

  static GraphBuilder elu(RandomTensors draw) {
    Quantization in = draw.int8();
    Quantization out = Quantization.of(draw.near(in.scale(), 3), draw.zeroPoint());
    return RandomOperators.unary(draw, Operator.ELU, NONE, INT8, in, INT8, out);
  }

  /** RELU6 with unequal quantisation: the target does not rescale. */
  static GraphBuilder relu6(RandomTensors draw, DataType type) {
    Quantization in = type == INT8 ? draw.int8() : Quantization.of(draw.scale() / 128, 0);
    Quantization out = type == INT8 ? draw.int8() : Quantization.of(draw.scale() / 128, 0);
    return RandomOperators.unary(draw, Operator.RELU6, NONE, type, in, type, out);
  }

  /** PRELU of 16 bits takes slopes of 8. */
  static GraphBuilder prelu16(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("prelu");
    Shape shape = draw.shape(4, 4);
    Quantization in = Quantization.of(draw.scale() / 128, 0);
    Quantization slope = Quantization.of(draw.near(0.01, 4), draw.zeroPoint());
    Quantization out = Quantization.of(draw.near(in.scale(), 4), 0);
    int x = graph.input("x", INT16, shape, in);
    Shape alphas = Shape.of(1, 1, shape.dim(3));
    byte[] contents = draw.contents(INT8, alphas.elements(), 0);
    int alpha = graph.constant("alpha", INT8, alphas, slope, contents);
    int y = graph.activation("y", INT16, shape, out);
    return graph.add(Operator.PRELU, NONE, List.of(x, alpha), List.of(y)).output(y);
  }

  /** Of absolute values: there is no root of a negative number. */
  static GraphBuilder rsqrt16(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("rsqrt");
    Quantization in = Quantization.of(draw.scale() / 128, 0);
    Quantization out = Quantization.of(draw.near(1e-4, 8), 0);
    Shape shape = draw.shape(draw.between(1, 4), 6);
    int x = graph.input("x", INT16, shape, in);
    int positive = graph.activation("positive", INT16, shape, in);
    int y = graph.activation("y", INT16, shape, out);
    graph.add(Operator.ABS, NONE, List.of(x), List.of(positive));
    return graph.add(Operator.RSQRT, NONE, List.of(positive), List.of(y)).output(y);
  }

  /** Rows of an 8-bit table, as they are or made real. */
  static GraphBuilder embedding(RandomTensors draw, DataType out) {
    GraphBuilder graph = new GraphBuilder("embedding");
    Shape table = Shape.of(draw.between(1, 6), draw.between(1, 6));
    int[] rows = new int[draw.between(1, 4)];
    Arrays.setAll(rows, _ -> draw.below(table.dim(0)));
    Quantization scale = Quantization.of(draw.scale(), 0);
    int indices = graph.indices("rows", rows);
    byte[] contents = draw.contents(INT8, table.elements(), 0);
    int values = graph.constant("table", INT8, table, scale, contents);
    // A model needs an input that varies.
    int x = graph.input("x", out, Shape.of(rows.length, table.dim(1)), null);
    int looked =
        graph.activation(
            "looked", out, Shape.of(rows.length, table.dim(1)), out == INT8 ? scale : null);
    graph.add(Operator.EMBEDDING_LOOKUP, NONE, List.of(indices, values), List.of(looked));
    return graph.output(looked).output(x);
  }

  /** QUANTIZE between any two integer types; to and from uint8 with the fast path now and then. */
  static GraphBuilder requantise(RandomTensors draw, DataType from, DataType to) {
    int zero = draw.zeroPoint();
    boolean shifted = (from == UINT8 || to == UINT8) && draw.chance(0.5);
    float scale = draw.scale();
    int zeroIn = from == UINT8 ? zero + 128 : from == INT8 ? zero : 0;
    int zeroOut =
        shifted
            ? (to == UINT8 ? zeroIn + 128 : zeroIn - 128)
            : to == UINT8 ? draw.below(256) : to == INT8 ? draw.zeroPoint() : 0;
    double ratio = to == INT32 ? 1 / 1000.0 : 1;
    Quantization in = Quantization.of(scale, zeroIn);
    Quantization out = Quantization.of(shifted ? scale : draw.near(scale * ratio, 4), zeroOut);
    return RandomOperators.unary(draw, Operator.QUANTIZE, NONE, from, in, to, out);
  }

  /** Broadcast of one shape to another. */
  static GraphBuilder broadcastTo(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("broadcast");
    Shape out = draw.shape(draw.between(1, 4), 4);
    int[] dims = out.toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = draw.chance(0.5) ? 1 : dims[i];
    }
    Quantization both = type == INT8 ? draw.int8() : null;
    int x = graph.input("x", type, Shape.of(dims), both);
    int shape = graph.indices("shape", out.toArray());
    int y = graph.activation("y", type, out, both);
    return graph.add(Operator.BROADCAST_TO, NONE, List.of(x, shape), List.of(y)).output(y);
  }

  /** The shape that two shapes broadcast to. */
  static GraphBuilder broadcastArgs(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("broadcast args");
    Shape out = draw.shape(draw.between(1, 4), 4);
    int[] thin = out.toArray();
    for (int i = 0; i < thin.length; i++) {
      thin[i] = draw.chance(0.5) ? 1 : thin[i];
    }
    int skipped = draw.below(thin.length);
    int a = graph.indices("a", out.toArray());
    int b = graph.indices("b", Arrays.copyOfRange(thin, skipped, thin.length));
    // A model needs an input that varies.
    int x = graph.input("x", INT32, Shape.of(1), null);
    int y = graph.activation("y", INT32, Shape.of(out.rank()), null);
    graph.add(Operator.BROADCAST_ARGS, NONE, List.of(a, b), List.of(y));
    return graph.output(y).output(x);
  }

  /** 16-bit matrices. */
  static GraphBuilder matMul16(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("matmul");
    boolean left = draw.chance(0.3);
    boolean right = draw.chance(0.5);
    int rows = draw.between(1, 5);
    int depth = draw.between(1, 9);
    int columns = draw.between(1, 5);
    int batch = draw.between(1, 3);
    Shape a = left ? Shape.of(batch, depth, rows) : Shape.of(batch, rows, depth);
    Shape b = right ? Shape.of(batch, columns, depth) : Shape.of(batch, depth, columns);
    Quantization qa = Quantization.of(draw.scale() / 128, 0);
    Quantization qb = Quantization.of(draw.scale() / 128, 0);
    double typical = 20_000 * Math.sqrt((double) depth);
    Quantization qy = Quantization.of(draw.near(qa.scale() * qb.scale() * typical, 4), 0);
    int x0 = graph.input("a", INT16, a, qa);
    int x1 = graph.input("b", INT16, b, qb);
    int y = graph.activation("y", INT16, Shape.of(batch, rows, columns), qy);
    Options options = new Options.BatchMatMul(left, right);
    return graph.add(Operator.BATCH_MATMUL, options, List.of(x0, x1), List.of(y)).output(y);
  }

  /** DEQUANTIZE of unsigned bytes. */
  static GraphBuilder dequantizeUnsigned(RandomTensors draw) {
    Quantization in = Quantization.of(draw.scale(), draw.below(256));
    return RandomOperators.unary(draw, Operator.DEQUANTIZE, NONE, UINT8, in, FLOAT32, null);
  }

  static GraphBuilder fill(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("fill");
    Shape out = draw.shape(draw.between(1, 4), 4);
    int dims = graph.indices("dims", out.toArray());
    Quantization both = type == INT8 ? draw.int8() : null;
    int x = graph.input("x", type, Shape.of(), both);
    int y = graph.activation("y", type, out, both);
    return graph.add(Operator.FILL, NONE, List.of(dims, x), List.of(y)).output(y);
  }

  /** RESHAPE, SQUEEZE, EXPAND_DIMS: the same elements in another shape. */
  static GraphBuilder reshape(RandomTensors draw, DataType type, Operator operator) {
    GraphBuilder graph = new GraphBuilder("reshape");
    Shape in = draw.shape(3, 5);
    Quantization both = type == INT8 ? draw.int8() : null;
    List<Integer> inputs = new ArrayList<>();
    Shape out;
    Options options;
    switch (operator) {
      case SQUEEZE -> {
        in = Shape.of(1, in.dim(1), 1);
        out = Shape.of(in.dim(1));
        options = new Options.Squeeze(List.of(0, 2));
        inputs.add(graph.input("x", type, in, both));
      }
      case EXPAND_DIMS -> {
        out = Shape.of(in.dim(0), 1, in.dim(1), in.dim(2));
        options = NONE;
        inputs.add(graph.input("x", type, in, both));
        inputs.add(graph.indices("axis", 1));
      }
      default -> {
        out = Shape.of(in.dim(2), in.dim(0) * in.dim(1));
        options = new Options.Reshape(List.of(out.dim(0), out.dim(1)));
        inputs.add(graph.input("x", type, in, both));
      }
    }
    int y = graph.activation("y", type, out, both);
    return graph.add(operator, options, inputs, List.of(y)).output(y);
  }

  static GraphBuilder zerosLike(RandomTensors draw, DataType type) {
    Quantization both = type == INT8 ? draw.int8() : null;
    return RandomOperators.unary(draw, Operator.ZEROS_LIKE, NONE, type, both, type, both);
  }

  static GraphBuilder shape(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("shape");
    Shape in = draw.shape(draw.between(1, 4), 6);
    int x = graph.input("x", INT8, in, draw.int8());
    int y = graph.activation("y", INT32, Shape.of(in.rank()), null);
    return graph
        .add(Operator.SHAPE, new Options.IndexOutput(INT32), List.of(x), List.of(y))
        .output(y);
  }

  /** Parts of unequal extent. */
  static GraphBuilder splitV(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("split v");
    Shape in = draw.shape(draw.between(1, 4), 6);
    int axis = draw.below(in.rank());
    Quantization both =
        type == INT8 ? draw.int8() : type == INT16 ? Quantization.of(draw.scale(), 0) : null;
    int x = graph.input("x", type, in, both);
    List<Integer> sizes = new ArrayList<>();
    int left = in.dim(axis);
    while (left > 0) {
      int size = draw.between(1, left);
      sizes.add(size);
      left -= size;
    }
    int parts = graph.indices("sizes", RandomOperators.ints(sizes));
    int along = graph.constant("axis", INT32, Shape.of(1), null, (long) axis);
    List<Integer> outputs = new ArrayList<>();
    for (int size : sizes) {
      int[] dims = in.toArray();
      dims[axis] = size;
      outputs.add(graph.activation("y" + outputs.size(), type, Shape.of(dims), both));
    }
    graph.add(Operator.SPLIT_V, new Options.Split(sizes.size()), List.of(x, parts, along), outputs);
    outputs.forEach(graph::output);
    return graph;
  }

  /** SQUARED_DIFFERENCE of 16 bits. */
  static GraphBuilder squaredDifference16(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("squared difference");
    Shape shape = draw.shape(draw.between(1, 4), 4);
    Quantization a = Quantization.of(draw.scale() / 128, 0);
    Quantization b = Quantization.of(draw.near(a.scale(), 3), 0);
    Quantization y = Quantization.of(draw.near(a.scale() * a.scale() * 20_000, 4), 0);
    int x0 = graph.input("a", INT16, shape, a);
    int x1 = graph.input("b", INT16, shape, b);
    int out = graph.activation("y", INT16, shape, y);
    return graph.add(Operator.SQUARED_DIFFERENCE, NONE, List.of(x0, x1), List.of(out)).output(out);
  }

  /** ADD, SUB or MUL of plain 32-bit integers. */
  static GraphBuilder int32(RandomTensors draw, Operator operator) {
    GraphBuilder graph = new GraphBuilder("int32");
    Shape shape = draw.shape(draw.between(1, 4), 4);
    int a = graph.input("a", INT32, shape, null);
    int b = graph.input("b", INT32, draw.chance(0.6) ? shape : Shape.of(shape.dim(-1)), null);
    int y = graph.activation("y", INT32, shape, null);
    return graph.add(operator, PLAIN, List.of(a, b), List.of(y)).output(y);
  }
}
