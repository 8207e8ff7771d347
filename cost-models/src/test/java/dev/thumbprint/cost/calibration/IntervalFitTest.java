package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.calibration.IntervalFit.HeldOutError;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.pricing.Coefficients;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Exposure;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Nearness;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IntervalFitTest {
  private static final long SEED = 20260117;
  private static final Optional<Operator> CONVOLUTION = Optional.of(Operator.CONV_2D);
  private static final Target HOME = target("nucleo-f446re");
  private static final Target ELSEWHERE = target("nucleo-f429zi");

  private static final Exposure CONVOLUTIONS = Exposure.of(List.of(convolution(ELSEWHERE, 32)));
  private static final Exposure COPIES =
      Exposure.of(List.of(reshape(target("nucleo-f429zi", "tflm-reference@2020"))));

  private static Target target(String board) {
    return target(board, "cmsis-nn@2022");
  }

  private static Target target(String board, String library) {
    return Target.of(
        Boards.named(board),
        TargetOptions.builder().kernels(LibraryId.parse(library)).opt(OptLevel.OFAST).build());
  }

  private static LayerCost convolution(Target target, int channels) {
    LayerWork work =
        new LayerWork(
            Operator.CONV_2D,
            "",
            List.of(Shape.of(1, 16, 16, channels)),
            Shape.of(32, 3, 3, channels),
            Shape.of(1, 16, 16, 32),
            new Window(3, 3, 1, 1, 1, 1, Padding.SAME),
            DataType.INT8,
            DataType.INT8,
            DataType.INT8,
            Activation.NONE,
            true,
            true);
    return CostModel.shipped().on(target).layer(work);
  }

  private static HeldOutError error(Exposure exposure, double size, int build, int unit) {
    return new HeldOutError(
        exposure, size, Optional.of(Operator.CONV_2D), "build " + build, "unit " + unit);
  }

  @Test
  void shouldHoldNineErrorsOfTenOfShapesThatItHasNotSeen() {
    Random random = new Random(SEED);
    Exposure exposure = Exposure.of(List.of(convolution(HOME, 32)));
    assertThat(exposure.farthest()).isEqualTo(Nearness.HOME);
    double coverage = 0;
    int repeats = 40;
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<HeldOutError> errors = new ArrayList<>();
      for (int unit = 0; unit < 200; unit++) {
        errors.add(error(exposure, Math.abs(0.03 * random.nextGaussian()), 0, unit));
      }
      double width = IntervalFit.of(errors).halfWidth(exposure, CONVOLUTION, "build 0");
      coverage += covered(random, width, 0.03) / repeats;
    }
    assertThat(coverage).as("seed %d", SEED).isBetween(0.88, 0.93);
  }

  @Test
  void shouldHoldErrorsOfABuildThatItHasNotSeenWhereBuildsErrAlike() {
    Random random = new Random(SEED);
    Exposure exposure = Exposure.of(List.of(convolution(ELSEWHERE, 32)));
    assertThat(exposure.farthest()).isEqualTo(Nearness.OTHER_BOARD);
    int inside = 0;
    int repeats = 300;
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<HeldOutError> errors = new ArrayList<>();
      for (int build = 0; build < 12; build++) {
        double common = Math.abs(0.2 * random.nextGaussian());
        // A board that was swept a hundred times is still one board.
        int rows = build == 0 ? 1000 : 10;
        for (int row = 0; row < rows; row++) {
          errors.add(error(exposure, common, build, row));
        }
      }
      double width = IntervalFit.of(errors).halfWidth(exposure, CONVOLUTION, "another");
      inside += Math.abs(0.2 * random.nextGaussian()) <= width ? 1 : 0;
    }
    assertThat(inside / (double) repeats).as("seed %d", SEED).isBetween(0.85, 0.97);
  }

  @Test
  void shouldWidenForBuildsThatErrUnlikeEachOther() {
    Exposure exposure = Exposure.of(List.of(convolution(ELSEWHERE, 32)));
    assertThat(elsewhere(exposure, 0.4)).isGreaterThan(2 * elsewhere(exposure, 0.1));
    assertThat(elsewhere(exposure, 0.4)).as("more than the worse of two").isGreaterThan(0.4);
  }

  @Test
  void shouldDrawTheErrorOfAKindOfWorkThatOneBuildTellsToThatOfAllKinds() {
    // Beside 0.1 of six builds for each step that convolutions were carried, and 0.5 of copies.
    for (int builds : List.of(1, 60)) {
      double convolutions = reach(CONVOLUTIONS);
      double copies = reach(COPIES);
      double mean = (6 * 0.1 + builds * 0.5) / (6 * convolutions + builds * copies);
      double own = builds * copies;
      double drawn = copies * (own * 0.5 + 3 * mean) / (own * copies + 3);
      assertThat(expectedOfACopy(builds)).as("%d builds", builds).isCloseTo(drawn, within(0.01));
    }
    assertThat(expectedOfACopy(1)).isLessThan(0.9 * expectedOfACopy(60));
  }

  @Test
  void shouldKnowWhatNetworksErrByForEachKindOfWork() {
    Exposure convolutions = Exposure.of(List.of(convolution(HOME, 32)));
    Exposure copies = Exposure.of(List.of(reshape(target("nucleo-l496zg", "tflm-reference@2020"))));
    assertThat(copies.farthest()).isEqualTo(Nearness.HOME);
    List<HeldOutError> errors = new ArrayList<>();
    for (int unit = 0; unit < 60; unit++) {
      errors.add(error(convolutions, 0.01, 0, unit));
      errors.add(error(copies, 0.02, 0, unit));
      errors.add(network(convolutions, 0.06, unit));
      errors.add(network(copies, 0.02, unit));
    }
    Intervals intervals = IntervalFit.of(errors);
    assertThat(intervals.halfWidth(convolutions, Optional.empty(), "build 0"))
        .as("a network errs by six times what its layers do")
        .isBetween(0.058, 0.066);
    assertThat(intervals.halfWidth(copies, Optional.empty(), "build 0"))
        .as("and one of other work by no more than its layers")
        .isBetween(0.02, 0.024);
  }

  private static HeldOutError network(Exposure exposure, double size, int unit) {
    return new HeldOutError(exposure, size, Optional.empty(), "build 0", "network " + unit);
  }

  private static double reach(Exposure exposure) {
    return Arrays.stream(Term.Kind.values())
        .mapToDouble(kind -> exposure.reach(Nearness.OTHER_BOARD, kind))
        .sum();
  }

  /** Expected error of a copy where builds of convolutions err by 0.1, those of copies by 0.5. */
  private static double expectedOfACopy(int builds) {
    assertThat(COPIES.farthest()).isEqualTo(Nearness.OTHER_BOARD);
    List<HeldOutError> errors = new ArrayList<>();
    for (int build = 0; build < 6; build++) {
      errors.add(error(CONVOLUTIONS, 0.1, build, 0));
    }
    for (int build = 0; build < builds; build++) {
      errors.add(error(COPIES, 0.5, 100 + build, 1));
    }
    Intervals.Band band = Intervals.Band.unscaled(ExpectedErrors.of(Nearness.OTHER_BOARD, errors));
    return new Intervals(Map.of(Nearness.OTHER_BOARD, band), Map.of()).expected(COPIES, false);
  }

  private static LayerCost reshape(Target target) {
    LayerWork work =
        new LayerWork(
            Operator.RESHAPE,
            "",
            List.of(Shape.of(1, 64, 64, 16)),
            Shape.SCALAR,
            Shape.of(1, 64, 1024),
            Window.NONE,
            DataType.INT8,
            DataType.INT8,
            DataType.INT8,
            Activation.NONE,
            false,
            false);
    return CostModel.shipped().on(target).layer(work);
  }

  /** Half-width after a hundred rows of one build that err by 0.1, and one of another. */
  private static double elsewhere(Exposure exposure, double other) {
    List<HeldOutError> errors = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      errors.add(error(exposure, 0.1, 0, row));
    }
    errors.add(error(exposure, other, 1, 0));
    return IntervalFit.of(errors).halfWidth(exposure, CONVOLUTION, "another");
  }

  @Test
  void shouldGiveAnOperatorOfManyShapesItsOwnIntervalAndOneOfFewThatOfTheOthers() {
    Random random = new Random(SEED);
    Exposure exposure = Exposure.of(List.of(convolution(HOME, 32)));
    List<HeldOutError> errors = new ArrayList<>();
    for (int unit = 0; unit < 200; unit++) {
      errors.add(of(Operator.CONV_2D, exposure, Math.abs(0.01 * random.nextGaussian()), unit));
      errors.add(of(Operator.ADD, exposure, Math.abs(0.1 * random.nextGaussian()), unit));
    }
    errors.add(of(Operator.SOFTMAX, exposure, 0.001, 0));
    Intervals intervals = IntervalFit.of(errors);
    double convolution = intervals.halfWidth(exposure, CONVOLUTION, "build 0");
    double add = intervals.halfWidth(exposure, Optional.of(Operator.ADD), "build 0");
    double softmax = intervals.halfWidth(exposure, Optional.of(Operator.SOFTMAX), "build 0");
    assertThat(covered(random, convolution, 0.01)).as("seed %d", SEED).isBetween(0.86, 0.97);
    assertThat(covered(random, add, 0.1)).as("seed %d", SEED).isBetween(0.86, 0.97);
    assertThat(softmax).as("one shape tells little").isGreaterThan(0.05);
  }

  private static HeldOutError of(Operator operator, Exposure exposure, double size, int unit) {
    return new HeldOutError(exposure, size, Optional.of(operator), "build 0", "unit " + unit);
  }

  @Test
  void shouldGiveEachBuildOfFewRecordingsTheIntervalOfItsOwnNetworks() {
    Random random = new Random(SEED);
    Target target =
        Target.of(
            Boards.named("nucleo-l4r5zi"),
            TargetOptions.builder()
                .kernels(LibraryId.parse("cmsis-nn@2024"))
                .opt(OptLevel.O3)
                .build());
    Exposure exposure = Exposure.of(List.of(convolution(target, 32)));
    assertThat(exposure.farthest()).isEqualTo(Nearness.FEW);
    List<HeldOutError> errors = new ArrayList<>();
    for (int unit = 0; unit < 200; unit++) {
      errors.add(network(exposure, Math.abs(0.01 * random.nextGaussian()), 0, unit));
      errors.add(network(exposure, Math.abs(0.1 * random.nextGaussian()), 1, unit));
    }
    errors.add(network(exposure, 0.001, 2, 0));
    Intervals intervals = IntervalFit.of(errors);
    double sure = intervals.halfWidth(exposure, Optional.empty(), "build 0");
    double unsure = intervals.halfWidth(exposure, Optional.empty(), "build 1");
    double single = intervals.halfWidth(exposure, Optional.empty(), "build 2");
    assertThat(covered(random, sure, 0.01)).as("seed %d", SEED).isBetween(0.86, 0.97);
    assertThat(covered(random, unsure, 0.1)).as("seed %d", SEED).isBetween(0.86, 0.97);
    assertThat(single).as("one network tells little").isGreaterThan(0.05);
  }

  private static HeldOutError network(Exposure exposure, double size, int build, int unit) {
    return new HeldOutError(exposure, size, Optional.empty(), "build " + build, "unit " + unit);
  }

  @Test
  void aHundredLayersShouldBeNoSurerThanOne() {
    LayerCost layer = convolution(HOME, 32);
    Intervals intervals = Coefficients.shippedIntervals();
    double alone = intervals.expected(Exposure.of(List.of(layer)), true);
    double hundred = intervals.expected(Exposure.of(Collections.nCopies(100, layer)), true);
    assertThat(hundred).isCloseTo(alone, within(1e-12 * alone)).isPositive();
  }

  @Test
  void shouldBeReadAsItIsWritten() {
    Intervals intervals = Coefficients.shippedIntervals();
    String text = CoefficientWriter.write("test", intervals);
    Intervals read = Coefficients.readIntervals("written", text);
    assertThat(read.bands()).isEqualTo(intervals.bands()).isNotEmpty();
    assertThat(read.builds()).isEqualTo(intervals.builds()).isNotEmpty();
    assertThat(
            new Intervals(Map.of(), Map.of())
                .halfWidth(Exposure.of(List.of(convolution(HOME, 64))), Optional.empty(), "any"))
        .as("nothing known")
        .isCloseTo(Math.hypot(Math.log(2.5), 0.003), within(1e-9));
  }

  private static double covered(Random random, double width, double deviation) {
    int inside = 0;
    for (int i = 0; i < 1000; i++) {
      inside += Math.abs(deviation * random.nextGaussian()) <= width ? 1 : 0;
    }
    return inside / 1000.0;
  }
}
