package dev.thumbprint.report;

import dev.thumbprint.report.TextTable.Align;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table in the forms that other programs read. */
public final class TableForms {
  private TableForms() {}

  /** Markdown, with a header and a rule. */
  public static String markdown(TextTable table) {
    String rule =
        table.aligns().stream()
            .map(align -> align == Align.RIGHT ? "--:" : "---")
            .collect(Collectors.joining(" | ", "| ", " |\n"));
    return line(table.titles(), "| ", " | ", " |\n", TableForms::markdownCell)
        + rule
        + lines(table, "| ", " | ", " |\n", TableForms::markdownCell);
  }

  /** CSV as RFC 4180 has it, with a header. */
  public static String csv(TextTable table) {
    return line(table.titles(), "", ",", "\n", TableForms::csvCell)
        + lines(table, "", ",", "\n", TableForms::csvCell);
  }

  /** A table element, and nothing around it. */
  public static String html(TextTable table) {
    StringBuilder html = new StringBuilder("<table>\n");
    cells(html, "th", table.titles(), table.aligns());
    table.rows().forEach(row -> cells(html, "td", row, table.aligns()));
    return html.append("</table>\n").toString();
  }

  private static void cells(
      StringBuilder html, String element, List<String> cells, List<Align> aligns) {
    html.append("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      html.append('<').append(element);
      html.append(aligns.get(i) == Align.RIGHT ? " class=\"n\">" : ">");
      html.append(escaped(cells.get(i))).append("</").append(element).append('>');
    }
    html.append("</tr>\n");
  }

  /**
   * A page that needs nothing else, around an HTML fragment.
   *
   * @param body HTML; texts in it are escaped
   */
  public static String page(String title, String body) {
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        body { font: 14px/1.45 system-ui, sans-serif; max-width: 75rem; margin: 1.5rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { border-bottom: 1px solid #ccc; padding: .2rem .6rem; text-align: left; vertical-align: top; }
        td.n, th.n { text-align: right; }
        svg { max-width: 100%%; height: auto; }
        </style></head><body>
        """
            .formatted(escaped(title))
        + body
        + "</body></html>\n";
  }

  /** A paragraph of HTML, the text escaped. */
  public static String paragraph(String text) {
    return "<p>" + escaped(text) + "</p>\n";
  }

  /** Text as it stands in HTML. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A cell of a CSV file, in quotes where it needs them. */
  public static String csvCell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String markdownCell(String text) {
    return text.replace("|", "\\|");
  }

  private static String lines(
      TextTable table, String before, String between, String after, Function<String, String> cell) {
    return table.rows().stream()
        .map(row -> line(row, before, between, after, cell))
        .collect(Collectors.joining());
  }

  private static String line(
      List<String> cells,
      String before,
      String between,
      String after,
      Function<String, String> cell) {
    return cells.stream().map(cell).collect(Collectors.joining(between, before, after));
  }
}
