package dev.thumbprint.study;

import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.List;

/** The outcome of the study for a terminal. */
public final class StudyText {
  /** Rows of a table that a terminal shows. */
  private static final int ROWS_SHOWN = 12;

  private StudyText() {}

  /** The verdicts; where one row alone was run, its tables as well. */
  public static String of(List<Outcome> outcomes) {
    StringBuilder text = new StringBuilder();
    boolean alone = outcomes.size() == 1;
    for (Outcome outcome : outcomes) {
      Experiment row = outcome.experiment();
      text.append("%2d %s: %s (%s)%n".formatted(row.row(), row.id(), row.title(), row.item()));
      String summary = Summary.of(outcome.comparisons()).text();
      if (!summary.isEmpty()) {
        text.append("   ").append(summary).append('\n');
      }
      if (alone) {
        details(text, outcome);
      }
      for (Statement statement : outcome.statements()) {
        text.append(
            "   recorded %-15s simulated %-15s %s%n"
                .formatted(
                    Check.summary(statement.recorded()),
                    Check.summary(statement.simulated()),
                    statement.text()));
        String explanation = statement.explanation();
        if (!explanation.isEmpty()) {
          text.append("      ").append(explanation).append('\n');
        }
      }
      outcome.notes().forEach(note -> text.append("   note: ").append(note).append('\n'));
      text.append('\n');
    }
    return text.append(Tally.of(outcomes).text()).append('\n').toString();
  }

  private static void details(StringBuilder text, Outcome outcome) {
    List<Comparison> shown = ComparisonCells.shown(outcome.comparisons(), ROWS_SHOWN);
    if (!shown.isEmpty()) {
      TextTable table = table(ComparisonCells.COLUMNS);
      shown.forEach(one -> table.row(ComparisonCells.cells(one).toArray(String[]::new)));
      text.append('\n');
      if (shown.size() < outcome.comparisons().size()) {
        text.append("The largest errors (all of them: --format csv)\n");
      }
      text.append(table.render()).append('\n');
    }
    for (Sheet sheet : outcome.sheets()) {
      TextTable table = table(sheet.columns());
      sheet.rows().forEach(row -> table.row(row.toArray(String[]::new)));
      text.append(sheet.title()).append('\n').append(table.render()).append('\n');
    }
  }

  private static TextTable table(List<String> columns) {
    TextTable table = new TextTable();
    for (int i = 0; i < columns.size(); i++) {
      table.column(columns.get(i), i == 0 ? Align.LEFT : Align.RIGHT);
    }
    return table;
  }
}
