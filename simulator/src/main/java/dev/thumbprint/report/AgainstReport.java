package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.explain.Explanation;
import dev.thumbprint.explain.Explanation.LayerWhy;
import dev.thumbprint.explain.Parts;
import dev.thumbprint.report.TextTable.Align;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Two explanations side by side. */
public final class AgainstReport {
  private AgainstReport() {}

  /** Latency by layer where the layers are the same operators, by part of the work otherwise. */
  public static String text(Explanation one, Explanation other) {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("ms", Align.RIGHT)
            .column("against ms", Align.RIGHT)
            .column("ratio", Align.RIGHT)
            .column("path", Align.LEFT)
            .column("against path", Align.LEFT)
            .column("mostly by", Align.LEFT);
    if (comparable(one, other)) {
      for (int i = 0; i < one.layers().size(); i++) {
        LayerWhy here = one.layers().get(i);
        LayerWhy there = other.layers().get(i);
        row(
            table,
            Integer.toString(here.profile().index()),
            here.profile().work().operator().name(),
            here.profile().inferenceTimeMs(),
            there.profile().inferenceTimeMs(),
            here.profile().path(),
            there.profile().path(),
            cause(one, here.parts(), other, there.parts()));
      }
    }
    row(
        table,
        "",
        "all",
        one.profile().total().inferenceTimeMs(),
        other.profile().total().inferenceTimeMs(),
        "",
        "",
        cause(one, one.total(), other, other.total()));
    return "\nAgainst\n"
        + TableReport.heading(other.profile())
        + "\n"
        + table.render()
        + TableReport.missing(other.profile());
  }

  /** Adds the key {@code against}. */
  public static void addTo(ObjectNode root, Explanation one, Explanation other) {
    ObjectNode against = root.putObject("against");
    JsonReport.model(against.putObject("model"), other.profile().model());
    JsonReport.target(against.putObject("target"), other.profile().target());
    JsonReport.total(against.putObject("total"), other.profile());
    ArrayNode layers = against.putArray("layers");
    if (comparable(one, other)) {
      for (int i = 0; i < one.layers().size(); i++) {
        LayerWhy there = other.layers().get(i);
        ObjectNode layer = layers.addObject();
        JsonReport.layer(layer, there.profile());
        layer.put("mostly_by", cause(one, one.layers().get(i).parts(), other, there.parts()));
      }
    }
  }

  private static boolean comparable(Explanation one, Explanation other) {
    boolean same = one.layers().size() == other.layers().size();
    for (int i = 0; same && i < one.layers().size(); i++) {
      same =
          one.layers().get(i).profile().work().operator()
              == other.layers().get(i).profile().work().operator();
    }
    return same;
  }

  private static void row(
      TextTable table,
      String index,
      String operator,
      Metric here,
      Metric there,
      String path,
      String otherPath,
      String cause) {
    boolean both = here instanceof Estimate && there instanceof Estimate;
    table.row(
        index,
        operator,
        LayerTable.value(here),
        LayerTable.value(there),
        both
            ? String.format(
                Locale.ROOT, "%.2f", ((Estimate) there).value() / ((Estimate) here).value())
            : "-",
        path,
        otherPath.equals(path) ? "" : otherPath,
        cause);
  }

  /** The part of the work whose time differs most. */
  private static String cause(Explanation one, Parts here, Explanation other, Parts there) {
    double toMs = 1e3 / one.profile().target().clockHz();
    double otherToMs = 1e3 / other.profile().target().clockHz();
    Map<String, Double> others = there.toMap();
    String name = "";
    double most = 0;
    for (Map.Entry<String, Double> part : here.toMap().entrySet()) {
      double change = others.get(part.getKey()) * otherToMs - part.getValue() * toMs;
      if (Math.abs(change) > Math.abs(most)) {
        most = change;
        name = part.getKey().replace('_', ' ');
      }
    }
    return name.isEmpty()
        ? ""
        : "%s (%s%s ms)".formatted(name, most > 0 ? "+" : "", Numbers.significant(most));
  }
}
