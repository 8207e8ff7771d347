package dev.thumbprint.cli;

import dev.thumbprint.report.JsonText;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.report.TextTable;

/**
 * What a command lists.
 *
 * @param title what is listed
 * @param table one row for each entry
 * @param remark what follows the table on a terminal; may be empty
 * @param document the same as JSON, from maps and lists
 */
record Listing(String title, TextTable table, String remark, Object document) {

  String render(OutputMixin.Format format) {
    return switch (format) {
      case TABLE -> table.render() + remark;
      case JSON -> JsonText.of(document);
      case CSV -> TableForms.csv(table);
      case MD -> TableForms.markdown(table);
      case HTML -> TableForms.page(title, TableForms.html(table));
    };
  }
}
