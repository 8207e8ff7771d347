package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators in which TensorFlow Lite Micro departs from TensorFlow Lite, against a wide model. */
final class WideModelTest {
  private static final int LAYERS = Integer.getInteger("thumbprint.oracle.layers", 250);
  private static final int KINDS = 4;

  /** What is compared. */
  enum Layer {
    FULLY_CONNECTED_INT8(d -> RandomLayers.dense(d, INT8)),
    FULLY_CONNECTED_INT16(d -> RandomLayers.dense(d, INT16)),
    ADD_INT16(d -> RandomOperators.arithmetic(d, INT16, Operator.ADD)),
    SUB_INT8(d -> RandomOperators.arithmetic(d, INT8, Operator.SUB)),
    SUB_INT16(d -> RandomOperators.arithmetic(d, INT16, Operator.SUB)),
    MUL_INT8(d -> RandomOperators.arithmetic(d, INT8, Operator.MUL)),
    MUL_INT16(d -> RandomOperators.arithmetic(d, INT16, Operator.MUL)),
    QUANTIZE_INT8_TO_INT16(d -> RandomOperators.quantize(d, INT8, INT16));

    @SuppressWarnings("ImmutableEnumChecker") // the functions are pure
    private final Function<RandomTensors, GraphBuilder> maker;

    Layer(Function<RandomTensors, GraphBuilder> maker) {
      this.maker = maker;
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalsTheWideModel(Layer layer) {
    long unsaturated = 0;
    long all = 0;
    for (int seed = 0; seed < LAYERS; seed++) {
      RandomTensors draw = new RandomTensors(new Random(seed));
      Graph graph = layer.maker.apply(draw).build();
      Interpreter ours = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
      for (int kind = 0; kind < KINDS; kind++) {
        for (int i = 0; i < ours.inputs(); i++) {
          Tensor input = ours.input(i);
          ours.setInput(i, draw.contents(input.type(), input.shape().elements(), kind));
        }
        ours.invoke();
        long[] got = longs(ours.output(0).type(), ours.outputBytes(0));
        long[] expected = expected(graph, ours);
        assertThat(got).as("%s, seed %d, input kind %d", layer, seed, kind).isEqualTo(expected);
        for (long value : got) {
          unsaturated += value > lowest(ours.output(0)) && value < highest(ours.output(0)) ? 1 : 0;
        }
        all += kind == 0 ? got.length : 0;
      }
    }
    assertThat(unsaturated).as("outputs inside the range, of %d drawn", all).isGreaterThan(all / 4);
  }

  private static long[] expected(Graph graph, Interpreter run) {
    Node node = graph.main().nodes().getFirst();
    return switch (node.operator()) {
      case FULLY_CONNECTED -> dense(graph, node, run);
      case QUANTIZE -> requantised(graph, node, run);
      default -> pairs(graph, node, run);
    };
  }

  private static long[] dense(Graph graph, Node node, Interpreter run) {
    Tensor x = graph.main().tensor(node.inputs().get(0));
    Tensor w = graph.main().tensor(node.inputs().get(1));
    Tensor y = graph.main().tensor(node.outputs().get(0));
    long[] input = longs(x.type(), run.tensorBytes(x.index()));
    long[] weights = longs(w.type(), run.tensorBytes(w.index()));
    Tensor b = graph.main().tensor(node.inputs().get(2));
    long[] bias = longs(b.type(), run.tensorBytes(b.index()));
    float product = x.quantization().orElseThrow().scale() * w.quantization().orElseThrow().scale();
    WideModel.Multiplier scale =
        WideModel.Multiplier.of(product / (double) y.quantization().orElseThrow().scale());
    int depth = w.shape().dim(1);
    int outputs = w.shape().dim(0);
    Activation activation = ((Options.FullyConnected) node.options()).activation();
    long[] result = new long[Math.toIntExact(y.shape().elements())];
    for (int i = 0; i < result.length; i++) {
      long sum = bias[i % outputs];
      for (int c = 0; c < depth; c++) {
        sum +=
            (input[i / outputs * depth + c] - x.quantization().orElseThrow().zeroPoint())
                * weights[i % outputs * depth + c];
      }
      long scaled = x.type() == INT8 ? scale.times(sum) : scale.timesReduced(sum);
      result[i] = finish(scaled, y, activation);
    }
    return result;
  }

  private static long[] requantised(Graph graph, Node node, Interpreter run) {
    Tensor x = graph.main().tensor(node.inputs().get(0));
    Tensor y = graph.main().tensor(node.outputs().get(0));
    double ratio =
        (double) x.quantization().orElseThrow().scale() / y.quantization().orElseThrow().scale();
    WideModel.Multiplier scale = WideModel.Multiplier.of(ratio);
    long[] result = longs(x.type(), run.tensorBytes(x.index()));
    for (int i = 0; i < result.length; i++) {
      long scaled = scale.times(result[i] - x.quantization().orElseThrow().zeroPoint());
      result[i] = finish(scaled, y, Activation.NONE);
    }
    return result;
  }

  private static long[] pairs(Graph graph, Node node, Interpreter run) {
    Tensor a = graph.main().tensor(node.inputs().get(0));
    Tensor b = graph.main().tensor(node.inputs().get(1));
    Tensor y = graph.main().tensor(node.outputs().get(0));
    long[] left = longs(a.type(), run.tensorBytes(a.index()));
    long[] right = longs(b.type(), run.tensorBytes(b.index()));
    float scaleA = a.quantization().orElseThrow().scale();
    float scaleB = b.quantization().orElseThrow().scale();
    float scaleY = y.quantization().orElseThrow().scale();
    int shift = y.type() == INT8 ? 20 : 15;
    Activation activation = ((Options.Elementwise) node.options()).activation();
    float twice = 2 * Math.max(scaleA, scaleB);
    boolean subtract = node.operator() == Operator.SUB;
    WideModel.Multiplier toA =
        WideModel.Multiplier.of(subtract ? scaleA / twice : scaleA / (double) twice);
    WideModel.Multiplier toB =
        WideModel.Multiplier.of(subtract ? scaleB / twice : scaleB / (double) twice);
    double out =
        subtract ? twice / ((1 << shift) * scaleY) : twice / ((1 << shift) * (double) scaleY);
    WideModel.Multiplier toY =
        WideModel.Multiplier.of(
            node.operator() == Operator.MUL ? (double) scaleA * scaleB / scaleY : out);
    long[] result = new long[Math.toIntExact(y.shape().elements())];
    for (int i = 0; i < result.length; i++) {
      long l = left[at(i, y, a)] - a.quantization().orElseThrow().zeroPoint();
      long r = right[at(i, y, b)] - b.quantization().orElseThrow().zeroPoint();
      long value =
          switch (node.operator()) {
            case ADD -> toA.times(l << shift) + toB.times(r << shift);
            case SUB -> toA.times(l << shift) - toB.times(r << shift);
            default -> l * r;
          };
      result[i] = finish(toY.times(value), y, activation);
    }
    return result;
  }

  /** Element of {@code from} that broadcasts to element {@code index} of {@code to}. */
  private static int at(int index, Tensor to, Tensor from) {
    int rest = index;
    int element = 0;
    int stride = 1;
    for (int i = 0; i < to.shape().rank(); i++) {
      int position = rest % to.shape().dimFromEnd(i);
      rest /= to.shape().dimFromEnd(i);
      element += from.shape().dimFromEnd(i) == 1 ? 0 : position * stride;
      stride *= from.shape().dimFromEnd(i);
    }
    return element;
  }

  private static long finish(long scaled, Tensor y, Activation activation) {
    float scale = y.quantization().orElseThrow().scale();
    int zero = y.quantization().orElseThrow().zeroPoint();
    long min = lowest(y);
    long max = highest(y);
    if (activation != Activation.NONE) {
      float low = activation == Activation.RELU_N1_TO_1 ? -1 : 0;
      min = Math.max(min, WideModel.quantized(low, scale) + zero);
    }
    if (activation == Activation.RELU6 || activation == Activation.RELU_N1_TO_1) {
      float high = activation == Activation.RELU6 ? 6 : 1;
      max = Math.min(max, WideModel.quantized(high, scale) + zero);
    }
    return Math.max(min, Math.min(max, scaled + zero));
  }

  private static long lowest(Tensor tensor) {
    return tensor.type() == INT8 ? -128 : -32_768;
  }

  private static long highest(Tensor tensor) {
    return tensor.type() == INT8 ? 127 : 32_767;
  }

  private static long[] longs(DataType type, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = new long[bytes.length * 8 / type.bits()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case INT8 -> buffer.get();
            case INT16 -> buffer.getShort();
            case INT32 -> buffer.getInt();
            default -> buffer.getLong();
          };
    }
    return values;
  }
}
