package dev.thumbprint.explore.pareto;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What a design achieves, as dominance sees it: smaller is better in every coordinate. Immutable.
 *
 * @param <T> the design; serializable where the outcome is to be
 */
public final class Outcome<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;

  @SuppressWarnings("serial") // as the class says
  private final T item;

  private final double[] values;
  private final double[] below;
  private final double[] above;

  private Outcome(long id, T item, double[] values, double[] below, double[] above) {
    this.id = id;
    this.item = item;
    this.values = values;
    this.below = below;
    this.above = above;
  }

  /**
   * An outcome with 90 % intervals.
   *
   * @param id unique number, the tie-breaker of every order
   * @param values best estimates, negated where more is better
   * @param low lower ends, at most the values
   * @param high upper ends, at least the values
   */
  public static <T> Outcome<T> of(long id, T item, double[] values, double[] low, double[] high) {
    double[] below = new double[values.length];
    double[] above = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!(low[i] <= values[i] && values[i] <= high[i])) {
        throw new IllegalArgumentException(
            "interval [%s, %s] does not hold its value %s".formatted(low[i], high[i], values[i]));
      }
      below[i] = values[i] - low[i];
      above[i] = high[i] - values[i];
    }
    return new Outcome<>(id, item, values.clone(), below, above);
  }

  /** An outcome that is known exactly. */
  public static <T> Outcome<T> exact(long id, T item, double... values) {
    return of(id, item, values, values, values);
  }

  /** Unique number of the design. */
  public long id() {
    return id;
  }

  /** The design. */
  public T item() {
    return item;
  }

  /** Number of coordinates. */
  public int size() {
    return values.length;
  }

  /** Best estimate of a coordinate. */
  public double value(int coordinate) {
    return values[coordinate];
  }

  /** How far the interval reaches below the value. */
  public double below(int coordinate) {
    return below[coordinate];
  }

  /** How far the interval reaches above the value. */
  public double above(int coordinate) {
    return above[coordinate];
  }

  /** The best estimates as a fresh array. */
  public double[] values() {
    return values.clone();
  }

  @Override
  public String toString() {
    return id + Arrays.toString(values);
  }
}
