package dev.thumbprint.study;

import java.util.List;
import java.util.stream.Collectors;

/** The outcome of the study as Markdown: verdicts and tables, row by row. */
public final class StudyMarkdown {
  /** Figures of a row that a reader is shown. */
  private static final int FIGURES_SHOWN = 10;

  private StudyMarkdown() {}

  /** The whole outcome. */
  public static String of(List<Outcome> outcomes) {
    StringBuilder text = new StringBuilder();
    text.append("# arXiv:2104.10645, recorded and simulated\n\n");
    text.append(
        """
        Written by `./thumbprint study heim2021 --document docs`; not by hand. [study.md](study.md) explains it.
        A statement *holds* where it is true in every case, *fails* where it is false in one, and is *not shown*
        where nothing is recorded; the counts are cases.

        """);
    text.append("**").append(Tally.of(outcomes).text()).append(".**\n\n");
    verdicts(text, outcomes);
    outcomes.forEach(outcome -> row(text, outcome));
    return text.toString();
  }

  private static void verdicts(StringBuilder text, List<Outcome> outcomes) {
    text.append(line(List.of("row", "statement", "recorded", "simulated")));
    text.append("|---|---|---|---|\n");
    for (Outcome outcome : outcomes) {
      for (Statement statement : outcome.statements()) {
        Experiment row = outcome.experiment();
        text.append(
            line(
                List.of(
                    "%d %s".formatted(row.row(), row.id()),
                    statement.text(),
                    Check.summary(statement.recorded()),
                    Check.summary(statement.simulated()))));
      }
    }
  }

  private static void row(StringBuilder text, Outcome outcome) {
    Experiment row = outcome.experiment();
    text.append("\n## %d. %s (%s)\n".formatted(row.row(), row.title(), row.item()));
    String summary = Summary.of(outcome.comparisons()).text();
    if (!summary.isEmpty()) {
      text.append('\n').append(summary).append(".\n");
    }
    for (Statement statement : outcome.statements()) {
      if (!statement.explanation().isEmpty()) {
        text.append("\n* ").append(statement.text()).append(": ").append(statement.explanation());
      }
    }
    text.append('\n');
    outcome.notes().forEach(note -> text.append('\n').append(note).append('\n'));
    outcome.sheets().forEach(sheet -> table(text, sheet.title(), sheet.columns(), sheet.rows()));
    List<Comparison> shown = ComparisonCells.shown(outcome.comparisons(), FIGURES_SHOWN);
    if (!shown.isEmpty()) {
      table(
          text,
          shown.size() < outcome.comparisons().size() ? "The largest errors" : "Figures",
          ComparisonCells.COLUMNS,
          shown.stream().map(ComparisonCells::cells).toList());
    }
  }

  private static void table(
      StringBuilder text, String title, List<String> columns, List<List<String>> rows) {
    text.append("\n").append(title).append(":\n\n").append(line(columns));
    text.append("|---|").append("--:|".repeat(columns.size() - 1)).append('\n');
    rows.forEach(row -> text.append(line(row)));
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
