package dev.thumbprint.report;

import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.RuntimeBuild;
import dev.thumbprint.report.TextTable.Align;
import dev.thumbprint.report.chart.Svg;
import java.util.List;

/** The analysis of a model as one page that needs nothing else. */
public final class AnalysisHtml {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>
      body { font: 15px/1.5 sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
      table { border-collapse: collapse; margin: .6rem 0; font-size: 13px; }
      th, td { border-bottom: 1px solid #ddd; padding: .2rem .6rem; text-align: left; vertical-align: top; }
      th { border-bottom: 2px solid #888; } .right { text-align: right; white-space: nowrap; }
      td { overflow-wrap: anywhere; } .scroll { overflow-x: auto; } pre { font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
      svg { max-width: 100%; height: auto; border: 1px solid #ddd; }
      </style>
      """;

  private final Analysis analysis;
  private final StringBuilder page = new StringBuilder();

  private AnalysisHtml(Analysis analysis) {
    this.analysis = analysis;
  }

  /** The page. */
  public static String render(Analysis analysis) {
    AnalysisHtml html = new AnalysisHtml(analysis);
    html.write();
    return html.page.toString();
  }

  private void write() {
    AnalysisText text = new AnalysisText(analysis);
    String name = Svg.escape(analysis.subject().network().name());
    page.append(HEAD)
        .append("<title>")
        .append(name)
        .append(": operators and memory</title></head><body>\n<h1>")
        .append(name)
        .append("</h1>\n");
    lines(text.heading());
    analysis.plan().ifPresentOrElse(this::arena, this::noArena);
    heading("Operators");
    table(text.layers());
    heading("Kernel paths of %s on %s".formatted(analysis.library().id(), analysis.core().label()));
    table(text.paths());
    heading("Other kernel libraries");
    table(text.libraries());
    page.append("</body></html>\n");
  }

  private void arena(MemoryPlan plan) {
    heading("Arena over operators");
    page.append(ArenaSvg.render(plan));
    paragraph("Planned as " + RuntimeBuild.GENERATION + " does. " + analysis.planNote());
    lines(MemoryText.peak(plan));
    table(MemoryText.totalsTable(plan));
    if (!plan.complete()) {
      paragraph("Lower bounds: nothing is known of " + String.join(", ", plan.unknown()));
    }
    heading("What would lower the arena");
    if (analysis.advice().isEmpty()) {
      paragraph("No change is known.");
    } else {
      table(MemoryText.adviceTable(analysis.advice()));
    }
    heading("Tail of the arena, in the categories of the runtime's recording allocator");
    table(MemoryText.tailTable(plan));
    heading("Every buffer of the head");
    table(MemoryText.mapTable(plan));
  }

  private void noArena() {
    heading("No arena plan");
    paragraph(analysis.planNote());
  }

  private void heading(String words) {
    page.append("<h2>").append(Svg.escape(words)).append("</h2>\n");
  }

  private void lines(String words) {
    page.append("<pre>");
    words.lines().forEach(line -> page.append(Svg.escape(line)).append('\n'));
    page.append("</pre>\n");
  }

  private void paragraph(String words) {
    page.append("<p>").append(Svg.escape(words)).append("</p>\n");
  }

  private void table(TextTable table) {
    page.append("<div class=\"scroll\"><table>\n");
    row("th", table.titles(), table.aligns());
    table.rows().forEach(row -> row("td", row, table.aligns()));
    page.append("</table></div>\n");
  }

  private void row(String tag, List<String> cells, List<Align> aligns) {
    page.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String side = aligns.get(i) == Align.RIGHT ? " class=\"right\"" : "";
      page.append("<%s%s>%s</%s>".formatted(tag, side, Svg.escape(cells.get(i)), tag));
    }
    page.append("</tr>\n");
  }
}
