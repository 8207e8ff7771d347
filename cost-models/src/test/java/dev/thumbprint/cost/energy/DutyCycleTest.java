package dev.thumbprint.cost.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import org.junit.jupiter.api.Test;

class DutyCycleTest {
  private static final Estimate TIME = new Estimate(100, 90, 110, Source.CALIBRATED);
  private static final Estimate ENERGY = new Estimate(5000, 4500, 5500, Source.CALIBRATED);
  private static final Estimate SLEEP = new Estimate(0.01, 0.005, 0.03, Source.MODELLED);

  @Test
  void shouldAddInferenceAndSleep() {
    Estimate average = (Estimate) new DutyCycle(1000).averageMw(TIME, ENERGY, SLEEP);
    assertThat(average.value()).isCloseTo(5 + 0.01 * 0.9, within(1e-12));
    assertThat(average.low()).isLessThan(4.51);
    assertThat(average.high()).isGreaterThan(5.5);
    assertThat(average.source()).isEqualTo(Source.MODELLED);
  }

  private static Target target(Regulator regulator, double volts) {
    return Target.of(
        Boards.named(regulator == Regulator.SMPS ? "nucleo-u575zi-q" : "nucleo-l4r5zi"),
        TargetOptions.builder().regulator(regulator).supplyVolts(volts).build());
  }

  @Test
  void shouldUseTheEnergyOfABatteryBehindASwitchedRegulator() {
    // 220 mAh at 3 V are 660 mWh: 66 hours at 10 mW.
    Estimate power = new Estimate(10, 5, 20, Source.CALIBRATED);
    for (double supply : new double[] {1.8, 3.0}) {
      assertThat(DutyCycle.batteryHours(power, target(Regulator.SMPS, supply), 220, 3.0))
          .isEqualTo(new Estimate(66, 33, 132, Source.CALIBRATED));
    }
  }

  @Test
  void shouldUseTheChargeOfABatteryBehindALinearRegulator() {
    // 5 mA, whatever the supply: 220 mAh last for 44 hours.
    for (double supply : new double[] {1.8, 3.0}) {
      Estimate power = Estimate.exact(5 * supply, Source.CALIBRATED);
      for (double volts : new double[] {2.9, 3.7}) {
        Metric hours = DutyCycle.batteryHours(power, target(Regulator.LDO, supply), 220, volts);
        assertThat(((Estimate) hours).value()).isCloseTo(44, within(1e-9));
      }
    }
  }

  @Test
  void shouldRefuseAPeriodShorterThanTheInference() {
    Metric average = new DutyCycle(50).averageMw(TIME, ENERGY, SLEEP);
    assertThat(((Unavailable) average).reason()).contains("longer than the period");
    assertThatThrownBy(() -> new DutyCycle(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldPassOnWhatIsNotKnown() {
    Unavailable unknown = new Unavailable("the sleep current is not known");
    assertThat(new DutyCycle(1000).averageMw(TIME, ENERGY, unknown)).isEqualTo(unknown);
    assertThat(DutyCycle.batteryHours(unknown, target(Regulator.LDO, 1.8), 220, 3))
        .isEqualTo(unknown);
  }
}
