package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.calibration.IntervalFit.HeldOutError;
import dev.thumbprint.cost.pricing.Intervals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A held-out error beside what was expected of it.
 *
 * @param error the error
 * @param score its size in units of the expected error
 */
record ScoredError(HeldOutError error, double score) {
  /** An exact prediction has no unit of error to be measured in. */
  private static final double EXPECTED_MIN = 1e-6;

  static ScoredError of(HeldOutError error, Intervals units) {
    return new ScoredError(
        error,
        error.size()
            / Math.max(units.expected(error.exposure(), error.layer().isEmpty()), EXPECTED_MIN));
  }

  boolean network() {
    return error.layer().isEmpty();
  }

  /** The family of kernel libraries. */
  String family() {
    return error.build().substring(0, Math.max(0, error.build().indexOf('@')));
  }

  /** What is the same work on the same build. */
  String unit() {
    return error.build() + " " + error.unit();
  }

  static <K> Map<K, List<ScoredError>> grouped(
      List<ScoredError> errors, Function<ScoredError, K> key) {
    Map<K, List<ScoredError>> groups = new LinkedHashMap<>();
    errors.forEach(
        error -> groups.computeIfAbsent(key.apply(error), k -> new ArrayList<>()).add(error));
    return groups;
  }
}
