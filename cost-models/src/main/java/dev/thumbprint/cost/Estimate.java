package dev.thumbprint.cost;

/**
 * A figure with its 90 % interval and its origin; the unit is in the name of what holds it.
 *
 * @param value best estimate
 * @param low lower end of the interval, at most the value
 * @param high upper end of the interval, at least the value
 * @param source how the figure came about
 */
public record Estimate(double value, double low, double high, Source source) implements Metric {

  public Estimate {
    if (!(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "interval [%s, %s] does not hold its value %s".formatted(low, high, value));
    }
  }

  /** A figure that is exact by construction. */
  public static Estimate exact(double value, Source source) {
    return new Estimate(value, value, value, source);
  }

  /** This figure in another unit. */
  public Estimate times(double factor) {
    return new Estimate(value * factor, low * factor, high * factor, source);
  }
}
