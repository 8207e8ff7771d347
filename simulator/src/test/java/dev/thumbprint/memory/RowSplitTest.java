package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.memory.RuntimeBuild.Kernels;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.InputSource;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains cut into bands of rows: same values, less memory, and what is computed twice. */
class RowSplitTest {
  private static final PlanOptions DSP =
      PlanOptions.of(RuntimeBuild.of(Kernels.CMSIS_NN, SimdUnit.DSP));
  private static final int GRAPHS = 60;

  @Test
  void shouldComputeTheSameInEveryNumberOfBands() {
    long start = new Random().nextLong(1_000_000);
    int cuts = 0;
    for (long seed = start; seed < start + GRAPHS; seed++) {
      Graph graph = RandomChains.of(seed);
      List<String> expected = outputs(graph);
      for (List<Node> chain : chains(graph)) {
        for (int parts = 2; parts <= ChannelSplit.PARTS_MAX; parts++) {
          var cut = new RowSplit(chain, parts).apply(graph);
          if (cut.isPresent()) {
            assertThat(outputs(throughTheFile(cut.get().graph())))
                .as("seed %d, %d operators in %d bands", seed, chain.size(), parts)
                .isEqualTo(expected);
            cuts++;
          }
        }
      }
    }
    assertThat(cuts).as("cuts from seed %d on", start).isGreaterThan(GRAPHS);
  }

  /** Bands lie where they belong in the whole image; everything else that is alive is apart. */
  @Test
  void shouldPlaceBandsInsideTheImages() {
    for (long seed = 1; seed <= GRAPHS; seed++) {
      Graph graph = RandomChains.of(seed);
      List<List<Node>> chains = chains(graph);
      if (chains.isEmpty()) {
        continue;
      }
      var cut = new RowSplit(chains.getLast(), 3).apply(graph);
      if (cut.isPresent()) {
        MemoryPlan plan = BetterPlan.of(cut.get(), DSP).after();
        requireApart(seed, plan, cut.get());
      }
    }
  }

  private static void requireApart(long seed, MemoryPlan plan, RowSplit.Cut cut) {
    Map<Integer, RowSplit.Place> places = new HashMap<>();
    cut.places().forEach(place -> places.put(place.tensor(), place));
    for (PlannedBuffer a : plan.buffers()) {
      for (PlannedBuffer b : plan.buffers()) {
        boolean together =
            a.request().overlapsInTime(b.request()) && a.offset() < b.end() && b.offset() < a.end();
        if (!a.equals(b) && together) {
          RowSplit.Place place = places.getOrDefault(a.tensor(), places.get(b.tensor()));
          assertThat(place).as("seed %d: %s and %s", seed, a, b).isNotNull();
          PlannedBuffer whole = place.inside() == a.tensor() ? a : b;
          PlannedBuffer part = whole.equals(a) ? b : a;
          assertThat(whole.tensor()).isEqualTo(place.inside());
          assertThat(part.tensor()).isEqualTo(place.tensor());
          assertThat(part.offset() - whole.offset()).isEqualTo(place.offset());
        }
      }
    }
  }

  /** A 3x3 convolution after a 3x3 convolution: both bands compute two rows at their seam. */
  @Test
  void shouldTellWhatIsComputedTwice() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 16, 8, 4);
    int y = g.convolution(x, 8, 3, 3, 1);
    g.output(g.convolution(y, 4, 3, 3, 1));
    Graph graph = g.build();
    Graph cut = new RowSplit(graph.main().nodes(), 2).apply(graph).orElseThrow().graph();
    long row = 8 * 8 * (3 * 3 * 4);
    assertThat(Lowering.network(cut).macs() - Lowering.network(graph).macs()).isEqualTo(2 * row);
  }

  @Test
  void shouldLeaveAloneWhatItCannotCut() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 4, 4, 2);
    g.output(g.dense(g.reshape(x, 1, 32), 3));
    assertThat(chains(g.build())).isEmpty();
    assertThat(chains(Zoo.graph("ad"))).isEmpty();
    Graph vww = Zoo.graph("vww");
    assertThat(new RowSplit(chains(vww).getFirst(), 1_000).apply(vww)).isEmpty();
  }

  static Stream<String[]> firmware() {
    return GoldenTable.rows("row-split-firmware.csv").stream();
  }

  /** The unchanged runtime took models with bands inside images, and computed what we compute. */
  @ParameterizedTest(name = "chain {0}, operators {1} to {2} in {3} bands")
  @MethodSource("firmware")
  void shouldBeAcceptedByTheRealRuntime(
      long seed, int first, int last, int parts, long usedBytes, String crc32) {
    Graph graph = RandomChains.of(seed);
    List<Node> chain = graph.main().nodes().subList(first, last + 1);
    BetterPlan plan = BetterPlan.of(new RowSplit(chain, parts).apply(graph).orElseThrow(), DSP);
    assertThat(plan.after().arenaUsedBytes()).isEqualTo(usedBytes);
    assertThat(plan.means()).containsExactly(BetterPlan.Means.IN_PLACE);
    assertThat(crc32(plan.graph())).isEqualTo(crc32).isEqualTo(crc32(graph));
  }

  /** Chains from every operator on, the longest from the first operator last. */
  static List<List<Node>> chains(Graph graph) {
    List<List<Node>> consumers = MemoryAdvice.consumers(graph);
    List<List<Node>> chains = new ArrayList<>();
    for (Node first : graph.main().nodes().reversed()) {
      chains.addAll(RowSplit.chains(graph, first, consumers, Integer.MAX_VALUE));
    }
    return chains;
  }

  private static Graph throughTheFile(Graph graph) {
    return TfliteReader.read(ByteBuffer.wrap(TfliteWriter.bytes(graph)), "copy", "copy");
  }

  private static Interpreter run(Graph graph) {
    Interpreter run = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    try {
      InputSource.fill(new InputSource.Drawn(251), run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run.invoke();
    return run;
  }

  private static List<String> outputs(Graph graph) {
    Interpreter run = run(graph);
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < run.outputs(); i++) {
      outputs.add(HexFormat.of().formatHex(run.outputBytes(i)));
    }
    return outputs;
  }

  private static String crc32(Graph graph) {
    Interpreter run = run(graph);
    CRC32 crc = new CRC32();
    crc.update(run.outputBytes(run.outputs() - 1));
    return String.format(Locale.ROOT, "%08X", crc.getValue());
  }
}
