package dev.thumbprint.study;

import java.util.List;

/**
 * A table of a row.
 *
 * @param title what it shows
 * @param columns titles of the columns
 * @param rows cells, one for each column; the first column is text, the others are figures
 */
public record Sheet(String title, List<String> columns, List<List<String>> rows) {
  public Sheet {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "%s: %d cells for %d columns".formatted(title, row.size(), columns.size()));
      }
    }
  }
}
