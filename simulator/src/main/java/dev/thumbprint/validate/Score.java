package dev.thumbprint.validate;

import java.util.Arrays;
import java.util.List;

/**
 * How a set of predictions compares with what was recorded. Shares are of all rows with a recorded
 * time, refused ones included; errors are of the scored rows.
 *
 * @param rows rows
 * @param priced rows that have a prediction
 * @param scored rows whose prediction is held out
 * @param meanPct mean absolute percentage error
 * @param medianPct median absolute percentage error
 * @param p90Pct 90th percentile of the absolute percentage error
 * @param biasPct mean percentage error
 * @param within5 share of rows predicted within 5 %
 * @param within10 share of rows predicted within 10 %
 * @param tau Kendall's rank correlation (tau-b); NaN below three rows
 * @param coverage share of scored rows inside their 90 % interval
 * @param halfWidthPct median half-width of the interval
 * @param baselinesPct mean absolute percentage error of each baseline, on the rows that it covers
 * @param onBaselineRowsPct error of the model on the rows of each baseline
 */
record Score(
    int rows,
    int priced,
    int scored,
    double meanPct,
    double medianPct,
    double p90Pct,
    double biasPct,
    double within5,
    double within10,
    double tau,
    double coverage,
    double halfWidthPct,
    List<Double> baselinesPct,
    List<Double> onBaselineRowsPct) {

  private static final int PAIRS_ROWS_MAX = 12_000;

  static Score of(List<Prediction> predictions) {
    List<Prediction> scored = predictions.stream().filter(Prediction::scored).toList();
    int heldOut =
        (int)
            predictions.stream().filter(p -> p.heldOut() && p.recordedCycles().isPresent()).count();
    double[] errors =
        scored.stream().mapToDouble(p -> 100 * Math.abs(p.error())).sorted().toArray();
    double[] widths =
        scored.stream()
            .mapToDouble(
                p -> 100 * (p.cycles().orElseThrow().high() / p.cycles().orElseThrow().value() - 1))
            .sorted()
            .toArray();
    List<Double> baselines = new java.util.ArrayList<>();
    List<Double> model = new java.util.ArrayList<>();
    for (int i = 0; i < Baselines.NAMES.size(); i++) {
      int at = i;
      List<Prediction> covered =
          scored.stream().filter(p -> !Double.isNaN(p.baselines().get(at))).toList();
      baselines.add(
          mean(
              covered.stream()
                  .mapToDouble(
                      p ->
                          100
                              * Math.abs(
                                  p.baselines().get(at) / p.recordedCycles().orElseThrow() - 1))
                  .toArray()));
      model.add(mean(covered.stream().mapToDouble(p -> 100 * Math.abs(p.error())).toArray()));
    }
    return new Score(
        predictions.size(),
        (int) predictions.stream().filter(p -> p.cycles().isPresent()).count(),
        scored.size(),
        mean(errors),
        quantile(errors, 0.5),
        quantile(errors, 0.9),
        mean(scored.stream().mapToDouble(p -> 100 * p.error()).toArray()),
        share(errors, 5, heldOut),
        share(errors, 10, heldOut),
        tau(scored),
        mean(scored.stream().mapToDouble(p -> p.inInterval() ? 1 : 0).toArray()),
        quantile(widths, 0.5),
        baselines,
        model);
  }

  private static double share(double[] errors, double limit, int of) {
    return of == 0
        ? Double.NaN
        : Arrays.stream(errors).filter(e -> e <= limit).count() / (double) of;
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(rank, 0, sorted.length - 1)];
  }

  private static double tau(List<Prediction> scored) {
    int n = scored.size();
    if (n < 3 || n > PAIRS_ROWS_MAX) {
      return Double.NaN;
    }
    double[] told = scored.stream().mapToDouble(p -> p.recordedCycles().orElseThrow()).toArray();
    double[] predicted =
        scored.stream().mapToDouble(p -> p.cycles().orElseThrow().value()).toArray();
    long agree = 0;
    long disagree = 0;
    long tiedTold = 0;
    long tiedPredicted = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        int a = Double.compare(told[i], told[j]);
        int b = Double.compare(predicted[i], predicted[j]);
        if (a == 0) {
          tiedTold++;
        }
        if (b == 0) {
          tiedPredicted++;
        }
        if (a * b > 0) {
          agree++;
        } else if (a * b < 0) {
          disagree++;
        }
      }
    }
    double pairs = n * (n - 1.0) / 2;
    double norm = Math.sqrt((pairs - tiedTold) * (pairs - tiedPredicted));
    return norm > 0 ? (agree - disagree) / norm : Double.NaN;
  }
}
