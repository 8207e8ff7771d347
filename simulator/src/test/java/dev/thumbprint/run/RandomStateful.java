package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT64;
import static dev.thumbprint.cost.work.DataType.INT8;
import static dev.thumbprint.cost.work.DataType.RESOURCE;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Graphs with memory or control flow: SVDF, LSTM, variables, IF, WHILE, CALL_ONCE. */
final class RandomStateful {
  private static final Options NONE = new Options.None();
  private static final Options PLAIN = new Options.Elementwise(Activation.NONE);

  /**
   * Greatest weight of an input in single precision: inputs reach a few thousand, and where their
   * products cancel the order of a sum shows, which the native kernel is free to choose.
   */
  private static final float INPUT_WEIGHT = 1 / 64f;

  private RandomStateful() {}

  /** State of 16 or 8 bits, or all float32. */
  static GraphBuilder svdf(RandomTensors draw, DataType state) {
    GraphBuilder graph = new GraphBuilder("svdf");
    int batches = draw.between(1, 2);
    int inputs = draw.between(1, 20);
    int rank = draw.between(1, 3);
    int units = draw.between(1, 5);
    int filters = rank * units;
    int memory = draw.between(1, 6);
    boolean real = state == FLOAT32;
    Quantization x = real ? null : draw.int8();
    Quantization feature = real ? null : Quantization.of(draw.scale(), 0);
    Quantization time = real ? null : Quantization.of(draw.scale() / (state == INT16 ? 256 : 1), 0);
    Quantization held =
        real
            ? null
            : Quantization.of(
                draw.near(x.scale() * feature.scale() * 300 / (state == INT16 ? 256 : 1), 4),
                state == INT8 && draw.chance(0.5) ? draw.zeroPoint() : 0);
    Quantization out =
        real
            ? null
            : Quantization.of(
                draw.near(
                    held.scale() * time.scale() * 400 * memory * (state == INT16 ? 65_536 : 1), 4),
                draw.zeroPoint());
    DataType weights = real ? FLOAT32 : INT8;
    DataType timeType = real ? FLOAT32 : state;
    Shape featureShape = Shape.of(filters, inputs);
    Shape timeShape = Shape.of(filters, memory);
    int a = graph.input("x", weights, Shape.of(batches, inputs), x);
    int b = constant(graph, draw, "feature", weights, featureShape, feature);
    int c = constant(graph, draw, "time", timeType, timeShape, time);
    long[] biases = new long[units];
    for (int i = 0; i < units; i++) {
      biases[i] = draw.below(20_001) - 10_000L;
    }
    int d =
        real
            ? constant(graph, draw, "bias", FLOAT32, Shape.of(units), null)
            : graph.constant(
                "bias",
                INT32,
                Shape.of(units),
                Quantization.of(held.scale() * time.scale(), 0),
                biases);
    int e = graph.variable("state", timeType, Shape.of(batches, filters * memory), held);
    int y = graph.activation("y", weights, Shape.of(batches, units), out);
    Options options =
        new Options.Svdf(rank, real ? RandomLayers.activation(draw) : Activation.RELU);
    return graph.add(Operator.SVDF, options, List.of(a, b, c, d, e), List.of(y)).output(y);
  }

  private static int constant(
      GraphBuilder graph,
      RandomTensors draw,
      String name,
      DataType type,
      Shape shape,
      Quantization quantization) {
    byte[] contents = draw.contents(type, shape.elements(), type == INT16 ? 0 : draw.below(4));
    return graph.constant(name, type, shape, quantization, contents);
  }

  /** 8-bit or 16-bit activations, batch-major, or time-major with one batch. */
  static GraphBuilder lstm(RandomTensors draw, DataType type) {
    boolean timeMajor = draw.chance(0.5);
    return lstm(draw, type, timeMajor, timeMajor ? 1 : draw.between(1, 2));
  }

  /** Time-major with batches side by side. */
  static GraphBuilder lstmBatches(RandomTensors draw, DataType type) {
    return lstm(draw, type, true, draw.between(2, 3));
  }

  private static GraphBuilder lstm(
      RandomTensors draw, DataType type, boolean timeMajor, int batches) {
    GraphBuilder graph = new GraphBuilder("lstm");
    int steps = draw.between(1, 4);
    int inputs = draw.between(1, 8);
    int units = draw.between(1, 6);
    boolean wide = type == INT16;
    Quantization x = wide ? Quantization.of(draw.scale() / 128, 0) : draw.int8();
    Quantization hidden =
        wide
            ? Quantization.of(draw.near(1 / 32_768.0, 2), 0)
            : Quantization.of(draw.near(1 / 128.0, 2), draw.zeroPoint());
    Quantization cell = Quantization.of(Math.scalb(1f, -draw.between(8, 15)), 0);
    List<Integer> operands = new ArrayList<>();
    operands.add(
        graph.input(
            "x",
            type,
            timeMajor ? Shape.of(steps, batches, inputs) : Shape.of(batches, steps, inputs),
            x));
    float[] scales = new float[8];
    for (int i = 0; i < 8; i++) {
      double activation = i < 4 ? x.scale() * (wide ? 20_000.0 : 80) : 0.5;
      scales[i] = draw.near(2 / (activation * 80 * Math.sqrt(i < 4 ? inputs : units)), 3);
      Shape shape = Shape.of(units, i < 4 ? inputs : units);
      operands.add(draw.weights(graph, shape, Quantization.of(scales[i], 0)));
    }
    for (int i = 9; i <= 11; i++) {
      operands.add(GraphBuilder.ABSENT);
    }
    for (int gate = 0; gate < 4; gate++) {
      long[] bias = new long[units];
      for (int i = 0; i < units; i++) {
        bias[i] = draw.below(20_001) - 10_000L;
      }
      operands.add(
          graph.constant(
              "bias " + gate,
              wide ? INT64 : INT32,
              Shape.of(units),
              Quantization.of(x.scale() * scales[gate], 0),
              bias));
    }
    operands.add(GraphBuilder.ABSENT);
    operands.add(GraphBuilder.ABSENT);
    operands.add(graph.variable("hidden", type, Shape.of(batches, units), hidden));
    operands.add(graph.variable("cell", INT16, Shape.of(batches, units), cell));
    for (int i = 20; i < 24; i++) {
      operands.add(GraphBuilder.ABSENT);
    }
    int y =
        graph.activation(
            "y",
            type,
            timeMajor ? Shape.of(steps, batches, units) : Shape.of(batches, steps, units),
            hidden);
    float clip = draw.chance(0.5) ? 0 : draw.between(1, 20) * cell.scale() * 1000;
    Options options = new Options.Lstm(Activation.TANH, clip, 0, timeMajor);
    Quantization put = draw.chance(0.7) ? hidden : Quantization.of(draw.near(hidden.scale(), 2), 0);
    return graph
        .add(
            Operator.UNIDIRECTIONAL_SEQUENCE_LSTM,
            "",
            options,
            operands,
            List.of(y),
            intermediates(graph, type, put))
        .output(y);
  }

  /** Tensors without elements that a converter adds: four of gates, one with the output's scale. */
  private static List<Integer> intermediates(GraphBuilder graph, DataType type, Quantization put) {
    List<Integer> tensors = new ArrayList<>();
    for (String gate : List.of("input", "forget", "cell", "output")) {
      tensors.add(
          graph.activation("input_to_" + gate + "_intermediate", FLOAT32, Shape.of(0), null));
    }
    tensors.add(graph.activation("effective_hidden_scale_intermediate", type, Shape.of(0), put));
    return tensors;
  }

  /** The same in single precision, with and without clipping of the cell. */
  static GraphBuilder floatLstm(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("lstm");
    int batches = draw.between(1, 2);
    int steps = draw.between(1, 4);
    int inputs = draw.between(1, 8);
    int units = draw.between(1, 6);
    boolean timeMajor = draw.chance(0.5);
    List<Integer> operands = new ArrayList<>();
    operands.add(
        graph.input(
            "x",
            FLOAT32,
            timeMajor ? Shape.of(steps, batches, inputs) : Shape.of(batches, steps, inputs),
            null));
    for (int i = 0; i < 8; i++) {
      Shape shape = Shape.of(units, i < 4 ? inputs : units);
      operands.add(small(graph, draw, "weights " + i, shape, i < 4 ? INPUT_WEIGHT : 1));
    }
    for (int i = 9; i <= 11; i++) {
      operands.add(GraphBuilder.ABSENT);
    }
    for (int gate = 0; gate < 4; gate++) {
      operands.add(small(graph, draw, "bias " + gate, Shape.of(units), 1));
    }
    operands.add(GraphBuilder.ABSENT);
    operands.add(GraphBuilder.ABSENT);
    operands.add(graph.variable("hidden", FLOAT32, Shape.of(batches, units), null));
    operands.add(graph.variable("cell", FLOAT32, Shape.of(batches, units), null));
    for (int i = 20; i < 24; i++) {
      operands.add(GraphBuilder.ABSENT);
    }
    int y =
        graph.activation(
            "y",
            FLOAT32,
            timeMajor ? Shape.of(steps, batches, units) : Shape.of(batches, steps, units),
            null);
    float clip = draw.chance(0.5) ? 0 : draw.between(1, 20) / 10f;
    Options options = new Options.Lstm(Activation.TANH, clip, 0, timeMajor);
    return graph
        .add(Operator.UNIDIRECTIONAL_SEQUENCE_LSTM, options, operands, List.of(y))
        .output(y);
  }

  /** Values from -limit to limit: gates that are neither shut nor open. */
  private static int small(
      GraphBuilder graph, RandomTensors draw, String name, Shape shape, float limit) {
    int elements = Math.toIntExact(shape.elements());
    ByteBuffer values = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      values.putFloat((draw.below(2_000_001) - 1_000_000) / 1e6f * limit);
    }
    return graph.constant(name, FLOAT32, shape, null, values.array());
  }

  /** IF that adds or multiplies. */
  static GraphBuilder branch(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("if");
    Shape shape = draw.shape(draw.between(1, 3), 4);
    Quantization both = draw.int8();
    int condition = graph.input("condition", BOOL, Shape.of(1), null);
    int a = graph.input("a", INT8, shape, both);
    int b = graph.input("b", INT8, shape, both);
    int y = graph.activation("y", INT8, shape, both);
    graph.add(Operator.IF, new Options.If(1, 2), List.of(condition, a, b), List.of(y)).output(y);
    for (Operator operator : List.of(Operator.ADD, Operator.MAXIMUM)) {
      graph.subgraph(operator.name());
      int left = graph.input("a", INT8, shape, both);
      int right = graph.input("b", INT8, shape, both);
      int out = graph.activation("y", INT8, shape, both);
      Options options = operator == Operator.ADD ? PLAIN : NONE;
      graph.add(operator, options, List.of(left, right), List.of(out)).output(out);
    }
    return graph;
  }

  /** WHILE that counts an int32 up to a limit and adds to a vector on the way. */
  static GraphBuilder loop(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("while");
    int elements = draw.between(1, 5);
    int limit = draw.between(0, 9);
    Shape one = Shape.of(1);
    Shape many = Shape.of(elements);
    int start = graph.constant("start", INT32, one, null, 0L);
    int x = graph.input("x", INT32, many, null);
    int counted = graph.activation("counted", INT32, one, null);
    int y = graph.activation("y", INT32, many, null);
    graph
        .add(Operator.WHILE, new Options.While(1, 2), List.of(start, x), List.of(counted, y))
        .output(counted)
        .output(y);
    graph.subgraph("condition");
    int c = graph.input("c", INT32, one, null);
    graph.input("x", INT32, many, null);
    int bound = graph.constant("limit", INT32, one, null, (long) limit);
    int go = graph.activation("go", BOOL, one, null);
    graph.add(Operator.LESS, NONE, List.of(c, bound), List.of(go)).output(go);
    graph.subgraph("body");
    int d = graph.input("c", INT32, one, null);
    int v = graph.input("x", INT32, many, null);
    int step = graph.constant("step", INT32, one, null, (long) draw.between(1, 3));
    byte[] addends = draw.contents(INT32, elements, 0);
    int addend = graph.constant("addend", INT32, many, null, addends);
    int next = graph.activation("next", INT32, one, null);
    int sum = graph.activation("sum", INT32, many, null);
    graph.add(Operator.ADD, PLAIN, List.of(d, step), List.of(next));
    graph.add(Operator.ADD, PLAIN, List.of(v, addend), List.of(sum));
    return graph.output(next).output(sum);
  }

  /** CALL_ONCE sets a variable; every inference adds to it. */
  static GraphBuilder variable(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("variable");
    int elements = draw.between(1, 6);
    Shape shape = Shape.of(elements);
    Shape scalar = Shape.of();
    Options name = new Options.VarHandle("", "v" + draw.below(100));
    boolean initialised = draw.chance(0.7);
    int x = graph.input("x", FLOAT32, shape, null);
    int handle = graph.activation("handle", RESOURCE, scalar, null);
    int held = graph.activation("held", FLOAT32, shape, null);
    int y = graph.activation("y", FLOAT32, shape, null);
    if (initialised) {
      graph.add(Operator.CALL_ONCE, new Options.CallOnce(1), List.of(), List.of());
    }
    graph.add(Operator.VAR_HANDLE, name, List.of(), List.of(handle));
    graph.add(Operator.READ_VARIABLE, NONE, List.of(handle), List.of(held));
    graph.add(Operator.ADD, PLAIN, List.of(held, x), List.of(y));
    graph.add(Operator.ASSIGN_VARIABLE, NONE, List.of(handle, y), List.of());
    graph.output(y);
    if (initialised) {
      graph.subgraph("init");
      int inner = graph.activation("handle", RESOURCE, scalar, null);
      byte[] values = draw.contents(FLOAT32, elements, 0);
      int first = graph.constant("first", FLOAT32, shape, null, values);
      graph.add(Operator.VAR_HANDLE, name, List.of(), List.of(inner));
      graph.add(Operator.ASSIGN_VARIABLE, NONE, List.of(inner, first), List.of());
    }
    return graph;
  }
}
