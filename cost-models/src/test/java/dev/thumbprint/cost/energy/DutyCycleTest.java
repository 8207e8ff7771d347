package dev.thumbprint.cost.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
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

  @Test
  void shouldGiveTheLifeOfABattery() {
    // 220 mAh at 3 V are 660 mWh: 66 hours at 10 mW.
    Metric hours = DutyCycle.batteryHours(new Estimate(10, 5, 20, Source.CALIBRATED), 220, 3.0);
    assertThat(hours).isEqualTo(new Estimate(66, 33, 132, Source.CALIBRATED));
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
    assertThat(DutyCycle.batteryHours(unknown, 220, 3)).isEqualTo(unknown);
  }
}
