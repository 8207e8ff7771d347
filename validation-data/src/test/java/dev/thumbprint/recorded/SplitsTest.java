package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitsTest {
  private static final int FOLDS = 5;
  private static final List<Recording> ALL = Recordings.builtIn();

  /** Board and work of every row by id. */
  private static final Map<String, String> BOARD_AND_WORK =
      ALL.stream()
          .collect(
              Collectors.toMap(Recording::id, row -> row.setting().boardId() + " " + work(row)));

  /** A split under test. */
  record Rule(String name, Function<List<Recording>, List<Fold>> folds) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Rule> rules() {
    return List.of(
        new Rule("sweep", rows -> Splits.bySweepValue(rows, FOLDS)),
        new Rule("network", Splits::byNetwork),
        new Rule("board", Splits::byBoard),
        new Rule("source", Splits::bySource));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldPutEveryRowOnExactlyOneSideOfEveryFold(Rule rule) {
    for (Fold fold : rule.folds().apply(ALL)) {
      List<Recording> sides = new ArrayList<>(fold.fit());
      sides.addAll(fold.test());
      sides.addAll(fold.aside());
      assertThat(sides).as(fold.name()).hasSize(ALL.size());
      assertThat(ids(sides)).as(fold.name()).hasSize(ALL.size());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldNeverFitToRowsOfTrustCOrContradictedOnes(Rule rule) {
    Set<String> contradicted =
        ids(ALL.stream().filter(row -> Contradictions.of(row).isPresent()).toList());
    assertThat(contradicted).isNotEmpty();
    for (Fold fold : rule.folds().apply(ALL)) {
      assertThat(fold.fit()).as(fold.name()).noneMatch(row -> row.trust() == Trust.C);
      assertThat(fold.fit().stream().map(Recording::id).noneMatch(contradicted::contains)).isTrue();
    }
  }

  /**
   * Written out here on purpose, not through {@link Groups}: a fault there must not hide itself.
   */
  @ParameterizedTest
  @MethodSource("rules")
  void shouldNeverFitToTheBoardOperatorAndShapeThatIsTested(Rule rule) {
    for (Fold fold : rule.folds().apply(ALL)) {
      Set<String> fitted = new HashSet<>();
      fold.fit().forEach(row -> fitted.add(boardAndWork(row)));
      assertThat(fold.test())
          .as(fold.name())
          .noneMatch(row -> row.isLayer() && fitted.contains(boardAndWork(row)));
      assertThat(fold.test())
          .as(fold.name())
          .noneMatch(row -> !row.isLayer() && fitted.contains(boardAndWork(row)));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldTestEveryRowAtMostOnce(Rule rule) {
    Map<String, String> tested = new HashMap<>();
    for (Fold fold : rule.folds().apply(ALL)) {
      fold.test().forEach(row -> assertThat(tested.put(row.id(), fold.name())).isNull());
    }
    assertThat(tested).hasSizeGreaterThan(5_000);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldNotDependOnTheOrderOfRows(Rule rule) {
    List<Recording> shuffled = new ArrayList<>(ALL);
    Collections.shuffle(shuffled, new Random(20201207));
    List<Fold> folds = rule.folds().apply(ALL);
    List<Fold> again = rule.folds().apply(shuffled);
    assertThat(again).hasSameSizeAs(folds);
    for (int i = 0; i < folds.size(); i++) {
      assertThat(again.get(i).name()).isEqualTo(folds.get(i).name());
      assertThat(ids(again.get(i).test())).isEqualTo(ids(folds.get(i).test()));
      assertThat(ids(again.get(i).fit())).isEqualTo(ids(folds.get(i).fit()));
    }
  }

  @Test
  void shouldHoldOutAShapeOnAllBoardsAndLibrariesTogether() {
    for (Fold fold : Splits.bySweepValue(ALL, FOLDS)) {
      Set<String> fitted = new HashSet<>();
      fold.fit().stream().filter(Recording::isLayer).forEach(row -> fitted.add(work(row)));
      assertThat(fold.test())
          .as(fold.name())
          .noneMatch(row -> row.isLayer() && fitted.contains(work(row)));
    }
  }

  @Test
  void shouldHoldOutASweptValueAsAWhole() {
    for (Fold fold : Splits.bySweepValue(ALL, FOLDS)) {
      Set<Integer> fitted = sweptValues(fold.fit());
      assertThat(sweptValues(fold.test()))
          .as(fold.name())
          .isNotEmpty()
          .doesNotContainAnyElementsOf(fitted);
    }
  }

  private static Set<Integer> sweptValues(List<Recording> rows) {
    return rows.stream()
        .filter(row -> row.work().op().matches("(DEPTHWISE_)?CONV_2D"))
        .filter(row -> row.work().model().matches("(conv|dw)sweep.*"))
        .map(row -> Integer.valueOf(row.work().model().replaceAll(".*-[FC](\\d+)-.*", "$1")))
        .collect(Collectors.toSet());
  }

  /**
   * The goals of accuracy speak of these boards: a fold without one of their operators would judge
   * nothing.
   */
  @Test
  void shouldTestConvolutionsOfEveryCalibratedBoardInEveryFold() {
    for (Fold fold : Splits.bySweepValue(ALL, FOLDS)) {
      for (String board : List.of("nucleo-l496zg", "nucleo-l552ze-q", "nucleo-f446re")) {
        assertThat(fold.test())
            .as(fold.name() + " " + board)
            .filteredOn(row -> row.setting().boardId().equals(board))
            .filteredOn(row -> row.work().op().equals("CONV_2D"))
            .hasSizeGreaterThan(80);
      }
    }
  }

  @Test
  void shouldKeepOneShapeOnlyOperatorsOnTheFitSide() {
    for (Fold fold : Splits.bySweepValue(ALL, FOLDS)) {
      assertThat(fold.test())
          .noneMatch(
              row ->
                  row.origin().source().equals("heim2021") && row.work().op().equals("DEQUANTIZE"));
      assertThat(fold.fit())
          .anyMatch(
              row ->
                  row.origin().source().equals("heim2021") && row.work().op().equals("DEQUANTIZE"));
    }
  }

  @Test
  void shouldHoldOutAllSpellingsOfANetworkTogether() {
    Fold kws = fold(Splits.byNetwork(ALL), "kws");
    assertThat(ids(kws.test()))
        .contains(
            "mlperf-v0.5-reference-Nucleo-L4R5ZI-kws",
            "ambiq-ap510-kws-hp",
            "AMB510-L02",
            "MAI-pico2-fast-KWS_DS_CNN_SMALL_INT8");
  }

  @Test
  void shouldSetOtherBoardsWithTheHeldOutChipAside() {
    Fold board = fold(Splits.byBoard(ALL), "nucleo-f767zi");
    assertThat(board.fit())
        .noneMatch(
            row -> row.setting().mcu().startsWith("STM32F76") || row.setting().boardId().isEmpty());
    assertThat(board.aside()).anyMatch(row -> row.setting().boardId().equals("stm32f767zi"));
    assertThat(board.aside()).anyMatch(row -> row.setting().boardId().equals("stm32f769i-disco"));
  }

  @Test
  void shouldScoreRowsApartWhoseBuildIsNotTold() {
    Map<String, Long> counts =
        ALL.stream()
            .collect(
                Collectors.groupingBy(
                    row -> Splits.apart(row).orElse("scored"), Collectors.counting()));
    assertThat(counts.keySet())
        .containsExactlyInAnyOrder(
            "scored", "trust C", "contradicted by its source", "library generation unknown");
    assertThat(ALL)
        .filteredOn(row -> Splits.apart(row).isEmpty())
        .allMatch(
            row ->
                row.trust() != Trust.C
                    && row.setting().library().toString().contains("@")
                    && (!row.setting().opt().isEmpty() || row.setting().library().comesCompiled()));
  }

  @Test
  void shouldHoldOutAVersionOfAClosedRuntimeOnAllBoards() {
    Fold fold = fold(Splits.byVersion(ALL), "x-cube-ai@8.1.0");
    assertThat(fold.test())
        .extracting(row -> row.setting().library().toString())
        .containsOnly("x-cube-ai@8.1.0");
    assertThat(fold.test())
        .extracting(row -> row.setting().boardId())
        .contains("nucleo-l4r5zi", "nucleo-u575zi-q");
    assertThat(fold.fit())
        .extracting(row -> row.setting().library().toString())
        .contains("x-cube-ai@9.0.0")
        .doesNotContain("x-cube-ai@8.1.0");
  }

  @Test
  void shouldRefuseFewerThanTwoFolds() {
    assertThatThrownBy(() -> Splits.bySweepValue(ALL, 1)).hasMessageContaining("at least 2");
  }

  private static Fold fold(List<Fold> folds, String name) {
    return folds.stream().filter(fold -> fold.name().equals(name)).findFirst().orElseThrow();
  }

  private static Set<String> ids(List<Recording> rows) {
    return rows.stream().map(Recording::id).collect(Collectors.toSet());
  }

  private static String boardAndWork(Recording row) {
    return BOARD_AND_WORK.get(row.id());
  }

  private static String work(Recording row) {
    Work work = row.work();
    if (!row.isLayer()) {
      return "network " + work.network() + " " + work.model();
    }
    return String.join(
        " ",
        work.op(),
        work.input().toString(),
        work.filter().toString(),
        work.output().toString(),
        work.stride().toString(),
        work.padding());
  }
}
