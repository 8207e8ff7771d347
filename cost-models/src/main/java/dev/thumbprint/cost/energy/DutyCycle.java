package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.board.Target;
import java.util.Optional;

/**
 * One inference in every period, asleep in between.
 *
 * @param periodMs time from one inference to the next in ms
 */
public record DutyCycle(double periodMs) {
  private static final double MS_PER_HOUR = 3.6e6;

  public DutyCycle {
    if (!(periodMs > 0 && periodMs < 1e15)) {
      throw new IllegalArgumentException("period %s ms".formatted(periodMs));
    }
  }

  /**
   * Average power in mW: the energy of an inference and of the sleep in the rest of the period.
   * Wake-up time and energy are not known and not counted.
   *
   * @param inferenceMs time of an inference in ms
   * @param inferenceUj energy of an inference in uJ
   * @param sleepMw power while asleep in mW
   */
  public Metric averageMw(Metric inferenceMs, Metric inferenceUj, Metric sleepMw) {
    for (Metric metric : new Metric[] {inferenceMs, inferenceUj, sleepMw}) {
      if (metric instanceof Unavailable) {
        return metric;
      }
    }
    Estimate time = (Estimate) inferenceMs;
    Estimate energy = (Estimate) inferenceUj;
    Estimate sleep = (Estimate) sleepMw;
    if (time.value() > periodMs) {
      return new Unavailable(
          "an inference takes %.3f ms, longer than the period of %.3f ms"
              .formatted(time.value(), periodMs));
    }
    double low = average(energy.low(), time.high(), sleep.low());
    double high = average(energy.high(), time.low(), sleep.high());
    double value = average(energy.value(), time.value(), sleep.value());
    Source source = energy.source().weaker(sleep.source()).weaker(time.source());
    return new Estimate(value, Math.min(low, value), Math.max(high, value), source);
  }

  /**
   * Battery life in hours. Behind an LDO the current stays whatever the voltage, so the charge
   * lasts for that current and the battery's voltage over the supply becomes heat. Behind a
   * switched regulator the power stays, and all the energy of the battery is used; so it is taken
   * where the regulator is not known.
   *
   * @param averageMw average power in mW, at the supply of the target
   * @param target supply and regulator
   * @param milliampereHours charge of the battery in mAh, self-discharge not counted
   * @param volts its mean voltage
   */
  public static Metric batteryHours(
      Metric averageMw, Target target, double milliampereHours, double volts) {
    if (!(averageMw instanceof Estimate power)) {
      return averageMw;
    }
    boolean linear = target.regulator().equals(Optional.of(Regulator.LDO));
    double usedVolts = linear ? target.supplyVolts().orElse(volts) : volts;
    double energyMwh = milliampereHours * usedVolts;
    return new Estimate(
        energyMwh / power.value(),
        energyMwh / power.high(),
        energyMwh / power.low(),
        power.source());
  }

  /** Inferences in an hour. */
  public double inferencesPerHour() {
    return MS_PER_HOUR / periodMs;
  }

  /** uJ over ms is mW. */
  private double average(double energyUj, double timeMs, double sleepMw) {
    double asleepMs = Math.max(0, periodMs - timeMs);
    return (energyUj + sleepMw * asleepMs) / periodMs;
  }
}
