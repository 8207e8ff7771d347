package dev.thumbprint.cost.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * What errors of one's own recordings, each predicted without its own network, say of the next
 * network. A handful of networks has no 90 % quantile; their errors are taken for normal ones, and
 * the interval is Student's.
 */
final class OwnError {
  private static final double UPPER = 0.95;

  /** Nothing that is recorded of a known build is further off; ours. */
  private static final double WORST = 20;

  private final Map<String, List<Double>> byGroup = new LinkedHashMap<>();

  /**
   * Adds a row.
   *
   * @param group what was left out together
   * @param ratio predicted over recorded, above 0
   */
  void add(String group, double ratio) {
    byGroup.computeIfAbsent(group, key -> new ArrayList<>()).add(Math.log(ratio));
  }

  /** Mean absolute percentage error over rows. */
  double meanPct() {
    return 100
        * byGroup.values().stream()
            .flatMap(List::stream)
            .mapToDouble(log -> Math.abs(Math.expm1(log)))
            .average()
            .orElse(0);
  }

  /**
   * Refuses recordings that have nothing to do with what the model says, such as those with a unit
   * mistaken.
   *
   * @throws IllegalArgumentException if the next group may be more than {@link #WORST} times off
   */
  void requireSense() {
    double width = halfWidth();
    if (!(width <= Math.log(WORST))) {
      throw new IllegalArgumentException(
          "recordings that are %s times off when their network is left out, expected at most %.0f; a unit or a cell may be wrong"
              .formatted(width < 20 ? "%.0f".formatted(Math.exp(width)) : "millions of", WORST));
    }
  }

  /** Half-width of the 90 % interval of the next group, as a natural logarithm. */
  double halfWidth() {
    double squares = 0;
    for (List<Double> logs : byGroup.values()) {
      squares += logs.stream().mapToDouble(log -> log * log).average().orElse(0);
    }
    int groups = byGroup.size();
    return new TDistribution(groups).inverseCumulativeProbability(UPPER)
        * Math.sqrt(squares / groups);
  }
}
