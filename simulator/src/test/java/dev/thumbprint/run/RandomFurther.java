package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
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

/** Graphs of one of the rarer operators. */
final class RandomFurther {
  private static final Options NONE = new Options.None();

  private RandomFurther() {}

  private static Quantization any(RandomTensors draw, DataType type) {
    return switch (type) {
      case INT8 -> draw.int8();
      case INT16 -> Quantization.of(draw.scale() / 128, 0);
      default -> null;
    };
  }

  private static Quantization near(RandomTensors draw, Quantization other, DataType type) {
    return other == null
        ? null
        : Quantization.of(draw.near(other.scale(), 4), type == INT8 ? draw.zeroPoint() : 0);
  }

  static GraphBuilder function(RandomTensors draw, DataType type, Operator operator) {
    Quantization in = any(draw, type);
    Options options =
        operator == Operator.LEAKY_RELU
            ? new Options.LeakyRelu(draw.near(0.1, 8) * (draw.chance(0.2) ? -1 : 1))
            : NONE;
    Quantization out = near(draw, in, type);
    if (operator == Operator.HARD_SWISH && in != null) {
      out = Quantization.of(draw.near(in.scale(), 2), draw.zeroPoint());
    }
    if (operator == Operator.RSQRT && in != null) {
      in = Quantization.of(in.scale(), -128);
      out = Quantization.of(draw.near(1 / Math.sqrt(in.scale() * 40) / 40, 2), -128);
    }
    return RandomOperators.unary(draw, operator, options, type, in, type, out);
  }

  /** Two inputs of one quantisation, the output of the same or of type bool. */
  static GraphBuilder pair(
      RandomTensors draw, DataType type, DataType outType, Operator operator, Options options) {
    GraphBuilder graph = new GraphBuilder("pair");
    Shape out = draw.shape(draw.between(1, 4), 4);
    Shape right = draw.chance(0.5) ? out : Shape.of(out.dim(-1));
    Quantization both =
        type == INT8 ? Quantization.of(draw.scale() * 0.9f, draw.zeroPoint()) : any(draw, type);
    Quantization other = outType == BOOL ? near(draw, both, type) : both;
    if (other != null && other.scale() >= 1) {
      other = both;
    }
    int a = graph.input("a", type, out, both);
    int b = graph.input("b", type, right, other);
    int y = graph.activation("y", outType, out, outType == BOOL ? null : both);
    return graph.add(operator, options, List.of(a, b), List.of(y)).output(y);
  }

  static GraphBuilder squaredDifference(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("squared difference");
    Shape shape = draw.shape(draw.between(1, 4), 4);
    Quantization a = draw.int8();
    Quantization b = near(draw, a, INT8);
    Quantization y = Quantization.of(draw.near(a.scale() * a.scale() * 60, 4), draw.zeroPoint());
    int x0 = graph.input("a", INT8, shape, a);
    int x1 = graph.input("b", INT8, shape, b);
    int out = graph.activation("y", INT8, shape, y);
    return graph.add(Operator.SQUARED_DIFFERENCE, NONE, List.of(x0, x1), List.of(out)).output(out);
  }

  static GraphBuilder prelu(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("prelu");
    Shape shape = draw.shape(4, 4);
    Quantization in = any(draw, type);
    Quantization slope =
        type == INT8 ? Quantization.of(draw.near(0.01, 4), draw.zeroPoint()) : null;
    int x = graph.input("x", type, shape, in);
    Shape alphas = Shape.of(1, 1, shape.dim(3));
    byte[] contents = draw.contents(type, alphas.elements(), 0);
    int alpha = graph.constant("alpha", type, alphas, slope, contents);
    int y = graph.activation("y", type, shape, near(draw, in, type));
    return graph.add(Operator.PRELU, NONE, List.of(x, alpha), List.of(y)).output(y);
  }

  static GraphBuilder addN(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("add n");
    Shape shape = draw.shape(draw.between(1, 4), 4);
    List<Integer> inputs = new ArrayList<>();
    int count = draw.between(2, 5);
    for (int i = 0; i < count; i++) {
      inputs.add(graph.input("x" + i, type, shape, null));
    }
    int y = graph.activation("y", type, shape, null);
    return graph.add(Operator.ADD_N, NONE, inputs, List.of(y)).output(y);
  }

  static GraphBuilder cumsum(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("cumsum");
    Shape shape = draw.shape(draw.between(1, 4), 5);
    int x = graph.input("x", FLOAT32, shape, null);
    int axis = draw.between(-shape.rank(), shape.rank() - 1);
    int at = graph.constant("axis", INT32, Shape.of(1), null, (long) axis);
    int y = graph.activation("y", FLOAT32, shape, null);
    Options options = new Options.Cumsum(draw.chance(0.5), draw.chance(0.5));
    return graph.add(Operator.CUMSUM, options, List.of(x, at), List.of(y)).output(y);
  }

  /** DEPTH_TO_SPACE and SPACE_TO_DEPTH. */
  static GraphBuilder block(RandomTensors draw, DataType type, Operator operator) {
    GraphBuilder graph = new GraphBuilder("block");
    int block = draw.between(2, 3);
    int depth = draw.between(1, 4);
    Shape deep =
        Shape.of(draw.between(1, 2), draw.between(1, 3), draw.between(1, 3), depth * block * block);
    Shape wide = Shape.of(deep.dim(0), deep.dim(1) * block, deep.dim(2) * block, depth);
    boolean toSpace = operator == Operator.DEPTH_TO_SPACE;
    Quantization both = any(draw, type);
    int x = graph.input("x", type, toSpace ? deep : wide, both);
    int y = graph.activation("y", type, toSpace ? wide : deep, both);
    return graph.add(operator, new Options.BlockSize(block), List.of(x), List.of(y)).output(y);
  }

  /** SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND. */
  static GraphBuilder batches(RandomTensors draw, DataType type, Operator operator) {
    GraphBuilder graph = new GraphBuilder("batches");
    int[] block = {draw.between(1, 3), draw.between(1, 3)};
    int[] edges = {draw.below(3), draw.below(3), draw.below(3), draw.below(3)};
    int rows = draw.between(2, 3);
    int columns = draw.between(2, 3);
    int height = rows * block[0] - edges[0] - edges[1];
    int width = columns * block[1] - edges[2] - edges[3];
    if (height < 1 || width < 1) {
      edges = new int[4];
      height = rows * block[0];
      width = columns * block[1];
    }
    int batch = draw.between(1, 2);
    int depth = draw.between(1, 3);
    Shape image = Shape.of(batch, height, width, depth);
    Shape blocks = Shape.of(batch * block[0] * block[1], rows, columns, depth);
    boolean toBatch = operator == Operator.SPACE_TO_BATCH_ND;
    Quantization both = any(draw, type);
    int x = graph.input("x", type, toBatch ? image : blocks, both);
    int sizes = graph.indices("block", block);
    int paddings =
        graph.constant(
            "paddings", INT32, Shape.of(2, 2), null, Arrays.stream(edges).asLongStream().toArray());
    int y = graph.activation("y", type, toBatch ? blocks : image, both);
    return graph.add(operator, NONE, List.of(x, sizes, paddings), List.of(y)).output(y);
  }

  static GraphBuilder mirrorPad(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("mirror pad");
    Shape in = draw.shape(draw.between(1, 4), 4);
    boolean symmetric = draw.chance(0.5);
    long[] paddings = new long[2 * in.rank()];
    int[] dims = in.toArray();
    for (int i = 0; i < paddings.length; i++) {
      paddings[i] = draw.between(0, in.dim(i / 2) - (symmetric ? 0 : 1));
      dims[i / 2] += (int) paddings[i];
    }
    Quantization both = any(draw, type);
    int x = graph.input("x", type, in, both);
    int amounts = graph.constant("paddings", INT32, Shape.of(in.rank(), 2), null, paddings);
    int y = graph.activation("y", type, Shape.of(dims), both);
    return graph
        .add(Operator.MIRROR_PAD, new Options.MirrorPad(symmetric), List.of(x, amounts), List.of(y))
        .output(y);
  }

  static GraphBuilder reverse(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("reverse");
    Shape shape = draw.shape(draw.between(1, 4), 5);
    Quantization both = any(draw, type);
    int x = graph.input("x", type, shape, both);
    int axis = graph.indices("axis", draw.between(0, shape.rank() - 1));
    int y = graph.activation("y", type, shape, both);
    return graph.add(Operator.REVERSE_V2, NONE, List.of(x, axis), List.of(y)).output(y);
  }

  static GraphBuilder gather(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("gather");
    Shape values = draw.shape(draw.between(1, 4), 4);
    int axis = draw.below(values.rank());
    int[] picks = new int[draw.between(1, 5)];
    for (int i = 0; i < picks.length; i++) {
      picks[i] = draw.below(values.dim(axis));
    }
    int[] dims = values.toArray();
    dims[axis] = picks.length;
    Quantization both = any(draw, type);
    int x = graph.input("x", type, values, both);
    int indices = graph.indices("indices", picks);
    int y = graph.activation("y", type, Shape.of(dims), both);
    return graph
        .add(Operator.GATHER, new Options.Gather(axis, 0), List.of(x, indices), List.of(y))
        .output(y);
  }

  static GraphBuilder gatherNd(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("gather nd");
    Shape values = draw.shape(draw.between(1, 4), 4);
    int tuple = draw.between(1, values.rank());
    int count = draw.between(1, 4);
    long[] picks = new long[count * tuple];
    for (int i = 0; i < picks.length; i++) {
      picks[i] = draw.below(values.dim(i % tuple));
    }
    int[] dims = new int[1 + values.rank() - tuple];
    dims[0] = count;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = values.dim(tuple + i - 1);
    }
    Quantization both = any(draw, type);
    int x = graph.input("x", type, values, both);
    int indices = graph.constant("indices", INT32, Shape.of(count, tuple), null, picks);
    int y = graph.activation("y", type, Shape.of(dims), both);
    return graph.add(Operator.GATHER_ND, NONE, List.of(x, indices), List.of(y)).output(y);
  }

  static GraphBuilder select(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("select");
    Shape out = draw.shape(draw.between(1, 4), 4);
    Quantization both = any(draw, type);
    Shape last = Shape.of(out.dim(-1));
    int condition = graph.input("c", BOOL, draw.chance(0.5) ? out : last, null);
    int a = graph.input("a", type, out, both);
    int b = graph.input("b", type, draw.chance(0.5) ? out : last, both);
    int y = graph.activation("y", type, out, both);
    return graph.add(Operator.SELECT_V2, NONE, List.of(condition, a, b), List.of(y)).output(y);
  }

  static GraphBuilder argExtreme(RandomTensors draw, DataType type, Operator operator) {
    GraphBuilder graph = new GraphBuilder("arg");
    Shape in = draw.shape(draw.between(2, 4), 5);
    int axis = draw.between(-in.rank(), in.rank() - 1);
    int at = axis < 0 ? axis + in.rank() : axis;
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < in.rank(); i++) {
      if (i != at) {
        dims.add(in.dim(i));
      }
    }
    int x = graph.input("x", type, in, any(draw, type));
    int where = graph.constant("axis", INT32, Shape.of(1), null, (long) axis);
    int y = graph.activation("y", INT32, Shape.of(RandomOperators.ints(dims)), null);
    return graph
        .add(operator, new Options.IndexOutput(INT32), List.of(x, where), List.of(y))
        .output(y);
  }

  static GraphBuilder cast(RandomTensors draw, DataType from, DataType to) {
    return RandomOperators.unary(
        draw, Operator.CAST, new Options.Cast(from, to), from, null, to, null);
  }

  static GraphBuilder update(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("update");
    Shape shape = draw.shape(draw.between(1, 4), 4);
    int[] part = new int[shape.rank()];
    int[] starts = new int[shape.rank()];
    for (int i = 0; i < part.length; i++) {
      part[i] = draw.between(1, shape.dim(i));
      starts[i] = draw.between(-2, shape.dim(i));
    }
    Quantization both = any(draw, type);
    int x = graph.input("x", type, shape, both);
    int u = graph.input("u", type, Shape.of(part), both);
    int at = graph.indices("starts", starts);
    int y = graph.activation("y", type, shape, both);
    return graph.add(Operator.DYNAMIC_UPDATE_SLICE, NONE, List.of(x, u, at), List.of(y)).output(y);
  }

  static GraphBuilder embedding(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("embedding");
    Shape table = Shape.of(draw.between(1, 6), draw.between(1, 6));
    int[] rows = new int[draw.between(1, 4)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = draw.below(table.dim(0));
    }
    int indices = graph.indices("rows", rows);
    int x = graph.input("table", FLOAT32, table, null);
    int y = graph.activation("y", FLOAT32, Shape.of(rows.length, table.dim(1)), null);
    return graph.add(Operator.EMBEDDING_LOOKUP, NONE, List.of(indices, x), List.of(y)).output(y);
  }

  static Options activation(RandomTensors draw) {
    return new Options.Elementwise(draw.chance(0.5) ? Activation.NONE : Activation.RELU6);
  }

  static GraphBuilder logSoftmax(RandomTensors draw) {
    Quantization in = draw.int8();
    Quantization out = Quantization.of(1f / 16, 127);
    return RandomOperators.unary(draw, Operator.LOG_SOFTMAX, NONE, INT8, in, INT8, out);
  }

  static GraphBuilder l2Normalization(RandomTensors draw, DataType type) {
    Quantization in = any(draw, type);
    Quantization out = type == INT8 ? Quantization.of(1f / 128, 0) : null;
    Options options = new Options.Elementwise(Activation.NONE);
    return RandomOperators.unary(draw, Operator.L2_NORMALIZATION, options, type, in, type, out);
  }

  /** RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR. */
  static GraphBuilder resize(RandomTensors draw, DataType type, Operator operator) {
    GraphBuilder graph = new GraphBuilder("resize");
    Shape in = draw.shape(4, 5);
    int[] size = {draw.between(1, 9), draw.between(1, 9)};
    Shape out = Shape.of(in.dim(0), size[0], size[1], in.dim(3));
    boolean align = draw.chance(0.3);
    Quantization both = any(draw, type);
    int x = graph.input("x", type, in, both);
    int to = graph.indices("size", size);
    int y = graph.activation("y", type, out, both);
    Options options = new Options.Resize(align, !align && draw.chance(0.5));
    return graph.add(operator, options, List.of(x, to), List.of(y)).output(y);
  }

  static GraphBuilder matMul(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("matmul");
    boolean left = draw.chance(0.3);
    boolean right = draw.chance(0.5);
    int rows = draw.between(1, 5);
    int depth = draw.between(1, 9);
    int columns = draw.between(1, 5);
    int batch = draw.between(1, 3);
    Shape a = left ? Shape.of(batch, depth, rows) : Shape.of(batch, rows, depth);
    // With the left side transposed, TFLite 2.20 mixes up batches where the right side has but one;
    // TFLM (90b983c2, batch_matmul.cc) keeps them apart, see MatMulTest.
    int other = draw.chance(0.5) || left ? batch : 1;
    Shape b = right ? Shape.of(other, columns, depth) : Shape.of(other, depth, columns);
    Quantization qa = any(draw, type);
    Quantization qb = near(draw, qa, type);
    Quantization qy =
        qa == null
            ? null
            : Quantization.of(
                draw.near(qa.scale() * qb.scale() * 5000 * Math.sqrt((double) depth), 4),
                draw.zeroPoint());
    int x0 = graph.input("a", type, a, qa);
    int x1 = graph.input("b", type, b, qb);
    int y = graph.activation("y", type, Shape.of(batch, rows, columns), qy);
    Options options = new Options.BatchMatMul(left, right);
    return graph.add(Operator.BATCH_MATMUL, options, List.of(x0, x1), List.of(y)).output(y);
  }

  static GraphBuilder transposeConv(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("transpose conv");
    Padding padding = draw.chance(0.5) ? Padding.SAME : Padding.VALID;
    int stride = draw.between(1, 3);
    int outputs = draw.between(1, 4);
    Shape filter = Shape.of(outputs, draw.between(1, 3), draw.between(1, 3), draw.between(1, 4));
    Shape out =
        Shape.of(
            draw.between(1, 2),
            draw.between(filter.dim(1), 7),
            draw.between(filter.dim(2), 7),
            outputs);
    Shape in =
        Shape.of(
            out.dim(0),
            padding.outputExtent(out.dim(1), filter.dim(1), stride, 1),
            padding.outputExtent(out.dim(2), filter.dim(2), stride, 1),
            filter.dim(3));
    Quantization qx = any(draw, type);
    int shape = graph.indices("shape", out.toArray());
    int weights;
    Quantization qy = null;
    if (type == FLOAT32) {
      byte[] contents = draw.contents(FLOAT32, filter.elements(), 0);
      weights = graph.constant("weights", FLOAT32, filter, null, contents);
    } else {
      float scale = draw.scale();
      weights = draw.weights(graph, filter, new Quantization(new float[] {scale}, new int[1], 0));
      double typical = 74.0 * (type == INT16 ? 256 : 1) * Math.sqrt((double) filter.dim(3));
      qy =
          Quantization.of(
              draw.near(qx.scale() * scale * typical, 4), type == INT8 ? draw.zeroPoint() : 0);
    }
    int x = graph.input("x", type, in, qx);
    int y = graph.activation("y", type, out, qy);
    Options options = new Options.TransposeConv(padding, stride, stride, Activation.NONE, FLOAT32);
    return graph
        .add(Operator.TRANSPOSE_CONV, options, List.of(shape, weights, x), List.of(y))
        .output(y);
  }
}
