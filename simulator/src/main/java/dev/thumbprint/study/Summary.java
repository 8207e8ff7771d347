package dev.thumbprint.study;

import dev.thumbprint.report.Numbers;
import java.util.List;

/**
 * The figures of a row in one line.
 *
 * @param recorded figures with a recording and a simulation
 * @param figures figures in all
 * @param meanError mean absolute relative error, NaN where nothing is recorded
 * @param bias mean relative error, NaN where nothing is recorded
 * @param covered share of recordings in the 90 % interval, NaN where nothing is recorded
 */
record Summary(long recorded, int figures, double meanError, double bias, double covered) {
  static Summary of(List<Comparison> comparisons) {
    List<Comparison> both = comparisons.stream().filter(Comparison::both).toList();
    return new Summary(
        both.size(),
        comparisons.size(),
        Comparison.meanAbsoluteError(both),
        both.stream().mapToDouble(Comparison::error).average().orElse(Double.NaN),
        both.stream().mapToDouble(one -> one.inInterval() ? 1 : 0).average().orElse(Double.NaN));
  }

  /** The line, empty where nothing is compared. */
  String text() {
    if (figures == 0) {
      return "";
    }
    if (recorded == 0) {
      return "%d figures simulated, none recorded".formatted(figures);
    }
    return "%d figures recorded and simulated (of %d): mean absolute error %s, bias %s, %s in the 90 %% interval"
        .formatted(
            recorded,
            figures,
            Numbers.percent(meanError),
            Numbers.percent(bias),
            Numbers.percent(covered));
  }
}
