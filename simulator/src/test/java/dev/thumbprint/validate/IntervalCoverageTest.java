package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.calibration.CoefficientWriter;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.Coefficients;
import dev.thumbprint.cost.pricing.Factors;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class IntervalCoverageTest {
  /** Largest relative difference between intervals made again and those that are shipped. */
  private static final double TOLERANCE = 1e-6;

  /** Boards with builds of their own coefficients. */
  private static final List<String> HOMES =
      List.of("nucleo-l496zg", "nucleo-f446re", "nucleo-l552ze-q");

  /** With fewer rows a share says little. */
  private static final int ROWS_MIN = 40;

  private static HeldOut heldOut;

  @BeforeAll
  static void holdOutEverySplit() {
    List<Recording> rows = Recordings.builtIn();
    heldOut = HeldOut.of(rows, new Validation(rows, new Samples()), fold -> {});
  }

  @Test
  void shouldGiveTheShippedIntervalsWhenMadeAgain() throws IOException {
    Intervals shipped = Coefficients.shippedIntervals();
    Intervals again = heldOut.intervals();
    // Where they differ, this is the file to ship.
    Files.writeString(
        Path.of("target", Coefficients.INTERVALS), CoefficientWriter.write(Refit.COMMAND, again));
    assertThat(again.bands().keySet()).isEqualTo(shipped.bands().keySet());
    again
        .bands()
        .forEach(
            (nearness, band) -> {
              Intervals.Band other = shipped.bands().get(nearness);
              assertSame(nearness.name(), band.factors(), other.factors());
              assertSame(nearness.name(), band.errors(), other.errors());
              assertSame(nearness + " networks", band.networkErrors(), other.networkErrors());
            });
    assertThat(again.builds().keySet()).isEqualTo(shipped.builds().keySet());
    again
        .builds()
        .forEach((build, factors) -> assertSame(build, factors, shipped.builds().get(build)));
  }

  private static void assertSame(String name, Figures<Kind> expected, Figures<Kind> shipped) {
    expected
        .toMap()
        .forEach(
            (kind, error) ->
                assertThat(shipped.get(kind))
                    .as("%s %s", name, kind)
                    .isCloseTo(error, close(error)));
  }

  private static void assertSame(String name, Factors expected, Factors shipped) {
    assertThat(shipped.layers()).as(name).isCloseTo(expected.layers(), close(expected.layers()));
    assertThat(shipped.networks())
        .as(name)
        .isCloseTo(expected.networks(), close(expected.networks()));
    assertThat(shipped.operators().keySet()).as(name).isEqualTo(expected.operators().keySet());
    expected
        .operators()
        .forEach(
            (operator, factor) ->
                assertThat(shipped.operators().get(operator))
                    .as("%s %s", name, operator)
                    .isCloseTo(factor, close(factor)));
  }

  @Test
  void shouldHoldNineOfTenUnseenShapesOfEachCalibratedBoard() {
    List<Prediction> shapes = heldOut.split("sweep", Recording::isLayer);
    for (String board : HOMES) {
      Score score = score(shapes, p -> p.recording().setting().boardId().equals(board));
      assertThat(score.coverage()).as(board).isBetween(0.87, 0.95);
      assertThat(score.halfWidthPct()).as(board).isLessThan(8);
    }
  }

  @Test
  void shouldHoldEightOfTenShapesOfEachOperatorOfEachBuildAtHome() {
    List<Prediction> shapes = heldOut.split("sweep", Recording::isLayer);
    Map<String, List<Prediction>> groups =
        shapes.stream()
            .filter(p -> p.apart().isEmpty() && p.scored())
            .filter(p -> HOMES.contains(p.recording().setting().boardId()))
            .collect(Collectors.groupingBy(Prediction::group));
    groups.values().removeIf(rows -> rows.size() < ROWS_MIN);
    assertThat(groups).hasSizeGreaterThan(10);
    groups.forEach(
        (group, rows) -> assertThat(Score.of(rows).coverage()).as(group).isGreaterThan(0.8));
  }

  @Test
  void shouldHoldEightOfTenRowsOfEachUnseenBoard() {
    List<Prediction> boards = heldOut.split("board", row -> true);
    for (String board : List.of("disco-f469ni", "nucleo-f767zi", "nucleo-l4r5zi")) {
      Score score = score(boards, p -> isOf(board, p));
      assertThat(score.coverage()).as(board).isGreaterThan(0.8);
    }
    for (String board : HOMES) {
      assertThat(score(boards, p -> isOf(board, p)).coverage()).as(board).isGreaterThan(0.8);
    }
  }

  @Test
  void shouldHoldFourOfFiveRowsThatLeaveTheirGenerationOpen() {
    List<Prediction> networks = heldOut.split("network", row -> !row.isLayer());
    List<Prediction> open =
        networks.stream()
            .filter(p -> p.apart().equals(Optional.of("library generation unknown")))
            .toList();
    // Runtimes that are packaged whole are dated by their package; few names are left open.
    assertThat(Score.of(open).scored()).isGreaterThan(15);
    assertThat(Score.of(open).coverage()).isGreaterThan(0.8);
  }

  private static boolean isOf(String board, Prediction prediction) {
    return prediction.recording().setting().boardId().equals(board)
        && List.of("cmsis-nn", "tflm-reference")
            .contains(prediction.recording().setting().library().name());
  }

  private static Score score(List<Prediction> predictions, Predicate<Prediction> wanted) {
    return Score.of(predictions.stream().filter(p -> p.apart().isEmpty()).filter(wanted).toList());
  }

  private static org.assertj.core.data.Offset<Double> close(double value) {
    return within(1e-9 + TOLERANCE * Math.abs(value));
  }
}
