package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.explore.space.Measure;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The figures of a design, each with its interval where it has one. Filled once, then only read.
 */
public final class Figures implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int COUNT = Measure.all().size();

  private final double[] values = new double[3 * COUNT];
  private String currency = "";

  Figures() {
    Arrays.fill(values, Double.NaN);
  }

  /** Whether a figure is known. */
  public boolean known(Measure measure) {
    return !Double.isNaN(value(measure));
  }

  /** Best estimate, NaN where it is not known. */
  public double value(Measure measure) {
    return values[measure.place()];
  }

  /** Lower end of the 90 % interval; the value itself where it is exact. */
  public double low(Measure measure) {
    return values[COUNT + measure.place()];
  }

  /** Upper end of the 90 % interval; the value itself where it is exact. */
  public double high(Measure measure) {
    return values[2 * COUNT + measure.place()];
  }

  /** Currency of the price, empty where there is none. */
  public String currency() {
    return currency;
  }

  Figures set(Measure measure, Metric metric) {
    return metric instanceof Estimate e ? set(measure, e.value(), e.low(), e.high()) : this;
  }

  Figures set(Measure measure, double exact) {
    return set(measure, exact, exact, exact);
  }

  Figures set(Measure measure, double value, double low, double high) {
    values[measure.place()] = Rounding.significant(value);
    values[COUNT + measure.place()] = Rounding.significant(low);
    values[2 * COUNT + measure.place()] = Rounding.significant(high);
    return this;
  }

  Figures currency(String code) {
    currency = code;
    return this;
  }
}
