package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.model.Graph;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hundreds of random graphs against what the real runtime printed for them. */
class RandomGraphArenaTest {
  private static final Map<Long, List<String[]>> BY_SEED =
      GoldenTable.rows("random-arenas.csv").stream()
          .collect(
              Collectors.groupingBy(
                  row -> Long.parseLong(row[2]), TreeMap::new, Collectors.toList()));

  private static final int GRAPHS_PER_CASE = 50;

  static Stream<Long> firstSeeds() {
    return LongStream.iterate(1, seed -> seed <= BY_SEED.size(), seed -> seed + GRAPHS_PER_CASE)
        .boxed();
  }

  @ParameterizedTest(name = "graphs from seed {0}")
  @MethodSource("firstSeeds")
  void shouldUseAsManyBytesAsTheRuntime(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + GRAPHS_PER_CASE; seed++) {
      Graph graph = RandomGraphs.of(seed);
      assertThat(graph.main().nodes()).hasSizeGreaterThanOrEqualTo(20);
      for (String[] row : BY_SEED.get(seed)) {
        MemoryPlan plan =
            ArenaPlanner.plan(graph, LibraryId.parse(row[0]), Core.ofLabel(row[1]).orElseThrow());
        assertThat(plan.arenaUsedBytes())
            .as("seed %d, %s on %s", seed, row[0], row[1])
            .isEqualTo(Long.parseLong(row[3]));
      }
    }
  }

  @Test
  void shouldCoverFiveHundredGraphs() {
    assertThat(BY_SEED.size()).isGreaterThanOrEqualTo(500);
  }

  @Test
  void shouldNeedTheSmallestArenaOfTheRuntime() {
    for (String[] row : GoldenTable.rows("random-minimums.csv")) {
      MemoryPlan plan =
          ArenaPlanner.plan(
              RandomGraphs.of(Long.parseLong(row[2])),
              LibraryId.parse(row[0]),
              Core.ofLabel(row[1]).orElseThrow());
      assertThat(plan.minimumArenaBytes()).as("seed %s", row[2]).isEqualTo(Long.parseLong(row[3]));
    }
  }
}
