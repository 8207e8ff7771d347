package dev.thumbprint.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LenetValuesTest {
  private static final int LIMIT = 31;
  private static final int FRACTION_BITS = 26;

  /** Digits that tell shares to a hundredth. */
  private static final int SOME = 1_000;

  /** Counted on the scores, by the rule of the kernel: 31 x 2^26 / 2^shift steps below the best. */
  @Test
  void lenetComputesSevenOfItsTenClasses() {
    Graph graph = Zoo.graph("lenet-digits");
    int scores =
        graph.main().nodes().stream()
            .filter(node -> node.operator() == Operator.SOFTMAX)
            .map(node -> node.inputs().getFirst())
            .findFirst()
            .orElseThrow();
    double scale = graph.main().tensor(scores).quantization().orElseThrow().scale();
    int shift = Math.getExponent(scale * (1 << FRACTION_BITS)) + 1;
    int radius = (int) ((double) LIMIT * (1 << FRACTION_BITS) / (1L << shift));
    LabelledSet digits = DigitSet.test();
    Interpreter lenet = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    ByteBuffer digit = ByteBuffer.allocate(lenet.inputBytes(0));
    long[] live = {0};
    long[] said = {0};
    for (int i = 0; i < digits.count(); i++) {
      digits.fill(i, lenet.input(0), digit);
      lenet.setInput(0, digit);
      lenet.invoke(
          node -> {
            live[0] += live(node, lenet, scores, radius);
            said[0] += said(node, lenet);
          });
    }
    double mean = live[0] / (double) digits.count();
    double meanSaid = said[0] / (double) digits.count();
    System.out.printf(
        "LeNet's SOFTMAX computes %.2f of 10 classes, %.2f are not zero%n", mean, meanSaid);
    assertThat(mean).isCloseTo(LenetValues.CLASSES, within(0.5));
    assertThat(meanSaid).isCloseTo(LenetValues.SCORES, within(0.5));
  }

  /** Whatever the layer reads, but for the image: the digits have grey where MNIST has none. */
  @Test
  void halfOfWhatTheFloatLenetReadsIsZero() {
    Graph graph = Zoo.graph("lenet-digits-float");
    LabelledSet digits = DigitSet.of(SOME, DigitSet.TEST_SEED);
    Interpreter lenet = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    ByteBuffer digit = ByteBuffer.allocate(lenet.inputBytes(0)).order(ByteOrder.LITTLE_ENDIAN);
    Map<Long, Long> zeros = new TreeMap<>();
    for (int i = 0; i < digits.count(); i++) {
      digits.fill(i, lenet.input(0), digit);
      lenet.setInput(0, digit);
      lenet.invoke(node -> countZeros(node, lenet, zeros));
    }
    zeros.remove((long) DigitSet.EXTENT * DigitSet.EXTENT);
    assertThat(zeros).hasSize(LenetValues.ZEROS.size() - 1);
    zeros.forEach(
        (elements, count) -> {
          double share = count / (double) (elements * digits.count());
          System.out.printf("LeNet reads %d values, %.2f of them zero%n", elements, share);
          assertThat(share).isCloseTo(LenetValues.ZEROS.get(elements), within(0.03));
        });
  }

  private static void countZeros(Node node, Interpreter lenet, Map<Long, Long> zeros) {
    if (node.operator() != Operator.CONV_2D && node.operator() != Operator.FULLY_CONNECTED) {
      return;
    }
    ByteBuffer values =
        ByteBuffer.wrap(lenet.tensorBytes(node.inputs().getFirst())).order(ByteOrder.LITTLE_ENDIAN);
    long count = 0;
    long elements = values.remaining() / Float.BYTES;
    while (values.hasRemaining()) {
      count += values.getFloat() == 0 ? 1 : 0;
    }
    zeros.merge(elements, count, Long::sum);
  }

  private static int live(Node node, Interpreter lenet, int scores, int radius) {
    if (node.operator() != Operator.SOFTMAX) {
      return 0;
    }
    byte[] values = lenet.tensorBytes(scores);
    int best = Byte.MIN_VALUE;
    for (byte value : values) {
      best = Math.max(best, value);
    }
    int near = 0;
    for (byte value : values) {
      near += best - value <= radius ? 1 : 0;
    }
    return near;
  }

  /** Probabilities of a class that are not 0 after rounding to 1/256. */
  private static int said(Node node, Interpreter lenet) {
    if (node.operator() != Operator.SOFTMAX) {
      return 0;
    }
    int said = 0;
    for (byte value : lenet.tensorBytes(node.outputs().getFirst())) {
      said += value == Byte.MIN_VALUE ? 0 : 1;
    }
    return said;
  }

  @Test
  void onlyWhatFollowsTheScoresLeavesClassesOut() {
    var layers = LenetValues.of(Lowering.lower(Zoo.graph("lenet")));
    assertThat(layers).allMatch(work -> work.live().zeros() == (isQuantize(work) ? 0.85 : 0));
    assertThat(layers)
        .allMatch(
            work ->
                work.live().outputs()
                    == switch (work.operator()) {
                      case SOFTMAX -> 0.7;
                      case DEQUANTIZE -> 0.2;
                      default -> 1.0;
                    });
  }

  private static boolean isQuantize(LayerWork work) {
    return work.operator() == Operator.QUANTIZE;
  }
}
