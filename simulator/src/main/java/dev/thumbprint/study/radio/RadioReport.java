package dev.thumbprint.study.radio;

import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The comparison of links as text, JSON, CSV, Markdown and a page. */
public final class RadioReport {
  private static final String SCHEMA_VERSION = "1.0";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String NOTE =
      "Sending covers the transmission alone (arXiv:2104.10645): no connection set-up, no"
          + " acknowledgement, no listening. No recording validates it.";

  private static final String MARKS =
      "The marks show from which input on computing pays: they lie above the line of computing by"
          + " what sending the result takes.";

  private final RadioComparison comparison;

  public RadioReport(RadioComparison comparison) {
    this.comparison = comparison;
  }

  /** For a terminal. */
  public String text() {
    return head() + "\n\n" + table().render() + "\n" + NOTE + "\n";
  }

  private TextTable table() {
    TextTable table = new TextTable();
    for (int i = 0; i < columns().size(); i++) {
      table.column(columns().get(i), i == 0 ? Align.LEFT : Align.RIGHT);
    }
    comparison.choices().forEach(choice -> table.row(cells(choice).toArray(String[]::new)));
    return table;
  }

  /** As Markdown. */
  public String markdown() {
    return head() + "\n\n" + TableForms.markdown(table()) + "\n" + NOTE + "\n";
  }

  /** As a page, with the plot of the crossovers. */
  public String html() {
    return TableForms.page(
        comparison.model() + " on " + comparison.target().board().title(),
        TableForms.paragraph(head())
            + TableForms.html(table())
            + "<figure>\n"
            + RadioChart.render(comparison)
            + "</figure>\n"
            + TableForms.paragraph(MARKS)
            + TableForms.paragraph(NOTE));
  }

  /** As CSV. */
  public String csv() {
    StringBuilder csv =
        new StringBuilder(
            "radio,send_low_uj,send_high_uj,compute_uj,compute_low_uj,compute_high_uj,"
                + "crossover_low_bytes,crossover_high_bytes,better\n");
    for (RadioChoice choice : comparison.choices()) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g,%s%n",
              choice.radio().name(),
              choice.sendLowUj(),
              choice.sendHighUj(),
              choice.computeUj().value(),
              choice.computeUj().low(),
              choice.computeUj().high(),
              choice.crossoverBytesLeast(),
              choice.crossoverBytesMost(),
              choice.better()));
    }
    return csv.toString();
  }

  /** As JSON; docs/schema/radio.schema.json describes the form. */
  public String json(String version, String commit) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema_version", SCHEMA_VERSION);
    root.putObject("tool").put("name", "thumbprint").put("version", version).put("commit", commit);
    root.put("model", comparison.model());
    root.putObject("target")
        .put("board", comparison.target().board().id())
        .put("clock_hz", comparison.target().clockHz())
        .put("kernels", comparison.target().kernels().toString())
        .put("opt", comparison.target().opt().label());
    root.put("input_bytes", comparison.inputBytes()).put("result_bytes", comparison.resultBytes());
    root.putObject("compute_energy")
        .put("value", comparison.computeUj().value())
        .put("low", comparison.computeUj().low())
        .put("high", comparison.computeUj().high())
        .put("unit", "uJ")
        .put("source", comparison.computeUj().source().name().toLowerCase(Locale.ROOT));
    ArrayNode radios = root.putArray("radios");
    for (RadioChoice choice : comparison.choices()) {
      ObjectNode node = radios.addObject().put("name", choice.radio().name());
      range(node.putObject("send_energy"), choice.sendLowUj(), choice.sendHighUj(), "uJ");
      range(
          node.putObject("crossover"),
          choice.crossoverBytesLeast(),
          choice.crossoverBytesMost(),
          "bytes");
      node.put("better", choice.better().toString());
    }
    root.put("note", NOTE);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void range(ObjectNode node, double low, double high, String unit) {
    node.put("low", low).put("high", high).put("unit", unit);
  }

  private String head() {
    return "%s on %s: computing takes %s uJ (90 %%: %s .. %s); input %s bytes, result %s bytes"
        .formatted(
            comparison.model(),
            comparison.target().board().title(),
            Numbers.significant(comparison.computeUj().value()),
            Numbers.significant(comparison.computeUj().low()),
            Numbers.significant(comparison.computeUj().high()),
            Numbers.grouped(comparison.inputBytes()),
            Numbers.grouped(comparison.resultBytes()));
  }

  private static List<String> columns() {
    return List.of("radio", "sending the input, uJ", "computing pays from, bytes", "better");
  }

  private List<String> cells(RadioChoice choice) {
    return List.of(
        choice.radio().name(),
        between(choice.sendLowUj(), choice.sendHighUj()),
        between(choice.crossoverBytesLeast(), choice.crossoverBytesMost()),
        choice.better().toString());
  }

  private static String between(double low, double high) {
    return Numbers.significant(low) + " .. " + Numbers.significant(high);
  }
}
