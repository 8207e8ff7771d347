package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.FlexMap;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that no kernel can compute are refused with operator, tensor and reason. */
final class HostileOperatorTest {
  private static void refused(GraphBuilder model, String... words) {
    assertThatThrownBy(() -> OperatorTable.prepare(model.build(), RunOptions.defaults()))
        .isInstanceOf(InputException.class)
        .message()
        .contains(words);
  }

  private static GraphBuilder transform(int length, int elements, Map<String, ?> options) {
    GraphBuilder graph = new GraphBuilder("hostile");
    int x = graph.input("x", INT16, Shape.of(length), null);
    int y = graph.activation("y", INT16, Shape.of(elements), null);
    Options custom = new Options.Custom(FlexBytes.of(options));
    return graph
        .add(Operator.CUSTOM, "SignalRfft", custom, List.of(x), List.of(y), List.of())
        .output(y);
  }

  @Test
  void shouldRefuseTransformsThatTheRuntimeCannotDo() {
    refused(
        transform(14, 16, Map.of("T", 7, "fft_length", 14)),
        "operator 0 (SignalRfft)",
        "14 samples needs radix 7",
        "no prime factor above 5");
    refused(transform(9, 11, Map.of("T", 7, "fft_length", 9)), "SignalRfft", "9 samples", "even");
    refused(transform(8, 10, Map.of("T", 2, "fft_length", 8)), "T 2", "7 for int16");
    refused(transform(16, 10, Map.of("T", 7, "fft_length", 8)), "rows of at most 8 samples");
    refused(transform(8, 10, Map.of("T", 7, "fft_length", 1 << 30)), "fft_length", "4 to");
    refused(transform(8, 10, Map.of("length", 8)), "the options [length]", "[T, fft_length]");
  }

  @Test
  void shouldRefuseHybridModelsByOperator() {
    GraphBuilder graph = new GraphBuilder("hybrid");
    int x = graph.input("x", FLOAT32, Shape.of(1, 4), null);
    byte[] values = new byte[8];
    int w = graph.constant("w", INT8, Shape.of(2, 4), Quantization.of(0.1f, 0), values);
    int y = graph.activation("y", FLOAT32, Shape.of(1, 2), null);
    graph
        .add(
            Operator.FULLY_CONNECTED,
            new Options.FullyConnected(Activation.NONE, false),
            List.of(x, w),
            List.of(y))
        .output(y);
    refused(graph, "operator 0 (FULLY_CONNECTED)", "int8 weights with float32", "hybrid");
    GraphBuilder image = new GraphBuilder("hybrid");
    int pixels = image.input("x", FLOAT32, Shape.of(1, 3, 3, 1), null);
    int filter = image.constant("w", INT8, Shape.of(2, 2, 2, 1), Quantization.of(0.1f, 0), values);
    int out = image.activation("y", FLOAT32, Shape.of(1, 2, 2, 2), null);
    image
        .add(
            Operator.CONV_2D,
            new Options.Conv2d(Padding.VALID, 1, 1, 1, 1, Activation.NONE),
            List.of(pixels, filter),
            List.of(out))
        .output(out);
    refused(image, "operator 0 (CONV_2D)", "hybrid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ethos-u", "TFLM_DECODE", "FlexErf"})
  void shouldRefuseCustomOperatorsByName(String name) {
    GraphBuilder graph = new GraphBuilder("custom");
    int x = graph.input("x", INT8, Shape.of(1), null);
    int y = graph.activation("y", INT8, Shape.of(1), null);
    Options none = new Options.Custom(ByteBuffer.allocate(0));
    graph.add(Operator.CUSTOM, name, none, List.of(x), List.of(y), List.of()).output(y);
    refused(graph, "unknown custom operator \"" + name + '"', "SignalRfft");
  }

  @Test
  void shouldTellWhatToDoWithACompiledModel() {
    GraphBuilder graph = new GraphBuilder("vela");
    int x = graph.input("x", INT8, Shape.of(1), null);
    int y = graph.activation("y", INT8, Shape.of(1), null);
    Options none = new Options.Custom(ByteBuffer.allocate(0));
    graph.add(Operator.CUSTOM, "ethos-u", none, List.of(x), List.of(y), List.of()).output(y);
    refused(graph, "before Vela");
  }

  /** The number of a variable of a type or shape that cannot be one. */
  private static GraphBuilder variable(Operator operator, DataType type, Shape shape) {
    GraphBuilder graph = new GraphBuilder("variable");
    int handle = graph.input("handle", type, shape, Quantization.of(1, 0));
    int x = graph.input("x", INT8, Shape.of(4), Quantization.of(1, 0));
    int y = graph.activation("y", INT8, Shape.of(4), Quantization.of(1, 0));
    boolean reads = operator == Operator.READ_VARIABLE;
    if (operator == Operator.VAR_HANDLE) {
      int made = graph.activation("made", type, shape, Quantization.of(1, 0));
      graph.add(operator, new Options.VarHandle("", "v"), List.of(), List.of(made));
    } else {
      graph.add(
          operator,
          new Options.None(),
          reads ? List.of(handle) : List.of(handle, x),
          reads ? List.of(y) : List.of());
    }
    return graph.output(reads ? y : x);
  }

  @ParameterizedTest
  @EnumSource(names = {"VAR_HANDLE", "ASSIGN_VARIABLE", "READ_VARIABLE"})
  void shouldRefuseVariablesWithoutANumber(Operator operator) {
    refused(variable(operator, INT8, Shape.of(1)), "operator 0 (" + operator + ")", "int8");
    refused(variable(operator, INT32, Shape.of(0)), "operator 0 (" + operator + ")", "0");
    refused(variable(operator, INT32, Shape.of(3)), "several handles", "expected one");
  }

  /** Each loop calls the next; the condition, which comes last, always holds. */
  private static GraphBuilder endlessLoops(int nested) {
    GraphBuilder graph = new GraphBuilder("loops");
    Quantization scale = Quantization.of(0.5f, 0);
    for (int depth = 0; depth <= nested; depth++) {
      if (depth > 0) {
        graph.subgraph("body " + depth);
      }
      int x = graph.input("x", INT8, Shape.of(1), scale);
      int y = graph.activation("y", INT8, Shape.of(1), scale);
      graph
          .add(
              depth < nested ? Operator.WHILE : Operator.RELU,
              depth < nested ? new Options.While(nested + 1, depth + 1) : new Options.None(),
              List.of(x),
              List.of(y))
          .output(y);
    }
    graph.subgraph("condition");
    int x = graph.input("x", INT8, Shape.of(1), scale);
    int least = graph.constant("least", INT8, Shape.of(1), scale, -128);
    int holds = graph.activation("holds", BOOL, Shape.of(1), null);
    return graph
        .add(Operator.GREATER_EQUAL, new Options.None(), List.of(x, least), List.of(holds))
        .output(holds);
  }

  /** Every subgraph branches twice to the next: two to the power of their number in all. */
  private static GraphBuilder branches(int depth) {
    GraphBuilder graph = new GraphBuilder("branches");
    Quantization scale = Quantization.of(0.5f, 0);
    for (int i = 0; i <= depth; i++) {
      if (i > 0) {
        graph.subgraph("branch " + i);
      }
      int taken = graph.input("taken", BOOL, Shape.of(1), null);
      int x = graph.input("x", INT8, Shape.of(1), scale);
      int between = graph.activation("between", INT8, Shape.of(1), scale);
      int y = graph.activation("y", INT8, Shape.of(1), scale);
      Options next = i < depth ? new Options.If(i + 1, i + 1) : new Options.None();
      for (int to : List.of(between, y)) {
        int from = to == y ? between : x;
        graph.add(
            i < depth ? Operator.IF : Operator.RELU,
            next,
            i < depth ? List.of(taken, taken, from) : List.of(from),
            List.of(to));
      }
      graph.output(y);
    }
    return graph;
  }

  @Test
  void shouldEndWhatRunsForEver() {
    for (GraphBuilder graph : List.of(endlessLoops(1), endlessLoops(3), branches(60))) {
      Interpreter run = OperatorTable.prepare(graph.build(), RunOptions.defaults()).interpreter();
      assertThatThrownBy(run::invoke)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("more than 1048576 runs of subgraphs in one inference");
    }
  }

  @Test
  void shouldRefuseAStreamingBufferWithoutMemory() {
    GraphBuilder graph = new GraphBuilder("stream");
    int x = graph.input("x", INT8, Shape.of(1, 1, 1, 4), Quantization.of(1, 0));
    int y = graph.activation("y", INT8, Shape.of(1, 3, 1, 4), Quantization.of(1, 0));
    Options options = new Options.Custom(FlexBytes.of(Map.of("cycles_max", 1)));
    graph
        .add(Operator.CUSTOM, "CIRCULAR_BUFFER", options, List.of(x), List.of(y), List.of())
        .output(y);
    refused(graph, "operator 0 (CIRCULAR_BUFFER)", "not variable");
  }

  /** Damage anywhere is a refusal or another valid map, never a crash or an endless loop. */
  @Test
  void shouldReadDamagedOptionsSafely() {
    byte[] whole = FlexBytes.of(Map.of("T", 7, "fft_length", 512, "rate", 0.5f)).array();
    Random random = new Random(1);
    int refusals = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextBoolean() ? damaged.length : random.nextInt(damaged.length + 1);
      try {
        FlexMap.read(ByteBuffer.wrap(damaged, 0, length)).keys();
      } catch (InputException refused) {
        refusals++;
      }
    }
    assertThat(refusals).isGreaterThan(5_000);
  }

  @Test
  void shouldReadOptionsAsTheyWereWritten() {
    FlexMap map = FlexMap.read(FlexBytes.of(Map.of("b", true, "i", -70_000, "r", 0.25f)));
    assertThat(map.keys()).containsExactly("b", "i", "r");
    assertThat(map.flag("b")).isTrue();
    assertThat(map.integer("i")).isEqualTo(-70_000);
    assertThat(map.real("r")).isEqualTo(0.25f);
    assertThat(FlexMap.read(ByteBuffer.allocate(0)).keys()).isEmpty();
  }
}
