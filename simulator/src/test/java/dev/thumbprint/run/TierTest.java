package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.operators.OperatorTable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiers against each other on whole networks, and what an inference allocates. */
final class TierTest {
  private static final int INFERENCES = 3;
  private static final int ALLOCATED_BYTES_MAX = 1024;
  private static final int INFERENCES_OF_A_ROUND = 100;
  private static final int ROUNDS_MAX = 300;

  @ParameterizedTest
  @ValueSource(strings = {"kws", "ic", "vww", "ad", "sww", "lenet", "resnet20"})
  void everyTensorIsTheSameOnEveryTier(String network) {
    Graph graph = Zoo.graph(network);
    for (Rounding rounding : Rounding.values()) {
      RunOptions options = RunOptions.defaults().with(rounding);
      Interpreter scalar =
          OperatorTable.prepare(graph, options.with(new ScalarTier())).interpreter();
      Random random = new Random(network.hashCode());
      byte[] input = new byte[scalar.inputBytes(0)];
      for (Tier tier : List.of(Tier.PLAIN, Tier.VECTOR)) {
        Interpreter other =
            OperatorTable.prepare(graph, options.with(tier.kernels())).interpreter();
        for (int inference = 0; inference < INFERENCES; inference++) {
          random.nextBytes(input);
          scalar.reset();
          other.reset();
          scalar.setInput(0, input);
          other.setInput(0, input);
          scalar.invoke();
          other.invoke(
              node ->
                  assertThat(other.tensorBytes(node.outputs().getFirst()))
                      .as("%s, %s, %s rounding, operator %d", network, tier, rounding, node.index())
                      .isEqualTo(scalar.tensorBytes(node.outputs().getFirst())));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"kws, PLAIN", "ic, PLAIN", "ad, PLAIN", "kws, VECTOR", "ic, VECTOR", "ad, VECTOR"})
  void anInferenceAllocatesNextToNothing(String network, Tier tier) {
    assertThat(Tier.whyNoVectors()).isEmpty();
    RunOptions options = RunOptions.defaults().with(tier.kernels());
    Interpreter run = OperatorTable.prepare(Zoo.graph(network), options).interpreter();
    long each = Long.MAX_VALUE;
    // Vectors are objects until the compiler has seen the loops often enough.
    for (int round = 0; round < ROUNDS_MAX && each >= ALLOCATED_BYTES_MAX; round++) {
      each = allocatedBytes(run);
    }
    assertThat(each).isLessThan(ALLOCATED_BYTES_MAX);
  }

  /** Bytes that one of a hundred inferences allocates. */
  private static long allocatedBytes(Interpreter run) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < INFERENCES_OF_A_ROUND; i++) {
      run.invoke();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / INFERENCES_OF_A_ROUND;
  }
}
