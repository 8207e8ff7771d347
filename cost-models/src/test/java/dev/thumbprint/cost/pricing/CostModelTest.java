package dev.thumbprint.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CostModelTest {
  @Test
  void shouldPriceEveryLibraryOnEveryBuiltInBoard() {
    for (String board : Boards.names()) {
      KernelLibraries.all()
          .forEach(
              library -> {
                TargetOptions options = TargetOptions.builder().kernels(library.id()).build();
                Target target = Target.of(Boards.named(board), options);
                LayerCost cost = CostModel.shipped().price(convolution(32, 32), target);
                assertThat(cost.cycles())
                    .as("%s %s", board, library.id())
                    .isInstanceOf(Estimate.class);
              });
    }
  }

  @Test
  void shouldBreakTheCyclesDownIntoTermsThatAddUp() {
    LayerCost cost = CostModel.shipped().price(convolution(30, 17), target("cmsis-nn@2022"));
    double sum = cost.breakdown().stream().mapToDouble(LayerCost.Share::cycles).sum();
    assertThat(sum).isCloseTo(((Estimate) cost.cycles()).value(), within(1e-3 * sum));
    assertThat(cost.path()).isEqualTo("convolve_s8/im2col");
  }

  @Test
  void shouldMakeMultiplesOfFourCheaperThanEvenAndEvenCheaperThanOdd() {
    Target target = target("cmsis-nn@2020-03");
    double four = cycles(convolution(104, 60), target);
    double even = cycles(convolution(102, 60), target);
    double odd = cycles(convolution(101, 60), target);
    assertThat(four).isLessThan(even);
    assertThat(even).isLessThan(odd);
  }

  @Test
  void shouldRefuseAnOperatorWithoutModelAndSayWhich() {
    LayerWork work =
        new LayerWork(
            Operator.CUSTOM,
            "MY_OP",
            List.of(Shape.of(1, 4)),
            Shape.SCALAR,
            Shape.of(1, 4),
            Window.NONE,
            DataType.INT8,
            DataType.INT8,
            DataType.INT8,
            Activation.NONE,
            false,
            false);
    assertThat(CostModel.shipped().price(work, target("cmsis-nn")).cycles())
        .isInstanceOfSatisfying(
            Unavailable.class, none -> assertThat(none.reason()).contains("MY_OP"));
  }

  /** Wherever a recorded build is taken to another setting, it is modelled, and no surer. */
  @ParameterizedTest
  @ValueSource(strings = {"prefetch", "caches", "clock", "weights"})
  void shouldBeNoSurerAtAnotherSettingThanAtTheRecordedOne(String setting) {
    TargetOptions recorded = recorded().build();
    TargetOptions other =
        switch (setting) {
          case "prefetch" -> recorded().prefetch(true).build();
          case "caches" -> recorded().caches(false).build();
          case "clock" -> recorded().clockHz(40_000_000L).waitStates(4).build();
          default -> recorded().weights(Placement.RAM).build();
        };
    LayerWork work = convolution(30, 17);
    Estimate home = estimate(work, recorded);
    Estimate away = estimate(work, other);
    assertThat(home.source()).isEqualTo(Source.CALIBRATED);
    assertThat(away.source()).isEqualTo(Source.MODELLED);
    assertThat(away.high() / away.low()).isGreaterThanOrEqualTo(home.high() / home.low());
  }

  /** The layers of F767 were recorded with its arena in SRAM, as far as its description tells. */
  @Test
  void shouldModelAnotherPlaceOfTheArena() {
    LayerWork work = convolution(32, 32);
    Estimate sram = estimate("nucleo-f767zi", work, recorded().build());
    Estimate dtcm = estimate("nucleo-f767zi", work, recorded().arena("DTCM").build());
    assertThat(sram.source()).isEqualTo(Source.CALIBRATED);
    assertThat(dtcm.source()).isEqualTo(Source.MODELLED);
    assertThat(dtcm.value()).isLessThan(sram.value());
    assertThat(dtcm.high() / dtcm.low()).isGreaterThanOrEqualTo(sram.high() / sram.low());
  }

  /** L496 was recorded in thousands of shapes, F767 in the layers of one network. */
  @Test
  void shouldBeLessSureOfABoardThatOneNetworkWasRecordedOn() {
    LayerWork work = convolution(32, 32);
    Estimate swept = estimate("nucleo-l496zg", work, recorded().build());
    Estimate one = estimate("nucleo-f767zi", work, recorded().build());
    assertThat(one.source()).isEqualTo(Source.CALIBRATED);
    assertThat(Math.log(one.high() / one.low()))
        .isGreaterThan(2 * Math.log(swept.high() / swept.low()));
  }

  /** Kernels of 16 bits were executed on a Cortex-M4 alone, those of 8 bits on both. */
  @Test
  void shouldBeLessSureOfKernelsThatWereExecutedOnAnotherCore() {
    assertThat(widthOnM0PlusOverM4(DataType.INT16))
        .isGreaterThan(1.3 * widthOnM0PlusOverM4(DataType.INT8));
  }

  private static double widthOnM0PlusOverM4(DataType type) {
    TargetOptions options = TargetOptions.builder().build();
    Estimate there = estimate("raspberry-pi-pico", convolution(32, 32, type), options);
    Estimate here = estimate("nucleo-l4r5zi", convolution(32, 32, type), options);
    return Math.log(there.high() / there.low()) / Math.log(here.high() / here.low());
  }

  private static TargetOptions.Builder recorded() {
    return TargetOptions.builder()
        .kernels(LibraryId.parse("cmsis-nn@2020-03"))
        .opt(OptLevel.OFAST)
        .asserts(false);
  }

  private static Estimate estimate(LayerWork work, TargetOptions options) {
    return estimate("nucleo-l496zg", work, options);
  }

  private static Estimate estimate(String board, LayerWork work, TargetOptions options) {
    Target target = Target.of(Boards.named(board), options);
    return (Estimate) CostModel.shipped().price(work, target).cycles();
  }

  private static double cycles(LayerWork work, Target target) {
    return ((Estimate) CostModel.shipped().price(work, target).cycles()).value();
  }

  private static Target target(String library) {
    return Target.of(
        Boards.named("nucleo-l496zg"),
        TargetOptions.builder().kernels(LibraryId.parse(library)).build());
  }

  private static LayerWork convolution(int in, int out) {
    return convolution(in, out, DataType.INT8);
  }

  private static LayerWork convolution(int in, int out, DataType type) {
    return new LayerWork(
        Operator.CONV_2D,
        "",
        List.of(Shape.of(1, 16, 16, in)),
        Shape.of(out, 3, 3, in),
        Shape.of(1, 16, 16, out),
        new Window(3, 3, 1, 1, 1, 1, Padding.SAME),
        type,
        DataType.INT8,
        type,
        Activation.NONE,
        true,
        true);
  }
}
