package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Graphs of one operator without weights. */
final class RandomOperators {
  private RandomOperators() {}

  private static Quantization quantization(RandomTensors draw, DataType type) {
    return switch (type) {
      case INT8 -> draw.int8();
      case INT16 -> Quantization.of(draw.scale() / 128, 0);
      default -> null;
    };
  }

  /** ADD, SUB or MUL, with and without broadcast. */
  static GraphBuilder arithmetic(RandomTensors draw, DataType type, Operator operator) {
    GraphBuilder graph = new GraphBuilder("arithmetic");
    Shape out = draw.shape(draw.between(1, 4), 5);
    Shape left = draw.chance(0.6) ? out : thinned(draw, out);
    Shape right = left.equals(out) && draw.chance(0.4) ? thinned(draw, out) : out;
    Quantization a = quantization(draw, type);
    Quantization b = near(draw, type, a);
    Quantization y =
        type == FLOAT32
            ? null
            : operator == Operator.MUL
                ? Quantization.of(
                    Math.max(
                        1e-8f, draw.near(a.scale() * b.scale() * (type == INT8 ? 64 : 16_000), 8)),
                    type == INT8 ? draw.zeroPoint() : 0)
                : near(draw, type, a);
    int x0 = graph.input("a", type, left, a);
    int x1 = graph.input("b", type, right, b);
    int out0 = graph.activation("y", type, out, y);
    return graph
        .add(
            operator,
            new Options.Elementwise(RandomLayers.activation(draw)),
            List.of(x0, x1),
            List.of(out0))
        .output(out0);
  }

  private static Quantization near(RandomTensors draw, DataType type, Quantization other) {
    return other == null
        ? null
        : Quantization.of(draw.near(other.scale(), 6), type == INT8 ? draw.zeroPoint() : 0);
  }

  /** Some extents replaced by 1. */
  private static Shape thinned(RandomTensors draw, Shape shape) {
    int[] dims = shape.toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = draw.chance(0.5) ? 1 : dims[i];
    }
    return Shape.of(dims);
  }

  /** One input and one output of equal shape. */
  static GraphBuilder unary(
      RandomTensors draw,
      Operator operator,
      Options options,
      DataType type,
      Quantization in,
      DataType outType,
      Quantization out) {
    GraphBuilder graph = new GraphBuilder("unary");
    Shape shape = draw.shape(draw.between(1, 4), 6);
    int x = graph.input("x", type, shape, in);
    int y = graph.activation("y", outType, shape, out);
    return graph.add(operator, options, List.of(x), List.of(y)).output(y);
  }

  static GraphBuilder sigmoid(RandomTensors draw, DataType type, Operator operator) {
    boolean tanh = operator == Operator.TANH;
    Quantization in =
        switch (type) {
          case INT8 -> draw.int8();
          case INT16 ->
              Quantization.of(
                  draw.chance(0.3) ? Math.scalb(1f, -draw.between(9, 15)) : draw.scale() / 64, 0);
          default -> null;
        };
    Quantization out =
        switch (type) {
          case INT8 -> tanh ? Quantization.of(1f / 128, 0) : Quantization.of(1f / 256, -128);
          case INT16 -> Quantization.of(1f / 32_768, 0);
          default -> null;
        };
    return unary(draw, operator, new Options.None(), type, in, type, out);
  }

  static GraphBuilder relu(RandomTensors draw, DataType type) {
    Quantization in = quantization(draw, type);
    return unary(draw, Operator.RELU, new Options.None(), type, in, type, near(draw, type, in));
  }

  /** Equal quantisation on both sides: elsewhere desktop TensorFlow Lite rescales. */
  static GraphBuilder relu6(RandomTensors draw, DataType type) {
    Quantization both =
        type == INT8 ? Quantization.of(draw.near(6.0 / 128, 4), draw.between(-128, 0)) : null;
    return unary(draw, Operator.RELU6, new Options.None(), type, both, type, both);
  }

  static GraphBuilder softmax(RandomTensors draw, DataType type, DataType outType) {
    Quantization in =
        type == FLOAT32 ? null : type == INT8 ? draw.int8() : Quantization.of(draw.scale() / 64, 0);
    Quantization out =
        switch (outType) {
          case INT8 -> Quantization.of(1f / 256, -128);
          case INT16 ->
              type == INT8
                  ? Quantization.of(1f / 65_536, -32_768)
                  : Quantization.of(1f / 32_768, 0);
          default -> null;
        };
    Options options = new Options.Softmax(draw.chance(0.7) ? 1f : draw.near(1, 3));
    return unary(draw, Operator.SOFTMAX, options, type, in, outType, out);
  }

  static GraphBuilder quantize(RandomTensors draw, DataType from, DataType to) {
    Quantization in =
        switch (from) {
          case INT32 -> Quantization.of(draw.scale() / 1e6f, 0);
          case FLOAT32 -> null;
          default -> quantization(draw, from);
        };
    float base = in == null ? draw.scale() : in.scale();
    double ratio =
        from == to || from == FLOAT32 ? 1 : from == INT8 ? 1 / 200.0 : from == INT16 ? 200 : 1e6;
    Quantization out =
        Quantization.of(draw.near(base * ratio, 6), to == INT8 ? draw.zeroPoint() : 0);
    return unary(draw, Operator.QUANTIZE, new Options.None(), from, in, to, out);
  }

  static GraphBuilder dequantize(RandomTensors draw, DataType from) {
    return unary(
        draw,
        Operator.DEQUANTIZE,
        new Options.None(),
        from,
        quantization(draw, from),
        FLOAT32,
        null);
  }

  /** MEAN, SUM, REDUCE_MAX or REDUCE_MIN over random axes. */
  static GraphBuilder reduce(RandomTensors draw, DataType type, Operator operator) {
    GraphBuilder graph = new GraphBuilder("reduce");
    Shape in = draw.shape(draw.between(2, 4), 6);
    boolean keep = draw.chance(0.5);
    List<Integer> axes = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < in.rank(); i++) {
      boolean reduced = draw.chance(0.5) || (i == in.rank() - 1 && axes.isEmpty());
      if (reduced) {
        axes.add(draw.chance(0.3) ? i - in.rank() : i);
      }
      if (!reduced || keep) {
        kept.add(reduced ? 1 : in.dim(i));
      }
    }
    Quantization from = quantization(draw, type);
    boolean plain = operator == Operator.REDUCE_MAX || operator == Operator.REDUCE_MIN;
    Quantization to = plain ? from : near(draw, type, from);
    int x = graph.input("x", type, in, from);
    int axis = graph.indices("axis", ints(axes));
    int y = graph.activation("y", type, Shape.of(ints(kept)), to);
    return graph.add(operator, new Options.Reduce(keep), List.of(x, axis), List.of(y)).output(y);
  }

  static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  static GraphBuilder transpose(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("transpose");
    Shape in = draw.shape(draw.between(1, 5), 4);
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < in.rank(); i++) {
      axes.add(i);
    }
    Collections.shuffle(axes, new java.util.Random(draw.below(1 << 30)));
    int[] dims = axes.stream().mapToInt(in::dim).toArray();
    Quantization both = quantization(draw, type);
    int x = graph.input("x", type, in, both);
    int permutation = graph.indices("permutation", ints(axes));
    int y = graph.activation("y", type, Shape.of(dims), both);
    return graph
        .add(Operator.TRANSPOSE, new Options.None(), List.of(x, permutation), List.of(y))
        .output(y);
  }

  static GraphBuilder pad(RandomTensors draw, DataType type, boolean value) {
    GraphBuilder graph = new GraphBuilder("pad");
    Shape in = draw.shape(draw.between(1, 4), 4);
    int[] paddings = new int[2 * in.rank()];
    int[] dims = in.toArray();
    for (int i = 0; i < paddings.length; i++) {
      paddings[i] = draw.below(3);
      dims[i / 2] += paddings[i];
    }
    Quantization both = quantization(draw, type);
    int x = graph.input("x", type, in, both);
    int amounts =
        graph.constant(
            "paddings",
            INT32,
            Shape.of(in.rank(), 2),
            null,
            Arrays.stream(paddings).asLongStream().toArray());
    int y = graph.activation("y", type, Shape.of(dims), both);
    List<Integer> inputs = new ArrayList<>(List.of(x, amounts));
    if (value) {
      inputs.add(
          type == FLOAT32
              ? graph.constant("fill", Shape.of(1), 2.5f)
              : graph.constant("fill", type, Shape.of(1), both, (long) draw.below(100)));
    }
    return graph
        .add(value ? Operator.PADV2 : Operator.PAD, new Options.None(), inputs, List.of(y))
        .output(y);
  }

  static GraphBuilder stridedSlice(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("strided slice");
    Shape in = draw.shape(draw.between(1, 4), 6);
    int rank = in.rank();
    int[] begin = new int[rank];
    int[] end = new int[rank];
    int[] stride = new int[rank];
    int beginMask = 0;
    int endMask = 0;
    int shrinkMask = 0;
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int extent = in.dim(i);
      stride[i] = draw.chance(0.7) ? draw.between(1, 3) : -draw.between(1, 2);
      int from = draw.below(extent);
      int last = stride[i] > 0 ? draw.between(from, extent - 1) : draw.between(0, from);
      begin[i] = draw.chance(0.3) ? from - extent : from;
      end[i] = stride[i] > 0 ? last + 1 : last - 1 < 0 ? -extent - 1 : last - 1;
      boolean shrink = draw.chance(0.15);
      if (shrink) {
        stride[i] = 1;
        end[i] = from + 1;
        shrinkMask |= 1 << i;
        continue;
      }
      if (draw.chance(0.2)) {
        beginMask |= 1 << i;
        from = stride[i] > 0 ? 0 : extent - 1;
      }
      if (draw.chance(0.2)) {
        endMask |= 1 << i;
        last = stride[i] > 0 ? extent - 1 : 0;
      }
      dims.add(Math.abs(last - from) / Math.abs(stride[i]) + 1);
    }
    Quantization both = quantization(draw, type);
    int x = graph.input("x", type, in, both);
    List<Integer> inputs =
        List.of(
            x,
            graph.indices("begin", begin),
            graph.indices("end", end),
            graph.indices("strides", stride));
    int y = graph.activation("y", type, Shape.of(ints(dims)), both);
    Options options = new Options.StridedSlice(beginMask, endMask, 0, 0, shrinkMask, false);
    return graph.add(Operator.STRIDED_SLICE, options, inputs, List.of(y)).output(y);
  }

  static GraphBuilder slice(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("slice");
    Shape in = draw.shape(draw.between(1, 5), 5);
    int[] begin = new int[in.rank()];
    int[] size = new int[in.rank()];
    int[] dims = new int[in.rank()];
    for (int i = 0; i < begin.length; i++) {
      begin[i] = draw.below(in.dim(i));
      boolean rest = draw.chance(0.3);
      dims[i] = rest ? in.dim(i) - begin[i] : draw.between(1, in.dim(i) - begin[i]);
      size[i] = rest ? -1 : dims[i];
    }
    Quantization both = quantization(draw, type);
    int x = graph.input("x", type, in, both);
    List<Integer> inputs = List.of(x, graph.indices("begin", begin), graph.indices("size", size));
    int y = graph.activation("y", type, Shape.of(dims), both);
    return graph.add(Operator.SLICE, new Options.None(), inputs, List.of(y)).output(y);
  }

  static GraphBuilder concatenation(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("concatenation");
    Shape first = draw.shape(draw.between(1, 4), 4);
    int axis = draw.below(first.rank());
    Quantization both = quantization(draw, type);
    List<Integer> inputs = new ArrayList<>();
    int total = 0;
    int count = draw.between(1, 4);
    for (int i = 0; i < count; i++) {
      int[] dims = first.toArray();
      dims[axis] = draw.between(1, 4);
      total += dims[axis];
      inputs.add(graph.input("x" + i, type, Shape.of(dims), both));
    }
    int[] dims = first.toArray();
    dims[axis] = total;
    int y = graph.activation("y", type, Shape.of(dims), both);
    int signed = draw.chance(0.3) ? axis - first.rank() : axis;
    Options options = new Options.Concatenation(signed, Activation.NONE);
    return graph.add(Operator.CONCATENATION, options, inputs, List.of(y)).output(y);
  }

  static GraphBuilder split(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("split");
    int count = draw.between(1, 4);
    int[] part = draw.shape(draw.between(1, 4), 4).toArray();
    int axis = draw.below(part.length);
    int[] whole = part.clone();
    whole[axis] *= count;
    Quantization both = quantization(draw, type);
    int at =
        graph.constant(
            "axis", INT32, Shape.SCALAR, null, draw.chance(0.3) ? axis - part.length : axis);
    int x = graph.input("x", type, Shape.of(whole), both);
    List<Integer> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(graph.activation("y" + i, type, Shape.of(part), both));
    }
    graph.add(Operator.SPLIT, new Options.Split(count), List.of(at, x), outputs);
    outputs.forEach(graph::output);
    return graph;
  }

  static GraphBuilder pack(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("pack");
    Shape part = draw.shape(draw.between(1, 3), 4);
    int axis = draw.between(0, part.rank());
    int count = draw.between(1, 4);
    Quantization both = quantization(draw, type);
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inputs.add(graph.input("x" + i, type, part, both));
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < part.rank(); i++) {
      dims.add(part.dim(i));
    }
    dims.add(axis, count);
    int y = graph.activation("y", type, Shape.of(ints(dims)), both);
    return graph.add(Operator.PACK, new Options.Pack(count, axis), inputs, List.of(y)).output(y);
  }

  static GraphBuilder unpack(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("unpack");
    Shape whole = draw.shape(draw.between(2, 4), 4);
    int axis = draw.below(whole.rank());
    Quantization both = quantization(draw, type);
    int x = graph.input("x", type, whole, both);
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < whole.rank(); i++) {
      dims.add(whole.dim(i));
    }
    dims.remove(axis);
    List<Integer> outputs = new ArrayList<>();
    for (int i = 0; i < whole.dim(axis); i++) {
      outputs.add(graph.activation("y" + i, type, Shape.of(ints(dims)), both));
    }
    graph.add(Operator.UNPACK, new Options.Pack(whole.dim(axis), axis), List.of(x), outputs);
    outputs.forEach(graph::output);
    return graph;
  }

  static GraphBuilder reduceAll(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("all");
    int x = graph.input("x", BOOL, Shape.of(3, 4), null);
    int axis = graph.indices("axis", draw.below(2));
    return axisOfAll(graph, x, axis);
  }

  private static GraphBuilder axisOfAll(GraphBuilder graph, int x, int axis) {
    boolean rows = graph.tensor(axis).data().orElseThrow().getInt(0) == 0;
    int y = graph.activation("y", BOOL, Shape.of(rows ? 4 : 3), null);
    return graph
        .add(Operator.REDUCE_ALL, new Options.Reduce(false), List.of(x, axis), List.of(y))
        .output(y);
  }
}
