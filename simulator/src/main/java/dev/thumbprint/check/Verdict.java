package dev.thumbprint.check;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;

/**
 * One figure beside its limit.
 *
 * @param limit what is limited
 * @param figure the figure
 * @param most the most that is allowed, in the unit of the limit
 * @param upper whether the upper end of the 90 % interval is judged instead of the value
 */
public record Verdict(Limit limit, Metric figure, double most, boolean upper) {

  /** The outcomes. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** There is no figure to judge. */
    UNKNOWN
  }

  /** Whether the figure is within its limit. */
  public Outcome outcome() {
    if (figure instanceof Estimate estimate) {
      return judged(estimate) <= most ? Outcome.PASSED : Outcome.FAILED;
    }
    return Outcome.UNKNOWN;
  }

  /** By how much the limit is exceeded; negative where there is room, 0 without a figure. */
  public double excess() {
    return figure instanceof Estimate estimate ? judged(estimate) - most : 0;
  }

  /** The end of the interval that is judged. */
  public double judged(Estimate estimate) {
    return upper ? estimate.high() : estimate.value();
  }
}
