package dev.thumbprint.study;

import dev.thumbprint.report.chart.Svg;
import java.util.List;

/** The outcome of the study as one page that needs nothing else. */
public final class StudyHtml {
  private static final int FIGURES_SHOWN = 40;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>arXiv:2104.10645, recorded and simulated</title>
      <style>
      body { font: 15px/1.5 sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
      table { border-collapse: collapse; margin: .6rem 0; font-size: 13px; }
      th, td { border-bottom: 1px solid #ddd; padding: .2rem .6rem; text-align: right; vertical-align: top; }
      th:first-child, td:first-child, td.words, th.words { text-align: left; }
      th { border-bottom: 2px solid #888; }
      .holds, .fails, .none { white-space: nowrap; }
      .holds { color: #00664b; } .fails { color: #b03a00; font-weight: bold; } .none { color: #777; }
      .why { color: #555; font-size: 13px; } svg { max-width: 100%; height: auto; }
      section { margin-top: 2.5rem; border-top: 1px solid #ccc; } .scroll { overflow-x: auto; }
      </style></head><body>
      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private StudyHtml() {}

  /** The page. */
  public static String of(List<Outcome> outcomes) {
    StudyHtml html = new StudyHtml();
    html.page
        .append("<h1>Measuring what really matters, without measuring</h1>\n<p>")
        .append(escape(Study.PAPER))
        .append(
            ". Each row of the study is run in simulation and stands beside what its authors"
                + " recorded. Written by <code>./thumbprint study heim2021 --document docs</code>."
                + "</p>\n<p><b>")
        .append(escape(Tally.of(outcomes).text()))
        .append(".</b></p>\n");
    html.contents(outcomes);
    outcomes.forEach(html::row);
    return html.page.append("</body></html>\n").toString();
  }

  private void contents(List<Outcome> outcomes) {
    page.append(
        "<div class=\"scroll\"><table><tr><th>row</th><th class=\"words\">statement</th>"
            + "<th>recorded</th><th>simulated</th></tr>\n");
    for (Outcome outcome : outcomes) {
      Experiment row = outcome.experiment();
      for (Statement statement : outcome.statements()) {
        page.append(
            "<tr><td><a href=\"#%s\">%d %s</a></td><td class=\"words\">%s</td>"
                .formatted(row.id(), row.row(), row.id(), escape(statement.text())));
        verdict(statement.recorded());
        verdict(statement.simulated());
        page.append("</tr>\n");
      }
    }
    page.append("</table></div>\n");
  }

  private void verdict(List<Check> checks) {
    String style =
        switch (Check.verdict(checks)) {
          case HOLDS -> "holds";
          case FAILS -> "fails";
          case NOT_SHOWN -> "none";
        };
    page.append("<td class=\"%s\">%s</td>".formatted(style, Check.summary(checks)));
  }

  private void row(Outcome outcome) {
    Experiment row = outcome.experiment();
    page.append(
        "<section id=\"%s\"><h2>%d. %s <small>(%s)</small></h2>\n"
            .formatted(row.id(), row.row(), escape(row.title()), escape(row.item())));
    String summary = Summary.of(outcome.comparisons()).text();
    if (!summary.isEmpty()) {
      page.append("<p>").append(escape(summary)).append(".</p>\n");
    }
    outcome
        .plots()
        .forEach(plot -> page.append("<figure>\n").append(plot.svg()).append("</figure>\n"));
    page.append("<ul>\n");
    for (Statement statement : outcome.statements()) {
      page.append("<li>").append(escape(statement.text())).append(": recorded ");
      page.append(Check.summary(statement.recorded())).append(", simulated ");
      page.append(Check.summary(statement.simulated()));
      if (!statement.explanation().isEmpty()) {
        page.append("<br><span class=\"why\">")
            .append(escape(statement.explanation()))
            .append("</span>");
      }
      page.append("</li>\n");
    }
    page.append("</ul>\n");
    outcome.notes().forEach(note -> page.append("<p>").append(escape(note)).append("</p>\n"));
    outcome.sheets().forEach(sheet -> table(sheet.title(), sheet.columns(), sheet.rows()));
    List<Comparison> shown = ComparisonCells.shown(outcome.comparisons(), FIGURES_SHOWN);
    if (!shown.isEmpty()) {
      boolean all = shown.size() == outcome.comparisons().size();
      page.append("<details><summary>")
          .append(all ? "Figures" : "The " + shown.size() + " largest errors")
          .append("</summary>\n");
      table("", ComparisonCells.COLUMNS, shown.stream().map(ComparisonCells::cells).toList());
      page.append("</details>\n");
    }
    page.append("</section>\n");
  }

  private void table(String title, List<String> columns, List<List<String>> rows) {
    if (!title.isEmpty()) {
      page.append("<h3>").append(escape(title)).append("</h3>\n");
    }
    page.append("<div class=\"scroll\"><table><tr>");
    columns.forEach(column -> page.append("<th>").append(escape(column)).append("</th>"));
    page.append("</tr>\n");
    for (List<String> cells : rows) {
      page.append("<tr>");
      cells.forEach(cell -> page.append("<td>").append(escape(cell)).append("</td>"));
      page.append("</tr>\n");
    }
    page.append("</table></div>\n");
  }

  private static String escape(String words) {
    return Svg.escape(words);
  }
}
