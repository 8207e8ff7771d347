package dev.thumbprint.cost.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
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
import org.junit.jupiter.params.provider.CsvSource;

class PowerModelTest {
  private static final LayerWork CONV =
      work(Operator.CONV_2D, Shape.of(8, 3, 3, 8), new Window(3, 3, 1, 1, 1, 1, Padding.SAME));
  private static final LayerWork RESHAPE = work(Operator.RESHAPE, Shape.SCALAR, Window.NONE);

  /** Published means of arXiv:2104.10645: 45.7 mW on L4, LeNet 233 on F4, 398 and 471 on F7. */
  @ParameterizedTest
  @CsvSource({
    "nucleo-l496zg, cmsis-nn@2020-03, 45.7",
    "nucleo-l496zg, tflm-reference@2020, 45.7",
    "disco-f469ni, cmsis-nn@2020-03, 233",
    "disco-f469ni, tflm-reference@2020, 224",
    "nucleo-f767zi, cmsis-nn@2020-03, 398",
    "nucleo-f767zi, tflm-reference@2020, 471"
  })
  void shouldComeNearPublishedPower(String board, String library, double milliwatts) {
    Target target = target(board, TargetOptions.builder().kernels(LibraryId.parse(library)));
    Estimate power = power(target, KernelKind.of(target, DataType.INT8));
    assertThat(power.value()).isCloseTo(milliwatts, within(0.06 * milliwatts));
    assertThat(power.source()).isEqualTo(Source.CALIBRATED);
  }

  @Test
  void shouldKeepTheCurrentBehindAnLdo() {
    double low = at("nucleo-l4r5zi", TargetOptions.builder().supplyVolts(1.8));
    double high = at("nucleo-l4r5zi", TargetOptions.builder().supplyVolts(3.0));
    assertThat(high / low).isCloseTo(3.0 / 1.8, within(1e-9));
  }

  @Test
  void shouldKeepThePowerBehindASwitchedRegulator() {
    double low = at("nucleo-u575zi-q", TargetOptions.builder().supplyVolts(1.8));
    double high = at("nucleo-u575zi-q", TargetOptions.builder().supplyVolts(3.3));
    assertThat(high).isCloseTo(low, within(1e-9));
    double ldo =
        at("nucleo-u575zi-q", TargetOptions.builder().supplyVolts(3.3).regulator(Regulator.LDO));
    assertThat(ldo).isGreaterThan(2 * high);
  }

  @Test
  void shouldGrowWithTheClockButNotFasterThanIt() {
    double full = at("nucleo-l496zg", TargetOptions.builder());
    double half = at("nucleo-l496zg", TargetOptions.builder().clockHz(40_000_000L));
    assertThat(half).isBetween(full / 2, full);
    Estimate wide =
        power(
            target("nucleo-l496zg", TargetOptions.builder().clockHz(8_000_000L)),
            KernelKind.OPTIMISED);
    Estimate narrow = power(target("nucleo-l496zg", TargetOptions.builder()), KernelKind.OPTIMISED);
    assertThat(wide.high() / wide.value()).isGreaterThan(narrow.high() / narrow.value());
  }

  @Test
  void shouldInterpolateBetweenTwoMeasuredClocks() {
    double low = at("apollo510-evb", TargetOptions.builder().clockHz(96_000_000L));
    double between = at("apollo510-evb", TargetOptions.builder().clockHz(173_000_000L));
    double high = at("apollo510-evb", TargetOptions.builder().clockHz(250_000_000L));
    assertThat(between).isCloseTo((low + high) / 2, within(1e-6));
  }

  @Test
  void shouldWidenWithTheDistanceFromWhatWasMeasured() {
    Estimate same = named("nucleo-l496zg", "cmsis-nn@2020-03");
    Estimate newer = named("nucleo-l496zg", "cmsis-nn@2026");
    assertThat(newer.value()).isEqualTo(same.value());
    assertThat(newer.high()).isGreaterThan(1.1 * same.high());
    Estimate sheet = named("nucleo-l552ze-q", "cmsis-nn@2022");
    assertThat(sheet.high() / sheet.low()).isGreaterThan(newer.high() / newer.low());
    assertThat(sheet.source()).isEqualTo(Source.MODELLED);
  }

  @Test
  void shouldSayThatNothingIsKnown() {
    Target target = target("nucleo-g0b1re", TargetOptions.builder());
    Metric power = PowerModel.of(target).networkPowerMw(KernelKind.OPTIMISED);
    assertThat(power).isInstanceOf(Unavailable.class);
    assertThat(((Unavailable) power).reason()).contains("nucleo-g0b1re is not known");
    assertThat(PowerModel.of(target).layerEnergyUj(CONV, time(1))).isInstanceOf(Unavailable.class);
  }

  @Test
  void shouldMultiplyPowerByTime() {
    Estimate power = new Estimate(50, 45, 55, Source.CALIBRATED);
    Estimate energy = (Estimate) PowerModel.energyUj(power, time(10));
    assertThat(energy.value()).isEqualTo(500);
    assertThat(energy.low()).isCloseTo(450, within(1e-6));
    assertThat(energy.high()).isCloseTo(550, within(1e-6));
    Metric unknown = new Unavailable("no time");
    assertThat(PowerModel.energyUj(power, unknown)).isEqualTo(unknown);
  }

  @Test
  void shouldWeighLayersByTheirTime() {
    PowerModel model =
        PowerModel.of(
            target(
                "nucleo-f767zi",
                TargetOptions.builder().kernels(LibraryId.parse("cmsis-nn@2020-03"))));
    Estimate conv = (Estimate) model.layerEnergyUj(CONV, time(3));
    Estimate reshape = (Estimate) model.layerEnergyUj(RESHAPE, time(1));
    assertThat(reshape.value()).isLessThan(conv.value() / 3);
    Estimate network =
        (Estimate)
            model.networkEnergyUj(
                List.of(new PowerModel.LayerTime(CONV, 3), new PowerModel.LayerTime(RESHAPE, 1)),
                time(4));
    assertThat(network.value()).isCloseTo(conv.value() + reshape.value(), within(1e-9));
    assertThat(network.low()).isLessThan(network.value());
  }

  @Test
  void shouldTraceWhatItSums() {
    PowerModel model = PowerModel.of(target("nucleo-l496zg", TargetOptions.builder()));
    List<PowerModel.LayerTime> layers =
        List.of(new PowerModel.LayerTime(CONV, 3), new PowerModel.LayerTime(RESHAPE, 1));
    PowerTrace trace = model.trace(layers, List.of("conv", "reshape")).orElseThrow();
    Estimate network = (Estimate) model.networkEnergyUj(layers, time(4));
    assertThat(trace.energyUj()).isCloseTo(network.value(), within(1e-9));
  }

  private static Estimate named(String board, String library) {
    return power(
        target(board, TargetOptions.builder().kernels(LibraryId.parse(library))),
        KernelKind.OPTIMISED);
  }

  private static double at(String board, TargetOptions.Builder options) {
    return power(target(board, options), KernelKind.OPTIMISED).value();
  }

  private static Estimate power(Target target, KernelKind kind) {
    return (Estimate) PowerModel.of(target).networkPowerMw(kind);
  }

  private static Target target(String board, TargetOptions.Builder options) {
    return Target.of(Boards.named(board), options.build());
  }

  private static Estimate time(double ms) {
    return Estimate.exact(ms, Source.CALIBRATED);
  }

  private static LayerWork work(Operator operator, Shape filter, Window window) {
    Shape shape = Shape.of(1, 8, 8, 8);
    return new LayerWork(
        operator,
        "",
        List.of(shape),
        filter,
        shape,
        window,
        DataType.INT8,
        DataType.INT8,
        DataType.INT8,
        Activation.NONE,
        true,
        true);
  }
}
