package dev.thumbprint.model.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of saturated layers would agree with anything: at least half of each layer is open. */
class SaturationTest {
  private static final int INPUTS = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kws",
        "ic",
        "vww",
        "ad",
        "sww",
        "lenet",
        "resnet20",
        "dense-U448",
        "conv-F101-K1",
        "depthwise-C103-K5",
        "channels-F4-K3",
        "conv:9x9x5,7,3x3,relu6",
        "depthwise:9x9x5,3x3,relu"
      })
  void shouldLeaveHalfOfEveryLayerUnsaturated(String name) {
    Graph graph = Zoo.graph(name);
    Interpreter interpreter = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    for (int seed = 0; seed < INPUTS; seed++) {
      interpreter.setInput(0, input(graph, new Random(seed)));
      int inputSeed = seed;
      interpreter.invoke(
          node -> {
            Tensor output = graph.main().tensor(node.outputs().getFirst());
            if (output.type() == DataType.INT8) {
              byte[] values = interpreter.tensorBytes(output.index());
              assertThat(open(values))
                  .as("%s, input seed %d, %s", name, inputSeed, output.name())
                  .isGreaterThanOrEqualTo((values.length + 1) / 2);
            }
          });
    }
  }

  private static int open(byte[] values) {
    int open = 0;
    for (byte value : values) {
      open += value > Byte.MIN_VALUE && value < Byte.MAX_VALUE ? 1 : 0;
    }
    return open;
  }

  private static byte[] input(Graph graph, Random random) {
    Tensor input = graph.main().tensor(graph.main().inputs().getFirst());
    byte[] bytes = new byte[(int) input.bytes()];
    random.nextBytes(bytes);
    if (input.type() == DataType.FLOAT32) {
      ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < bytes.length; i += Float.BYTES) {
        floats.putFloat(i, random.nextFloat() * 2 - 1);
      }
    }
    return bytes;
  }
}
