package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real models against what the real runtime printed. Needs {@code -Dthumbprint.models=DIR}; without
 * it every case is reported as skipped.
 */
class RealRuntimeTest {
  record Case(String library, String core, String model) {
    MemoryPlan plan() {
      String folder = System.getProperty("thumbprint.models", "");
      assumeFalse(folder.isBlank(), "needs -Dthumbprint.models=DIR with " + model + ".tflite");
      Graph graph = TfliteReader.read(Path.of(folder, model + ".tflite"));
      return ArenaPlanner.plan(graph, LibraryId.parse(library), Core.ofLabel(core).orElseThrow());
    }

    @Override
    public String toString() {
      return library + " " + core + " " + model;
    }
  }

  private static Case caseOf(String[] row) {
    return new Case(row[0], row[1], row[2]);
  }

  static Stream<String[]> arenas() {
    return GoldenTable.rows("arena-used.csv").stream();
  }

  static Stream<Case> logs() {
    return GoldenTable.rows("allocations.csv").stream().map(RealRuntimeTest::caseOf).distinct();
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3} bytes")
  @MethodSource("arenas")
  void shouldUseAsManyBytesAsTheRuntime(String library, String core, String model, long bytes) {
    assertThat(new Case(library, core, model).plan().arenaUsedBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("logs")
  void shouldAllocateEntryByEntryAsTheRuntime(Case given) {
    MemoryPlan plan = given.plan();
    List<String> expected =
        GoldenTable.rows("allocations.csv").stream()
            .filter(row -> caseOf(row).equals(given))
            .map(row -> String.join(" ", row[3], row[4], row[5], row[6]).strip())
            .toList();
    assertThat(log(plan)).containsExactlyInAnyOrderElementsOf(expected);
    for (String kind : List.of("tail", "buffer", "offset")) {
      assertThat(of(kind, log(plan))).isEqualTo(of(kind, expected));
    }
  }

  private static List<String> of(String kind, List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(kind)).toList();
  }

  /** The plan in the form of the runtime's log, without the objects that precede it. */
  private static List<String> log(MemoryPlan plan) {
    List<String> lines = new ArrayList<>();
    for (TailEntry entry : plan.tail().subList(2, plan.tail().size())) {
      lines.add(
          "tail %d %d %d".formatted(entry.requestedBytes(), entry.alignment(), entry.usedBytes()));
    }
    for (int i = 0; i < plan.buffers().size(); i++) {
      PlannedBuffer buffer = plan.buffers().get(i);
      lines.add(
          "buffer %d %d %d".formatted(buffer.request().bytes(), buffer.first(), buffer.last()));
      lines.add("offset %d %d".formatted(i, buffer.offset()));
    }
    lines.add("head %d".formatted(plan.headBytes()));
    return lines;
  }
}
