package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.calibration.CoefficientWriter;
import dev.thumbprint.cost.pricing.Coefficients;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class IntervalCoverageTest {
  /** Largest relative difference between intervals made again and those that are shipped. */
  private static final double TOLERANCE = 1e-6;

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
              assertThat(other.layers())
                  .as("%s", nearness)
                  .isCloseTo(band.layers(), close(band.layers()));
              assertThat(other.networks())
                  .as("%s", nearness)
                  .isCloseTo(band.networks(), close(band.networks()));
              band.errors()
                  .toMap()
                  .forEach(
                      (kind, error) ->
                          assertThat(other.errors().get(kind))
                              .as("%s %s", nearness, kind)
                              .isCloseTo(error, close(error)));
            });
    assertThat(again.builds().keySet()).isEqualTo(shipped.builds().keySet());
    again
        .builds()
        .forEach(
            (build, factor) ->
                assertThat(shipped.builds().get(build)).as(build).isCloseTo(factor, close(factor)));
  }

  @Test
  void shouldHoldNineOfTenUnseenShapesOfEachCalibratedBoard() {
    List<Prediction> shapes = heldOut.split("sweep", Recording::isLayer);
    for (String board : List.of("nucleo-l496zg", "nucleo-f446re", "nucleo-l552ze-q")) {
      Score score = score(shapes, p -> p.recording().setting().boardId().equals(board));
      assertThat(score.coverage()).as(board).isBetween(0.87, 0.95);
      assertThat(score.halfWidthPct()).as(board).isLessThan(8);
    }
  }

  @Test
  void shouldHoldMostOfUnseenBoards() {
    List<Prediction> boards = heldOut.split("board", row -> true);
    Score score = score(boards, p -> p.recording().setting().library().name().equals("cmsis-nn"));
    assertThat(score.coverage()).isBetween(0.8, 0.99);
  }

  private static Score score(List<Prediction> predictions, Predicate<Prediction> wanted) {
    return Score.of(predictions.stream().filter(p -> p.apart().isEmpty()).filter(wanted).toList());
  }

  private static org.assertj.core.data.Offset<Double> close(double value) {
    return within(1e-9 + TOLERANCE * Math.abs(value));
  }
}
