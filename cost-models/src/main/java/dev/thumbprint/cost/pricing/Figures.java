package dev.thumbprint.cost.pricing;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * A figure for each constant of an enumeration, or none; a dense table that is read in the
 * innermost loop of an exploration. Immutable.
 *
 * @param <E> the enumeration
 */
public final class Figures<E extends Enum<E>> {
  private final Class<E> type;
  private final double[] values;

  private Figures(Class<E> type, double[] values) {
    this.type = type;
    this.values = values;
  }

  /** A table of the given figures; constants that are not among them have none. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  public static <E extends Enum<E>> Figures<E> of(Class<E> type, Map<E, Double> figures) {
    double[] values = new double[type.getEnumConstants().length];
    Arrays.fill(values, Double.NaN);
    figures.forEach((key, value) -> values[key.ordinal()] = value);
    return new Figures<>(type, values);
  }

  /** A table without figures. */
  public static <E extends Enum<E>> Figures<E> none(Class<E> type) {
    return of(type, Map.of());
  }

  /** The figure of a constant, NaN where there is none. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  public double get(E key) {
    return values[key.ordinal()];
  }

  /** The figure of a constant, or another where there is none. */
  public double getOr(E key, double otherwise) {
    double value = get(key);
    return Double.isNaN(value) ? otherwise : value;
  }

  /** Whether a constant has a figure. */
  public boolean has(E key) {
    return !Double.isNaN(get(key));
  }

  /** Number of constants that have a figure. */
  public int size() {
    return (int) Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
  }

  /** The figures as a map in the order of the enumeration. */
  public Map<E, Double> toMap() {
    Map<E, Double> map = new EnumMap<>(type);
    for (E key : type.getEnumConstants()) {
      if (has(key)) {
        map.put(key, get(key));
      }
    }
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Figures<?> that
        && type.equals(that.type)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
