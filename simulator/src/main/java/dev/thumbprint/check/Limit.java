package dev.thumbprint.check;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.profile.Totals;
import java.util.function.Function;

/** What can be limited. */
public enum Limit {
  LATENCY("latency", "ms", Totals::inferenceTimeMs),
  ENERGY("energy", "uJ", Totals::energyUj),
  ARENA("arena", "bytes", Totals::arenaBytes),
  RAM("ram", "bytes", Totals::ramBytes),
  FLASH("flash", "bytes", Totals::flashBytes);

  private final String label;
  private final String unit;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Function<Totals, Metric> figure;

  Limit(String label, String unit, Function<Totals, Metric> figure) {
    this.label = label;
    this.unit = unit;
    this.figure = figure;
  }

  /** The name in options and reports. */
  public String label() {
    return label;
  }

  /** The unit of its figures. */
  public String unit() {
    return unit;
  }

  /** The figure that is limited. */
  public Metric of(Totals totals) {
    return figure.apply(totals);
  }
}
