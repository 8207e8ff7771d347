package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.plain.PlainTier;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.operators.OperatorTable;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiers against each other on whole networks, and what an inference allocates. */
final class TierTest {
  private static final int INFERENCES = 3;
  private static final int ALLOCATED_BYTES_MAX = 1024;

  @ParameterizedTest
  @ValueSource(strings = {"kws", "ic", "vww", "ad", "sww", "lenet", "resnet20"})
  void everyTensorIsTheSameOnEveryTier(String network) {
    Graph graph = Zoo.graph(network);
    for (Rounding rounding : Rounding.values()) {
      RunOptions options = RunOptions.defaults().with(rounding);
      Interpreter scalar =
          OperatorTable.prepare(graph, options.with(new ScalarTier())).interpreter();
      Interpreter plain = OperatorTable.prepare(graph, options.with(new PlainTier())).interpreter();
      Random random = new Random(network.hashCode());
      for (int inference = 0; inference < INFERENCES; inference++) {
        byte[] input = new byte[scalar.inputBytes(0)];
        random.nextBytes(input);
        scalar.setInput(0, input);
        plain.setInput(0, input);
        scalar.invoke();
        plain.invoke(
            node ->
                assertThat(plain.tensorBytes(node.outputs().getFirst()))
                    .as("%s, %s rounding, operator %d", network, rounding, node.index())
                    .isEqualTo(scalar.tensorBytes(node.outputs().getFirst())));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kws", "ic", "ad"})
  void anInferenceAllocatesNextToNothing(String network) {
    Interpreter run =
        OperatorTable.prepare(Zoo.graph(network), RunOptions.defaults()).interpreter();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20; i++) {
      run.invoke();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 20; i++) {
      run.invoke();
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / 20;
    assertThat(each).isLessThan(ALLOCATED_BYTES_MAX);
  }
}
