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
    return "<table>\n"
        + line(table.titles(), "<tr><th>", "</th><th>", "</th></tr>\n", TableForms::escaped)
        + lines(table, "<tr><td>", "</td><td>", "</td></tr>\n", TableForms::escaped)
        + "</table>\n";
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
