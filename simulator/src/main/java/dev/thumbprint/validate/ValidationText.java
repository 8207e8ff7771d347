package dev.thumbprint.validate;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A validation as text for a terminal. */
final class ValidationText {
  private ValidationText() {}

  static String of(Validated validated) {
    StringBuilder text = new StringBuilder(validated.title()).append("\n\n");
    TextTable table = table();
    row(table, "all rows of known build", validated.known());
    row(table, "TFLM on built-in boards", validated.tflm());
    validated.apart().forEach((reason, rows) -> row(table, "apart: " + reason, rows));
    validated.groups().forEach((group, rows) -> row(table, group.replace('\t', ' '), rows));
    text.append(table.render()).append('\n');
    text.append(legend()).append('\n').append(refusals(validated)).append('\n');
    return text.append(constants(validated)).toString();
  }

  private static TextTable table() {
    TextTable table = new TextTable().column("rows of", Align.LEFT);
    for (String title :
        List.of(
            "rows",
            "priced",
            "scored",
            "mean %",
            "median %",
            "p90 %",
            "bias %",
            "<=5 %",
            "<=10 %",
            "tau",
            "in 90 %",
            "width %",
            "base 1",
            "base 2",
            "base 3")) {
      table.column(title, Align.RIGHT);
    }
    return table;
  }

  private static void row(TextTable table, String name, List<Prediction> rows) {
    Score score = Score.of(rows);
    table.row(
        name,
        Integer.toString(score.rows()),
        Integer.toString(score.priced()),
        Integer.toString(score.scored()),
        one(score.meanPct()),
        one(score.medianPct()),
        one(score.p90Pct()),
        one(score.biasPct()),
        one(100 * score.within5()),
        one(100 * score.within10()),
        two(score.tau()),
        one(100 * score.coverage()),
        one(score.halfWidthPct()),
        one(score.baselinesPct().get(0)),
        one(score.baselinesPct().get(1)),
        one(score.baselinesPct().get(2)));
  }

  static String one(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }

  static String two(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  static String legend() {
    return """
        Errors are those of scored rows: priced, and predicted by coefficients fitted without them.
        <=5 %% and <=10 %% are shares of all rows held out, refused ones included.
        base 1: %s; base 2: %s; base 3: %s (each fitted on the same rows)
        """
        .formatted(Baselines.NAMES.get(0), Baselines.NAMES.get(1), Baselines.NAMES.get(2));
  }

  private static String refusals(Validated validated) {
    Map<String, Integer> reasons = Validation.reasons(validated.predictions());
    StringBuilder text = new StringBuilder("Rows refused, by reason:\n");
    Reasons.shown(reasons).forEach(line -> text.append("  ").append(line).append('\n'));
    return reasons.isEmpty() ? "No row was refused.\n" : text.toString();
  }

  /** How many constants were fitted, by library, build and machine. */
  static String constants(Validated validated) {
    StringBuilder text = new StringBuilder("Fitted constants:\n");
    int all = 0;
    for (CoefficientSet set : validated.model().sets()) {
      if (set.source() == Source.CALIBRATED) {
        text.append(String.format(Locale.ROOT, "  %3d  %s%n", set.fitted(), set));
        all += set.fitted();
      }
    }
    int boards = validated.model().transfer().boards().size();
    int kinds = Kind.values().length;
    text.append(
        String.format(Locale.ROOT, "  %3d  two for each of %d boards%n", 2 * boards, boards));
    text.append(String.format(Locale.ROOT, "  %3d  factors of -Os by kind of work%n", kinds));
    text.append(
        String.format(
            Locale.ROOT, "  %3d  factors of instruction counts by kind of work%n", kinds));
    return text.append(String.format(Locale.ROOT, "  %3d  in all%n", all + 2 * boards + 2 * kinds))
        .toString();
  }
}
