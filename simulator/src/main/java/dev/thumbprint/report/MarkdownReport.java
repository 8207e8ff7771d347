package dev.thumbprint.report;

import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.TextTable.Align;
import java.util.stream.Collectors;

/** A profile as Markdown: the layer table, then the totals as the terminal shows them. */
public final class MarkdownReport {
  private final Profile profile;

  public MarkdownReport(Profile profile) {
    this.profile = profile;
  }

  /** The whole report. */
  public String render() {
    return "## %s on %s\n\n%s\n"
            .formatted(
                profile.model().name(),
                profile.target().board().title(),
                table(LayerTable.of(profile)))
        + "```\n"
        + new TableReport(profile).summary()
        + "```\n";
  }

  private static String table(TextTable table) {
    String titles = row(table.titles());
    String rule =
        table.aligns().stream()
            .map(align -> align == Align.RIGHT ? "--:" : "---")
            .collect(Collectors.joining(" | ", "| ", " |\n"));
    return table.rows().stream()
        .map(MarkdownReport::row)
        .collect(Collectors.joining("", titles + rule, ""));
  }

  private static String row(java.util.List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
