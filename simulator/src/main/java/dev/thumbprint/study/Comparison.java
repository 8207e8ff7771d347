package dev.thumbprint.study;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One figure, recorded and simulated.
 *
 * @param what what was measured
 * @param unit its unit
 * @param recorded the recording, empty where there is none
 * @param simulated the simulation with its 90 % interval, or why there is none
 */
public record Comparison(String what, String unit, OptionalDouble recorded, Metric simulated) {

  /** Whether both sides are known. */
  public boolean both() {
    return recorded.isPresent() && simulated instanceof Estimate;
  }

  /** Simulated over recorded, minus one; only where {@link #both}. */
  public double error() {
    return ((Estimate) simulated).value() / recorded.orElseThrow() - 1;
  }

  /** Whether the recording lies in the interval; only where {@link #both}. */
  public boolean inInterval() {
    Estimate estimate = (Estimate) simulated;
    double value = recorded.orElseThrow();
    return estimate.low() <= value && value <= estimate.high();
  }

  /** Mean absolute error of those with both sides, NaN where there are none. */
  public static double meanAbsoluteError(List<Comparison> comparisons) {
    return comparisons.stream()
        .filter(Comparison::both)
        .mapToDouble(comparison -> Math.abs(comparison.error()))
        .average()
        .orElse(Double.NaN);
  }
}
