package dev.thumbprint.study;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.report.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Comparisons as cells of a table. */
final class ComparisonCells {
  static final List<String> COLUMNS =
      List.of("figure", "unit", "recorded", "simulated", "error", "90 % interval", "inside");

  private ComparisonCells() {}

  /** Those with a recording, largest error first, then the others; at most so many. */
  static List<Comparison> shown(List<Comparison> comparisons, int most) {
    if (comparisons.size() <= most) {
      return comparisons;
    }
    return comparisons.stream()
        .filter(Comparison::both)
        .sorted(Comparator.comparingDouble((Comparison one) -> -Math.abs(one.error())))
        .limit(most)
        .toList();
  }

  static List<String> cells(Comparison one) {
    String recorded =
        one.recorded().isPresent() ? Numbers.significant(one.recorded().getAsDouble()) : "";
    if (!(one.simulated() instanceof Estimate estimate)) {
      return List.of(one.what(), one.unit(), recorded, "not priced", "", "", "");
    }
    return List.of(
        one.what(),
        one.unit(),
        recorded,
        Numbers.significant(estimate.value()),
        one.both() ? String.format(Locale.ROOT, "%+.1f %%", 100 * one.error()) : "",
        Numbers.significant(estimate.low()) + " .. " + Numbers.significant(estimate.high()),
        one.both() ? (one.inInterval() ? "yes" : "no") : "");
  }
}
