package dev.thumbprint.study;

import dev.thumbprint.cost.Estimate;
import java.util.List;
import java.util.Locale;

/** The outcome of the study as CSV: every figure, or every verdict. */
public final class StudyCsv {
  private static final String VERDICTS = "row,id,statement,recorded,simulated\n";

  private StudyCsv() {}

  /** One line for each figure. */
  public static String figures(List<Outcome> outcomes) {
    StringBuilder csv = new StringBuilder("row,id,figure,unit,recorded,simulated,low,high\n");
    for (Outcome outcome : outcomes) {
      for (Comparison one : outcome.comparisons()) {
        csv.append(outcome.experiment().row())
            .append(',')
            .append(outcome.experiment().id())
            .append(',')
            .append(quoted(one.what()))
            .append(',')
            .append(one.unit())
            .append(',')
            .append(one.recorded().isPresent() ? number(one.recorded().getAsDouble()) : "");
        if (one.simulated() instanceof Estimate estimate) {
          csv.append(',')
              .append(number(estimate.value()))
              .append(',')
              .append(number(estimate.low()))
              .append(',')
              .append(number(estimate.high()));
        } else {
          csv.append(",,,");
        }
        csv.append('\n');
      }
    }
    return csv.toString();
  }

  /** One line for each statement with its two verdicts, without counts or figures. */
  public static String verdicts(List<Outcome> outcomes) {
    StringBuilder csv = new StringBuilder(VERDICTS);
    for (Outcome outcome : outcomes) {
      for (Statement statement : outcome.statements()) {
        csv.append(outcome.experiment().row())
            .append(',')
            .append(outcome.experiment().id())
            .append(',')
            .append(statement.id())
            .append(',')
            .append(statement.recordedVerdict().label())
            .append(',')
            .append(statement.simulatedVerdict().label())
            .append('\n');
      }
    }
    return csv.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static String quoted(String text) {
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
