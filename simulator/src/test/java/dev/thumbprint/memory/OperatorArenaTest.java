package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.model.Graph;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every operator and type alone, against what the real runtime printed. */
class OperatorArenaTest {
  private static final Map<String, Graph> GRAPHS =
      OperatorGraphs.all().entrySet().stream()
          .collect(Collectors.toMap(e -> e.getKey().replace(' ', '_'), Map.Entry::getValue));

  @Test
  void shouldUseAsManyBytesAsTheRuntime() {
    for (String[] row : GoldenTable.rows("operator-arenas.csv")) {
      MemoryPlan plan =
          ArenaPlanner.plan(
              GRAPHS.get(row[2]), LibraryId.parse(row[0]), Core.ofLabel(row[1]).orElseThrow());
      assertThat(plan.arenaUsedBytes())
          .as("%s, %s on %s", row[2], row[0], row[1])
          .isEqualTo(Long.parseLong(row[3]));
    }
  }

  @Test
  void shouldHaveAFigureForEveryGraph() {
    for (String name : GRAPHS.keySet()) {
      assertThat(GoldenTable.rows("operator-arenas.csv"))
          .as(name)
          .anyMatch(row -> row[2].equals(name));
    }
  }
}
