package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;
import static dev.thumbprint.cost.work.DataType.UINT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
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
