package dev.thumbprint.report;

import java.util.ArrayList;
import java.util.List;

/** Lays out rows of cells in columns of equal width for a terminal. */
public final class TextTable {
  /** On which side a column is padded. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private final List<String> titles = new ArrayList<>();
  private final List<Align> aligns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column. */
  public TextTable column(String title, Align align) {
    titles.add(title);
    aligns.add(align);
    return this;
  }

  /** Adds a row with one cell for each column. */
  public TextTable row(String... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, titles.size()));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The titles of the columns. */
  public List<String> titles() {
    return List.copyOf(titles);
  }

  /** The rows in the order in which they were added. */
  public List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** The side on which each column is padded. */
  public List<Align> aligns() {
    return List.copyOf(aligns);
  }

  /** The table as lines without trailing blanks. */
  public String render() {
    int[] widths = new int[titles.size()];
    widen(widths, titles);
    rows.forEach(row -> widen(widths, row));
    StringBuilder text = new StringBuilder();
    line(text, widths, titles);
    rows.forEach(row -> line(text, widths, row));
    return text.toString();
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private void line(StringBuilder text, int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : "  ")
          .append(aligns.get(i) == Align.RIGHT ? pad + cells.get(i) : cells.get(i) + pad);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
