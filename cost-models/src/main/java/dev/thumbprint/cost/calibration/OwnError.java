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
