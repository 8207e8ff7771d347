package dev.thumbprint.firmware.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.run.InputSource;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored counts of real firmware against the goals, other counts, and each other. */
class RuntimeCountsTest {
  @ParameterizedTest
  @CsvSource({"mlperf-ad, 0.583", "mlperf-ic, 29.86", "mlperf-kws, 7.70", "mlperf-vww, 24.10"})
  void shouldExecuteTheInstructionsThatWereCountedBefore(String model, double millions) {
    RuntimeCounts counts = find("cmsis-nn", "cortex-m4", "O2", model);
    assertThat(counts.instructions() / 1e6 / millions).isCloseTo(1, within(0.01));
  }

  @Test
  void shouldAgreeWithAllThatOthersCounted() {
    Map<List<String>, Double> published = RuntimeCounts.published();
    published.forEach(
        (key, millions) ->
            assertThat(
                    find(key.get(0), key.get(1), key.get(2), key.get(3)).instructions()
                        / 1e6
                        / millions)
                .as(key.toString())
                .isCloseTo(1, within(0.01)));
    assertThat(published).hasSizeGreaterThanOrEqualTo(15);
  }

  /** Every build computes the same, and an inference is little more than its operators. */
  @Test
  void shouldBeConsistent() {
    Map<String, String> outputs = new HashMap<>();
    for (RuntimeCounts row : RuntimeCounts.all()) {
      assertThat(row.outputCrc32())
          .as(row.toString())
          .isEqualTo(outputs.computeIfAbsent(row.model(), model -> row.outputCrc32()));
      long operators = row.operators().stream().mapToLong(Long::longValue).sum();
      assertThat(row.instructions() - operators)
          .as("instructions of the interpreter in %s", row)
          .isBetween(0L, 1_000L + 150L * row.operators().size());
      assertThat(row.heapBytes()).isZero();
    }
    assertThat(outputs).hasSize(9);
  }

  /** Once for an inference, and once more for each operator: the same in all models of a build. */
  @Test
  void shouldTakeAsManyInstructionsAroundEveryOperator() {
    Map<String, Map<Integer, Long>> builds = new TreeMap<>();
    for (RuntimeCounts row : RuntimeCounts.all()) {
      long operators = row.operators().stream().mapToLong(Long::longValue).sum();
      long around = row.instructions() - operators;
      Long before =
          builds
              .computeIfAbsent(row.core() + " " + row.opt(), build -> new TreeMap<>())
              .putIfAbsent(row.operators().size(), around);
      assertThat(before == null ? around : before).as(row.toString()).isEqualTo(around);
    }
    builds.forEach(
        (build, around) -> {
          // hello_world has three operators, micro_speech four.
          long each = around.get(4) - around.get(3);
          long once = around.get(3) - 3 * each;
          assertThat(each).as(build).isBetween(28L, 50L);
          assertThat(once).as(build).isBetween(57L, 89L);
          around.forEach(
              (count, instructions) ->
                  assertThat(instructions)
                      .as("%s, %d operators", build, count)
                      .isEqualTo(once + count * each));
        });
    assertThat(builds).hasSize(16);
  }

  /** Both libraries with all nine models, in every build once. */
  @ParameterizedTest
  @CsvSource({
    "cortex-m0plus, Os O2 Ofast",
    "cortex-m3, Os O2 Ofast",
    "cortex-m33, Os O2 Ofast",
    "cortex-m4, Os O2 O3 Ofast",
    "cortex-m7, Os O2 Ofast"
  })
  void shouldHoldEveryModelOfEveryBuild(String core, String levels) {
    Map<String, Set<String>> builds = new TreeMap<>();
    for (RuntimeCounts row : RuntimeCounts.all()) {
      if (row.core().equals(core)) {
        String build = row.library() + " " + row.model();
        assertThat(builds.computeIfAbsent(row.opt(), opt -> new HashSet<>()).add(build))
            .as("%s twice", row)
            .isTrue();
      }
    }
    assertThat(builds).containsOnlyKeys(levels.split(" "));
    assertThat(builds.values()).allSatisfy(models -> assertThat(models).hasSize(18));
  }

  static Stream<RuntimeCounts> rows() {
    return RuntimeCounts.all().stream();
  }

  /** Needs {@code -Dthumbprint.models=DIR}; without it every case is reported as skipped. */
  @ParameterizedTest
  @MethodSource("rows")
  void shouldUseTheArenaThatIsPlannedAndComputeWhatWeCompute(RuntimeCounts row) throws IOException {
    String folder = System.getProperty("thumbprint.models", "");
    assumeFalse(folder.isBlank(), "needs -Dthumbprint.models=DIR with " + row.model());
    Graph graph = TfliteReader.read(Path.of(folder, row.model() + ".tflite"));
    Core core = Core.ofLabel(row.core()).orElseThrow();
    assertThat(ArenaPlanner.plan(graph, LibraryId.parse(row.library()), core).arenaUsedBytes())
        .isEqualTo(row.arenaUsedBytes());
    Interpreter run = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    InputSource.fill(new InputSource.Drawn(251), run);
    run.invoke();
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < run.outputs(); i++) {
      CRC32 crc = new CRC32();
      crc.update(run.outputBytes(i));
      outputs.add(String.format(Locale.ROOT, "%08X", crc.getValue()));
    }
    assertThat(String.join("/", outputs)).isEqualTo(row.outputCrc32());
  }

  private static RuntimeCounts find(String library, String core, String opt, String model) {
    return RuntimeCounts.all().stream()
        .filter(row -> row.library().equals(library) && row.core().equals(core))
        .filter(row -> row.opt().equals(opt) && row.model().equals(model))
        .findFirst()
        .orElseThrow(() -> new AssertionError(library + " " + core + " " + opt + " " + model));
  }
}
