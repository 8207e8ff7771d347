package dev.thumbprint.validate;

import dev.thumbprint.cost.Estimate;
import java.util.List;
import java.util.Locale;

/** Predictions row by row, as CSV: of what a row's source measured, the inference and more. */
final class PredictionCsv {
  private PredictionCsv() {}

  static String of(List<Prediction> predictions) {
    StringBuilder text =
        new StringBuilder(
            "id,predicted_cycles,predicted_latency_ms,low,high,predicted_energy_uj,error_pct,"
                + "in_interval,reason\n");
    for (Prediction row : predictions) {
      text.append(quoted(row.recording().id())).append(',');
      if (row.measured().isPresent()) {
        Estimate estimate = row.measured().get();
        text.append(String.format(Locale.ROOT, "%.0f,", estimate.value()));
        text.append(
            row.latencyMs().isPresent()
                ? String.format(Locale.ROOT, "%.6f,", row.latencyMs().getAsDouble())
                : ",");
        text.append(String.format(Locale.ROOT, "%.0f,%.0f,", estimate.low(), estimate.high()));
        text.append(
            row.energyUj().isPresent()
                ? String.format(Locale.ROOT, "%.6g,", row.energyUj().getAsDouble())
                : ",");
        text.append(judged(row));
      } else {
        text.append(",,,,,,,").append(quoted(row.reason()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String judged(Prediction row) {
    if (row.recordedCycles().isEmpty()) {
      return ",,no latency or cycles to judge it by";
    }
    return row.heldOut()
        ? String.format(Locale.ROOT, "%.3f,%s,", 100 * row.measuredError(), row.inInterval())
        : ",,not held out by any split";
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
