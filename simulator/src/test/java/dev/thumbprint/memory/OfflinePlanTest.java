package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.memory.RuntimeBuild.Kernels;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Options;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offsets that a model prescribes: sound, strange and damaged ones. */
class OfflinePlanTest {
  private static final PlanOptions REFERENCE =
      PlanOptions.of(RuntimeBuild.of(Kernels.REFERENCE, SimdUnit.NONE));

  /** Input of 100 bytes, filter, bias, output of 50 bytes. */
  private static Graph dense(ByteBuffer metadata) {
    TestGraph g = new TestGraph();
    g.output(g.dense(g.input(1, 100), 50));
    return g.build(Map.of(OfflineOffsets.KEY, metadata));
  }

  private static ByteBuffer ints(int... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    return buffer.asReadOnlyBuffer();
  }

  private static MemoryPlan plan(Graph graph) {
    return ArenaPlanner.plan(graph, REFERENCE);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0 bytes",
    "'1', 4 bytes",
    "'1 0', 8 bytes",
    "'1 0 2 0 16', offsets of 2 tensors in 20 bytes",
    "'1 0 4 0 -1 -1', offsets of 4 tensors in 24 bytes",
    "'1 0 2147483647 0 -1 -1 0', offsets of 2147483647 tensors in 28 bytes",
    "'1 0 -4 0 -1 -1 0', offsets of -4 tensors in 28 bytes",
    "'1 0 4 0 -1 -1 -2', offset -2 of tensor 3",
    "'1 0 4 -2147483648 -1 -1 0', offset -2147483648 of tensor 0"
  })
  void shouldRefuseDamagedOffsets(String words, String found) {
    int[] ints =
        words.isEmpty()
            ? new int[0]
            : List.of(words.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    assertThatThrownBy(() -> plan(dense(ints(ints))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("metadata OfflineMemoryAllocation")
        .hasMessageContaining(found)
        .hasMessageContaining("hint: remove the entry");
  }

  /** Random bytes are planned, or refused with a reason; nothing else. */
  @Test
  void shouldSurviveAnyBytes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (bytes.length >= 12 && random.nextBoolean()) {
        System.arraycopy(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0}, 0, bytes, 0, 12);
      }
      Graph graph = dense(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
      try {
        assertThat(plan(graph).headBytes()).as("seed %d", seed).isNotNegative();
      } catch (InputException damaged) {
        assertThat(damaged).as("seed %d", seed).hasMessageContaining(OfflineOffsets.KEY);
      }
    }
  }

  @Test
  void shouldTakeTheFarthestOffset() {
    MemoryPlan plan = plan(dense(ints(1, 0, 4, 0, -1, -1, Integer.MAX_VALUE)));
    assertThat(plan.headBytes()).isEqualTo(Integer.MAX_VALUE + 64L);
  }

  /** Input and output of one operator at one place: the runtime takes it, and so do we. */
  @Test
  void shouldHonourBuffersThatHandOverTheirPlace() {
    MemoryPlan plan = plan(dense(ints(1, 0, 4, 0, -1, -1, 0)));
    assertThat(plan.headBytes()).isEqualTo(112);
    assertThat(plan.sharedBytes()).isEmpty();
  }

  /** The input is read again after what lies on it was written. */
  @Test
  void shouldTellWhatOverwritesABufferThatIsStillRead() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 64);
    int y = g.add(x, x);
    int z = g.add(y, x);
    g.output(z);
    Graph graph = g.build(Map.of(OfflineOffsets.KEY, ints(1, 0, 3, 0, 32, -1)));
    MemoryPlan plan = plan(graph);
    assertThat(plan.sharedBytes()).hasSize(1);
    assertThat(
            List.of(
                plan.sharedBytes().getFirst().one().tensor(),
                plan.sharedBytes().getFirst().other().tensor()))
        .containsExactlyInAnyOrder(x, y);
    assertThat(plan.headBytes()).as("z above both").isEqualTo(32 + 64 + 64);
  }

  /** A tensor without elements gets no buffer, whatever is prescribed for it. */
  @Test
  void shouldIgnoreOffsetsOfEmptyTensors() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 64);
    int empty = g.input(1, 0);
    int y = g.activation(1, 64);
    g.node(
        Operator.CONCATENATION,
        new Options.Concatenation(1, Activation.NONE),
        List.of(x, empty),
        y);
    g.output(y);
    Graph graph = g.build(Map.of(OfflineOffsets.KEY, ints(1, 0, 3, 0, 4_096, 64)));
    MemoryPlan plan = plan(graph);
    assertThat(plan.buffers()).extracting(PlannedBuffer::tensor).containsExactly(x, y);
    assertThat(plan.headBytes()).isEqualTo(128);
  }

  /** Offsets of which none is prescribed change nothing. */
  @Test
  void shouldLeaveAllToTheRuntimeWhereNothingIsPrescribed() {
    MemoryPlan plan = plan(dense(ints(1, 0, 4, -1, -1, -1, -1)));
    TestGraph plain = new TestGraph();
    plain.output(plain.dense(plain.input(1, 100), 50));
    assertThat(plan.arenaUsedBytes()).isEqualTo(plan(plain.build()).arenaUsedBytes());
  }
}
