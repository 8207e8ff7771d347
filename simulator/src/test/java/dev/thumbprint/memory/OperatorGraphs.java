package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One small graph for each operator and type whose allocations differ, by name. The figures of
 * operator-arenas.csv belong to these graphs.
 */
final class OperatorGraphs {
  private static final Quantization Q = Quantization.of(0.05f, 0);
  private static final Options NONE = new Options.None();
  private static final Shape IMAGE = Shape.of(1, 4, 6, 8);

  private final Map<String, Graph> graphs = new LinkedHashMap<>();

  private OperatorGraphs() {}

  static Map<String, Graph> all() {
    OperatorGraphs all = new OperatorGraphs();
    all.unary();
    all.shapes();
    all.several();
    all.constants();
    all.convolutions();
    return all.graphs;
  }

  /** A tensor that an operator reads or writes. */
  private record T(DataType type, Shape shape, Quantization q) {}

  private static T int8(int... dims) {
    return new T(DataType.INT8, Shape.of(dims), Q);
  }

  private static T of(DataType type, int... dims) {
    boolean plain = type == DataType.FLOAT32 || type == DataType.BOOL || type == DataType.INT32;
    return new T(type, Shape.of(dims), plain ? null : Q);
  }

  private void unary(Operator operator, Options options, T from, T to) {
    add(operator.name(), operator, options, List.of(from), List.of(), List.of(to));
  }

  /** A constant input: values, and type and quantisation as of a tensor. */
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record C(T tensor, long... values) {
    int addTo(GraphBuilder g, String name) {
      int elements = Math.toIntExact(tensor.shape().elements());
      long[] all = values.length == 0 ? new long[elements] : values;
      return tensor.type() == DataType.FLOAT32
          ? g.constant(name, tensor.shape(), new float[elements])
          : g.constant(name, tensor.type(), tensor.shape(), tensor.q(), all);
    }
  }

  private static C indices(long... values) {
    return new C(of(DataType.INT32, values.length), values);
  }

  private void add(
      String name,
      Operator operator,
      Options options,
      List<T> from,
      List<C> constants,
      List<T> to) {
    GraphBuilder g = new GraphBuilder(name);
    List<Integer> inputs = new ArrayList<>();
    for (T t : from) {
      inputs.add(g.input("in" + inputs.size(), t.type(), t.shape(), t.q()));
    }
    for (C c : constants) {
      inputs.add(c.addTo(g, "c" + inputs.size()));
    }
    finish(name, g, operator, options, inputs, to);
  }

  private void finish(
      String name,
      GraphBuilder g,
      Operator operator,
      Options options,
      List<Integer> inputs,
      List<T> to) {
    List<Integer> outputs = new ArrayList<>();
    for (T t : to) {
      outputs.add(g.activation("out" + outputs.size(), t.type(), t.shape(), t.q()));
    }
    g.add(operator, options, inputs, outputs);
    outputs.forEach(g::output);
    graphs.put(name, g.build());
  }

  private void unary() {
    T x = new T(DataType.INT8, IMAGE, Q);
    T f = new T(DataType.FLOAT32, IMAGE, null);
    for (Operator operator :
        List.of(
            Operator.RELU,
            Operator.RELU6,
            Operator.HARD_SWISH,
            Operator.ABS,
            Operator.ELU,
            Operator.ZEROS_LIKE)) {
      unary(operator, NONE, x, x);
    }
    unary(Operator.LOGISTIC, NONE, x, new T(DataType.INT8, IMAGE, Quantization.of(1 / 256f, -128)));
    unary(Operator.TANH, NONE, x, new T(DataType.INT8, IMAGE, Quantization.of(1 / 128f, 0)));
    unary(
        Operator.L2_NORMALIZATION,
        new Options.Elementwise(Activation.NONE),
        x,
        new T(DataType.INT8, IMAGE, Quantization.of(1 / 128f, 0)));
    unary(Operator.LEAKY_RELU, new Options.LeakyRelu(0.2f), x, x);
    unary(
        Operator.LOG_SOFTMAX,
        NONE,
        x,
        new T(DataType.INT8, IMAGE, Quantization.of(16 / 256f, 127)));
    for (Operator operator :
        List.of(
            Operator.EXP,
            Operator.SIN,
            Operator.COS,
            Operator.LOG,
            Operator.SQRT,
            Operator.SQUARE,
            Operator.NEG,
            Operator.FLOOR,
            Operator.CEIL,
            Operator.ROUND)) {
      unary(operator, NONE, f, f);
    }
    unary(Operator.DEQUANTIZE, NONE, x, f);
    unary(Operator.QUANTIZE, NONE, f, x);
    unary(
        Operator.CAST,
        new Options.Cast(DataType.INT8, DataType.FLOAT32),
        of(DataType.INT8, 3),
        f(3));
    unary(
        Operator.L2_POOL_2D,
        new Options.Pool2d(Padding.SAME, 2, 2, 2, 2, Activation.NONE),
        f,
        f(1, 2, 3, 8));
    T wide = new T(DataType.INT16, Shape.of(1, 12), Quantization.of(0.001f, 0));
    T wideOut = new T(DataType.INT16, Shape.of(1, 12), Quantization.of(1 / 32768f, 0));
    add(
        "SOFTMAX int16",
        Operator.SOFTMAX,
        new Options.Softmax(1),
        List.of(wide),
        List.of(),
        List.of(wideOut));
  }

  private static T f(int... dims) {
    return of(DataType.FLOAT32, dims);
  }

  private void shapes() {
    T x = new T(DataType.INT8, IMAGE, Q);
    unary(Operator.SPACE_TO_DEPTH, new Options.BlockSize(2), x, int8(1, 2, 3, 32));
    unary(Operator.DEPTH_TO_SPACE, new Options.BlockSize(2), x, int8(1, 8, 12, 2));
    unary(Operator.SQUEEZE, new Options.Squeeze(List.of(0)), x, int8(4, 6, 8));
    unary(Operator.SHAPE, new Options.IndexOutput(DataType.INT32), x, of(DataType.INT32, 4));
    unary(Operator.UNPACK, new Options.Pack(1, 0), x, int8(4, 6, 8));
    with(Operator.EXPAND_DIMS, NONE, x, int8(1, 1, 4, 6, 8), indices(0));
    with(Operator.TRANSPOSE, NONE, x, int8(1, 6, 4, 8), indices(0, 2, 1, 3));
    with(Operator.SLICE, NONE, x, int8(1, 2, 2, 8), indices(0, 1, 1, 0), indices(1, 2, 2, 8));
    with(
        Operator.STRIDED_SLICE,
        new Options.StridedSlice(0, 0, 0, 0, 0, false),
        x,
        int8(1, 2, 3, 8),
        indices(0, 0, 0, 0),
        indices(1, 4, 6, 8),
        indices(1, 2, 2, 1));
    with(
        Operator.RESIZE_NEAREST_NEIGHBOR,
        new Options.Resize(false, false),
        x,
        int8(1, 8, 12, 8),
        indices(8, 12));
    with(
        Operator.RESIZE_BILINEAR,
        new Options.Resize(false, false),
        x,
        int8(1, 8, 12, 8),
        indices(8, 12));
    with(
        Operator.ARG_MAX,
        new Options.IndexOutput(DataType.INT32),
        x,
        of(DataType.INT32, 1, 4, 6),
        indices(3));
    with(Operator.REDUCE_MAX, new Options.Reduce(true), x, int8(1, 1, 1, 8), indices(1, 2));
    with(Operator.SUM, new Options.Reduce(false), x, int8(1, 8), indices(1, 2));
    with(Operator.CUMSUM, new Options.Cumsum(false, false), x, x, indices(1));
    with(Operator.GATHER, new Options.Gather(1, 0), x, int8(1, 2, 6, 8), indices(0, 1));
    with(Operator.GATHER_ND, NONE, x, int8(1, 4, 6, 8), new C(of(DataType.INT32, 1, 1), 0));
    with(Operator.REVERSE_V2, NONE, x, x, indices(1));
    C crops = new C(of(DataType.INT32, 2, 2), 0, 0, 0, 0);
    with(Operator.SPACE_TO_BATCH_ND, NONE, x, int8(4, 2, 3, 8), indices(2, 2), crops);
    with(Operator.BATCH_TO_SPACE_ND, NONE, int8(4, 2, 3, 8), x, indices(2, 2), crops);
    with(Operator.BROADCAST_TO, NONE, x, int8(3, 4, 6, 8), indices(3, 4, 6, 8));
  }

  private void with(Operator operator, Options options, T from, T to, C... constants) {
    add(operator.name(), operator, options, List.of(from), List.of(constants), List.of(to));
  }

  private void several() {
    T x = new T(DataType.INT8, IMAGE, Q);
    T f = new T(DataType.FLOAT32, IMAGE, null);
    T flags = new T(DataType.BOOL, IMAGE, null);
    Options plain = new Options.Elementwise(Activation.NONE);
    two(Operator.DIV, plain, f, f);
    two(Operator.SQUARED_DIFFERENCE, NONE, x, x);
    two(Operator.MINIMUM, NONE, x, x);
    two(Operator.EQUAL, NONE, x, flags);
    two(Operator.GREATER, NONE, x, flags);
    two(Operator.FLOOR_DIV, NONE, f, f);
    two(Operator.FLOOR_MOD, NONE, f, f);
    two(Operator.LOGICAL_AND, NONE, flags, flags);
    two(Operator.ADD_N, NONE, x, x);
    add(
        "PACK",
        Operator.PACK,
        new Options.Pack(2, 0),
        List.of(x, x),
        List.of(),
        List.of(int8(2, 1, 4, 6, 8)));
    add("SELECT_V2", Operator.SELECT_V2, NONE, List.of(flags, x, x), List.of(), List.of(x));
    add("ADD_N float", Operator.ADD_N, NONE, List.of(f, f, f), List.of(), List.of(f));
    add("ADD int16", Operator.ADD, plain, List.of(wide(), wide()), List.of(), List.of(wide()));
    GraphBuilder split = new GraphBuilder("SPLIT");
    int axis = split.indices("axis", 3);
    int from = split.input("x", DataType.INT8, IMAGE, Q);
    finish(
        "SPLIT",
        split,
        Operator.SPLIT,
        new Options.Split(2),
        List.of(axis, from),
        List.of(int8(1, 4, 6, 4), int8(1, 4, 6, 4)));
    add(
        "SPLIT_V",
        Operator.SPLIT_V,
        new Options.Split(2),
        List.of(x),
        List.of(indices(3, 5), new C(of(DataType.INT32, 1), 3)),
        List.of(int8(1, 4, 6, 3), int8(1, 4, 6, 5)));
  }

  private static T wide() {
    return new T(DataType.INT16, IMAGE, Quantization.of(0.001f, 0));
  }

  private void two(Operator operator, Options options, T from, T to) {
    add(operator.name(), operator, options, List.of(from, from), List.of(), List.of(to));
  }

  private void constants() {
    T x = new T(DataType.INT8, IMAGE, Q);
    with(Operator.PRELU, NONE, x, x, new C(int8(1, 1, 8)));
    with(
        Operator.PADV2,
        NONE,
        x,
        int8(1, 6, 6, 8),
        new C(of(DataType.INT32, 4, 2), 0, 0, 1, 1, 0, 0, 0, 0),
        new C(int8(1)));
    add(
        "FILL",
        Operator.FILL,
        NONE,
        List.of(),
        List.of(indices(2, 3), new C(new T(DataType.INT8, Shape.SCALAR, Q), 7)),
        List.of(int8(2, 3)));
    Quantization weights = Quantization.of(0.01f, 0);
    dense("FULLY_CONNECTED rank 3", int8(1, 5, 16), int8(1, 5, 12), DataType.INT8, weights);
    dense("FULLY_CONNECTED rank 3 odd", int8(1, 5, 15), int8(1, 5, 12), DataType.INT8, weights);
    dense("FULLY_CONNECTED int4", int8(1, 16), int8(1, 12), DataType.INT4, weights);
    float[] scales = new float[12];
    Arrays.fill(scales, 0.01f);
    dense(
        "FULLY_CONNECTED per channel",
        int8(1, 16),
        int8(1, 12),
        DataType.INT8,
        new Quantization(scales, new int[12], 0));
    dense("FULLY_CONNECTED float", f(1, 16), f(1, 12), DataType.FLOAT32, null);
  }

  private void dense(String name, T from, T to, DataType type, Quantization weights) {
    int depth = from.shape().dim(-1);
    int outputs = to.shape().dim(-1);
    Quantization bias = weights == null ? null : scaled(weights, from.q().scales()[0]);
    DataType biasType = weights == null ? DataType.FLOAT32 : DataType.INT32;
    add(
        name,
        Operator.FULLY_CONNECTED,
        new Options.FullyConnected(Activation.NONE, false),
        List.of(from),
        List.of(
            new C(new T(type, Shape.of(outputs, depth), weights)),
            new C(new T(biasType, Shape.of(outputs), bias))),
        List.of(to));
  }

  private static Quantization scaled(Quantization q, float factor) {
    float[] scales = q.scales().clone();
    for (int i = 0; i < scales.length; i++) {
      scales[i] *= factor;
    }
    return new Quantization(scales, q.zeroPoints().clone(), 0);
  }

  private void convolutions() {
    convolution("CONV_2D int16", wide(), DataType.INT8, DataType.INT64, 3);
    convolution("CONV_2D int4", new T(DataType.INT8, IMAGE, Q), DataType.INT4, DataType.INT32, 3);
    convolution(
        "CONV_2D int4 1x1", new T(DataType.INT8, IMAGE, Q), DataType.INT4, DataType.INT32, 1);
    convolution(
        "CONV_2D float",
        new T(DataType.FLOAT32, IMAGE, null),
        DataType.FLOAT32,
        DataType.FLOAT32,
        3);
    depthwise("DEPTHWISE int16", wide(), DataType.INT8, DataType.INT64, 3);
    depthwise("DEPTHWISE int4", new T(DataType.INT8, IMAGE, Q), DataType.INT4, DataType.INT32, 3);
    depthwise("DEPTHWISE 5x5", new T(DataType.INT8, IMAGE, Q), DataType.INT8, DataType.INT32, 5);
    depthwise(
        "DEPTHWISE float",
        new T(DataType.FLOAT32, IMAGE, null),
        DataType.FLOAT32,
        DataType.FLOAT32,
        3);
    Options.Pool2d pool = new Options.Pool2d(Padding.SAME, 2, 2, 1, 1, Activation.NONE);
    add(
        "AVERAGE_POOL_2D int16",
        Operator.AVERAGE_POOL_2D,
        pool,
        List.of(wide()),
        List.of(),
        List.of(wide()));
    T f = new T(DataType.FLOAT32, IMAGE, null);
    add("AVERAGE_POOL_2D float", Operator.AVERAGE_POOL_2D, pool, List.of(f), List.of(), List.of(f));
  }

  private static Quantization channels(T from) {
    if (from.q() == null) {
      return null;
    }
    float[] scales = new float[8];
    Arrays.fill(scales, 0.01f);
    return new Quantization(scales, new int[8], 0);
  }

  private void convolution(String name, T x, DataType weights, DataType bias, int k) {
    Quantization q = channels(x);
    add(
        name,
        Operator.CONV_2D,
        new Options.Conv2d(Padding.SAME, 1, 1, 1, 1, Activation.NONE),
        List.of(x),
        List.of(
            new C(new T(weights, Shape.of(8, k, k, 8), q)),
            new C(new T(bias, Shape.of(8), q == null ? null : scaled(q, x.q().scales()[0])))),
        List.of(x));
  }

  private void depthwise(String name, T x, DataType weights, DataType bias, int k) {
    Quantization q = channels(x);
    Quantization last = q == null ? null : new Quantization(q.scales(), q.zeroPoints(), 3);
    add(
        name,
        Operator.DEPTHWISE_CONV_2D,
        new Options.DepthwiseConv2d(Padding.SAME, 1, 1, 1, 1, 1, Activation.NONE),
        List.of(x),
        List.of(
            new C(new T(weights, Shape.of(1, k, k, 8), last)),
            new C(new T(bias, Shape.of(8), q == null ? null : scaled(q, x.q().scales()[0])))),
        List.of(x));
  }
}
