package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.plain.PlainTier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of layer against checksums that builds of TensorFlow Lite Micro printed for the same
 * random layers (runtime-layers.csv; {@link RuntimeFigures} made it): 100 layers of four inferences
 * each and draw in a plain build, 2,000 in a wide one.
 */
final class RuntimeLayersTest {
  /** A row of the figures. */
  private record Row(
      RuntimeCase.Draw draw,
      int firstSeed,
      String cases,
      Map<RuntimeFigures.Build, String> answers) {}

  private static final int ROWS_OF_A_DRAW = 20;

  private static final Map<String, List<Row>> ROWS = rows();

  private static Map<String, List<Row>> rows() {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    for (String[] columns : GoldenTest.rows("runtime-layers.csv")) {
      Map<RuntimeFigures.Build, String> answers = new LinkedHashMap<>();
      for (RuntimeFigures.Build build : RuntimeFigures.Build.values()) {
        int column = build.column();
        if (column < columns.length && !columns[column].isEmpty()) {
          answers.put(build, columns[column]);
        }
      }
      rows.computeIfAbsent(columns[0].replace(';', ','), _ -> new ArrayList<>())
          .add(row(columns[1], columns[2], answers));
    }
    return rows;
  }

  private static Row row(String first, String cases, Map<RuntimeFigures.Build, String> answers) {
    String mark = RuntimeCase.Draw.SPREAD.mark();
    return first.startsWith(mark)
        ? new Row(
            RuntimeCase.Draw.SPREAD,
            Integer.parseInt(first.substring(mark.length())),
            cases,
            answers)
        : new Row(RuntimeCase.Draw.NEAR, Integer.parseInt(first), cases, answers);
  }

  static List<Layers.Kind> kinds() {
    return Layers.judgedBy(Layers.Oracle.RUNTIME);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void equalsTheRuntime(Layers.Kind kind) {
    for (Row row : ROWS.get(kind.name())) {
      if (row.firstSeed == 0) {
        compare(kind, row, List.of(new PlainTier()));
      }
    }
  }

  @Tag("wide")
  @ParameterizedTest
  @MethodSource("kinds")
  void equalsTheRuntimeWidely(Layers.Kind kind) {
    for (Row row : ROWS.get(kind.name())) {
      compare(kind, row, List.of(new ScalarTier(), new PlainTier()));
    }
  }

  @Test
  void everyFigureBelongsToAKind() {
    assertThat(kinds()).extracting(Layers.Kind::name).containsExactlyElementsOf(ROWS.keySet());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aBuildHasFiguresOfAllSeedsOfADraw(Layers.Kind kind) {
    Map<RuntimeCase.Draw, List<Row>> draws =
        ROWS.get(kind.name()).stream().collect(Collectors.groupingBy(Row::draw));
    draws.forEach(
        (draw, rows) ->
            assertThat(rows)
                .as("%s %s", kind, draw)
                .hasSize(ROWS_OF_A_DRAW)
                .allSatisfy(
                    row ->
                        assertThat(row.answers.keySet())
                            .isEqualTo(rows.getFirst().answers.keySet())));
    Set<RuntimeFigures.Build> spread =
        draws.get(RuntimeCase.Draw.SPREAD).getFirst().answers.keySet();
    draws
        .values()
        .forEach(rows -> assertThat(spread).containsAll(rows.getFirst().answers.keySet()));
  }

  /** Whether the library gave the same bits on all layers that it was run on. */
  static String library(Layers.Kind kind) {
    List<Row> rows =
        ROWS.get(kind.name()).stream()
            .filter(row -> row.answers.containsKey(RuntimeFigures.Build.CMSIS_NN))
            .toList();
    boolean same =
        rows.stream()
            .allMatch(
                row ->
                    row.answers
                        .get(RuntimeFigures.Build.CMSIS_NN)
                        .equals(row.answers.get(RuntimeFigures.Build.REFERENCE)));
    return rows.isEmpty() ? "undefined" : same ? "same" : "departs";
  }

  private static void compare(Layers.Kind kind, Row row, List<KernelTier> tiers) {
    List<RuntimeCase> cases =
        IntStream.range(row.firstSeed, row.firstSeed + RuntimeFigures.CASES_PER_ROW)
            .mapToObj(seed -> RuntimeCase.of(kind, row.draw, seed))
            .toList();
    CRC32 given = new CRC32();
    cases.forEach(one -> one.digest(given));
    assertThat("%08x".formatted(given.getValue()))
        .as("%s, seeds from %d: layers drawn anew need new figures", kind, row.firstSeed)
        .isEqualTo(row.cases);
    row.answers.forEach(
        (build, expected) -> {
          for (KernelTier tier : tiers) {
            RunOptions options = build.options().with(tier);
            assertThat(RuntimeFigures.digest(cases.stream().map(c -> c.run(options)).toList()))
                .as("%s, seeds from %d, %s, %s", kind, row.firstSeed, build, tier)
                .isEqualTo(expected);
          }
        });
  }
}
