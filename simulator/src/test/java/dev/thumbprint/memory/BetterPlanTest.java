package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.memory.BetterPlan.Means;
import dev.thumbprint.memory.RuntimeBuild.Kernels;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.TfliteWriter;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that are lower than the greedy planner's, and what has to hold for them. */
class BetterPlanTest {
  private static final PlanOptions OPTIONS =
      PlanOptions.of(RuntimeBuild.of(Kernels.CMSIS_NN, SimdUnit.DSP));

  @ParameterizedTest
  @ValueSource(longs = {3, 14, 15, 92, 65, 35, 89, 79})
  void shouldNeverBeHigherAndNeverOverlapLiveBuffers(long seed) {
    BetterPlan better = BetterPlan.of(RandomGraphs.of(seed), OPTIONS);
    assertThat(better.gainBytes()).isNotNegative();
    List<PlannedBuffer> buffers = better.after().buffers();
    for (int i = 0; i < buffers.size(); i++) {
      for (int j = 0; j < i; j++) {
        PlannedBuffer a = buffers.get(i);
        PlannedBuffer b = buffers.get(j);
        if (a.request().overlapsInTime(b.request())
            && a.bytes() > 0
            && b.bytes() > 0
            && !inPlace(a, b)) {
          assertThat(a.end() <= b.offset() || b.end() <= a.offset())
              .as("seed %d: %s and %s", seed, a, b)
              .isTrue();
        }
      }
    }
  }

  /** One buffer begins in the step in which the other ends, at the same place. */
  private static boolean inPlace(PlannedBuffer a, PlannedBuffer b) {
    return a.offset() == b.offset() && (a.first() == b.last() || b.first() == a.last());
  }

  @Test
  void shouldSurviveTheFile() {
    BetterPlan better = BetterPlan.of(bottleneck(), OPTIONS);
    assertThat(better.gainBytes()).isPositive();
    Graph read =
        TfliteReader.read(ByteBuffer.wrap(TfliteWriter.bytes(better.graph())), "copy", "copy");
    assertThat(ArenaPlanner.plan(read, OPTIONS).arenaUsedBytes())
        .isEqualTo(better.after().arenaUsedBytes());
  }

  /**
   * 160, 320 and 160 bytes in a chain, then 256 and 224: greedy puts the largest at 0 and cannot
   * bring the others below 576; alive at once are never more than 480.
   */
  @Test
  void shouldReachTheBytesAliveAtOnceInAChain() {
    List<BufferRequest> requests =
        List.of(
            BufferRequest.online(160, 0, 1),
            BufferRequest.online(320, 1, 2),
            BufferRequest.online(160, 2, 3),
            BufferRequest.online(256, 3, 4),
            BufferRequest.online(224, 4, 5));
    assertThat(GreedyPlanner.height(requests, OffsetSearch.best(requests)))
        .isEqualTo(OffsetSearch.liveBytesMax(requests))
        .isEqualTo(480);
  }

  /** Two branches that widen and narrow again: one after the other they need less than in step. */
  @Test
  void shouldRunOneBranchAfterTheOther() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 8, 8, 2);
    int a = g.convolution(x, 24, 1, 1, 1);
    int b = g.convolution(x, 24, 1, 1, 1);
    a = g.convolution(a, 1, 1, 1, 1);
    b = g.convolution(b, 1, 1, 1, 1);
    g.output(g.add(a, b));
    BetterPlan better = BetterPlan.of(g.build(), OPTIONS);
    assertThat(better.reordered()).isTrue();
    // Both wide tensors of 1,536 bytes beside the input or a narrow one, against one of them.
    assertThat(better.before().lowestPossibleHeadBytes()).isEqualTo(2 * 1536 + 128);
    assertThat(better.after().headBytes()).isEqualTo(1536 + 128 + 64);
  }

  @Test
  void shouldLetAnAdditionWriteWhereItReads() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 8, 8, 4);
    int y = g.convolution(x, 4, 1, 1, 1);
    int z = g.convolution(y, 4, 1, 1, 1);
    int w = g.add(g.convolution(z, 4, 1, 1, 1), z);
    g.output(g.dense(g.reshape(g.averagePool(w), 1, 4), 2));
    // The addition holds its two inputs and its output of 256 bytes; in place, two of them.
    BetterPlan better = BetterPlan.of(g.build(), OPTIONS, EnumSet.of(Means.IN_PLACE));
    assertThat(better.gainBytes()).isEqualTo(256);
    assertThat(better.means()).containsExactly(Means.IN_PLACE);
    List<PlannedBuffer> buffers = better.after().buffers();
    assertThat(buffers.stream().filter(b -> b.tensor() == w).findFirst().orElseThrow().offset())
        .isIn(
            buffers.stream()
                .filter(b -> b.tensor() != w && b.last() == 4 && b.bytes() == 256)
                .map(PlannedBuffer::offset)
                .toList());
  }

  /** An input that is read again later keeps its place. */
  @Test
  void shouldNotOverwriteWhatIsStillNeeded() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 8, 8, 4);
    int y = g.convolution(x, 4, 1, 1, 1);
    int sum = g.add(y, y);
    g.output(g.add(sum, y));
    Graph graph = g.build();
    MemoryPlan plan = ArenaPlanner.plan(graph, OPTIONS);
    int written = position(plan, sum);
    assertThat(InPlace.pairs(graph, plan)).doesNotContainKey(written);
  }

  private static int position(MemoryPlan plan, int tensor) {
    for (int i = 0; i < plan.buffers().size(); i++) {
      if (plan.buffers().get(i).tensor() == tensor) {
        return i;
      }
    }
    throw new AssertionError("tensor " + tensor + " is not in the head");
  }

  private static Graph bottleneck() {
    for (long seed = 1; ; seed++) {
      Graph graph = RandomGraphs.of(seed);
      if (BetterPlan.of(graph, OPTIONS).gainBytes() > 0) {
        return graph;
      }
    }
  }
}
