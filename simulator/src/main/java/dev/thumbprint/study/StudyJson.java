package dev.thumbprint.study;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The outcome of the study as JSON; docs/schema/study.schema.json describes the form. */
public final class StudyJson {
  private static final String SCHEMA_VERSION = "1.0";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private StudyJson() {}

  /** The whole outcome, indented. */
  public static String of(List<Outcome> outcomes, String version, String commit) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema_version", SCHEMA_VERSION);
    root.putObject("tool").put("name", "thumbprint").put("version", version).put("commit", commit);
    root.put("study", "heim2021").put("paper", Study.PAPER);
    ArrayNode rows = root.putArray("rows");
    outcomes.forEach(outcome -> row(rows.addObject(), outcome));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void row(ObjectNode node, Outcome outcome) {
    Experiment row = outcome.experiment();
    node.put("row", row.row())
        .put("id", row.id())
        .put("title", row.title())
        .put("item", row.item());
    ArrayNode statements = node.putArray("statements");
    for (Statement one : outcome.statements()) {
      ObjectNode statement = statements.addObject();
      statement.put("id", one.id()).put("text", one.text());
      side(statement.putObject("recorded"), one.recorded());
      side(statement.putObject("simulated"), one.simulated());
      statement.put("explanation", one.explanation());
    }
    ArrayNode figures = node.putArray("figures");
    outcome.comparisons().forEach(one -> figure(figures.addObject(), one));
    ArrayNode sheets = node.putArray("tables");
    for (Sheet sheet : outcome.sheets()) {
      ObjectNode table = sheets.addObject().put("title", sheet.title());
      ArrayNode columns = table.putArray("columns");
      sheet.columns().forEach(columns::add);
      ArrayNode lines = table.putArray("rows");
      sheet
          .rows()
          .forEach(
              cells -> {
                ArrayNode line = lines.addArray();
                cells.forEach(line::add);
              });
    }
    ArrayNode plots = node.putArray("plots");
    outcome
        .plots()
        .forEach(plot -> plots.addObject().put("name", plot.name()).put("title", plot.title()));
    ArrayNode notes = node.putArray("notes");
    outcome.notes().forEach(notes::add);
  }

  private static void side(ObjectNode node, List<Check> checks) {
    node.put("verdict", Check.verdict(checks).name().toLowerCase(Locale.ROOT))
        .put("held", Check.held(checks))
        .put("cases", checks.size());
  }

  private static void figure(ObjectNode node, Comparison one) {
    node.put("what", one.what()).put("unit", one.unit());
    one.recorded().ifPresent(value -> node.put("recorded", value));
    metric(node.putObject("simulated"), one.simulated());
    if (one.both()) {
      node.put("error_pct", 100 * one.error()).put("in_interval", one.inInterval());
    }
  }

  private static void metric(ObjectNode node, Metric metric) {
    switch (metric) {
      case Estimate estimate ->
          node.put("value", estimate.value())
              .put("low", estimate.low())
              .put("high", estimate.high())
              .put("source", estimate.source().name().toLowerCase(Locale.ROOT));
      case Unavailable none -> node.put("availability", "unavailable").put("reason", none.reason());
    }
  }
}
