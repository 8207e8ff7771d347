package dev.thumbprint.compare;

import dev.thumbprint.compare.ProfileDocument.Layer;
import dev.thumbprint.report.JsonText;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** A comparison as text, table and JSON. */
public final class ComparisonReport {
  private static final String SCHEMA_VERSION = "1.0";
  private static final Map<String, String> UNITS =
      Map.of(
          "cycles", "",
          "inference_time", "ms",
          "energy", "uJ",
          "arena", "bytes",
          "ram", "bytes",
          "flash", "bytes");

  private final Comparison comparison;

  public ComparisonReport(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Settings, figures of the network and layers that differ. */
  public String text() {
    StringBuilder text = new StringBuilder();
    String before = comparison.before().model();
    String after = comparison.after().model();
    text.append(before.equals(after) ? before : before + " against " + after).append('\n');
    comparison
        .settings()
        .forEach(
            (key, values) ->
                text.append("  %s: %s, now %s\n".formatted(key, values.get(0), values.get(1))));
    TextTable totals =
        new TextTable()
            .column("total", Align.LEFT)
            .column("before", Align.RIGHT)
            .column("after", Align.RIGHT)
            .column("change", Align.RIGHT);
    for (String key : ProfileDocument.TOTALS) {
      totals.row(
          key.replace('_', ' ') + (UNITS.get(key).isEmpty() ? "" : ", " + UNITS.get(key)),
          shown(comparison.before().totals().get(key)),
          shown(comparison.after().totals().get(key)),
          percent(comparison.growth(key)));
    }
    return text.append('\n')
        .append(totals.render())
        .append('\n')
        .append(layers().render())
        .toString();
  }

  /** One row for each layer. */
  public TextTable layers() {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("before ms", Align.RIGHT)
            .column("after ms", Align.RIGHT)
            .column("change", Align.RIGHT)
            .column("before uJ", Align.RIGHT)
            .column("after uJ", Align.RIGHT)
            .column("what changed", Align.LEFT);
    for (Comparison.Pair pair : comparison.pairs()) {
      Layer one = pair.before() == null ? pair.after() : pair.before();
      table.row(
          Integer.toString(one.index()),
          one.op(),
          pair.before() == null ? "" : shown(pair.before().timeMs()),
          pair.after() == null ? "" : shown(pair.after().timeMs()),
          percent(growth(pair)),
          pair.before() == null ? "" : shown(pair.before().energyUj()),
          pair.after() == null ? "" : shown(pair.after().energyUj()),
          changed(pair));
    }
    return table;
  }

  private static OptionalDouble growth(Comparison.Pair pair) {
    boolean both =
        pair.before() != null
            && pair.after() != null
            && pair.before().timeMs().isPresent()
            && pair.after().timeMs().isPresent()
            && pair.before().timeMs().getAsDouble() > 0;
    return both
        ? OptionalDouble.of(
            pair.after().timeMs().getAsDouble() / pair.before().timeMs().getAsDouble() - 1)
        : OptionalDouble.empty();
  }

  private static String changed(Comparison.Pair pair) {
    if (pair.before() == null || pair.after() == null) {
      return pair.before() == null ? "new" : "gone";
    }
    List<String> changed = new ArrayList<>();
    if (!pair.before().shapes().equals(pair.after().shapes())) {
      changed.add("shapes");
    }
    if (!pair.before().path().equals(pair.after().path())) {
      changed.add("path %s, was %s".formatted(pair.after().path(), pair.before().path()));
    }
    return String.join("; ", changed);
  }

  private static String shown(OptionalDouble value) {
    return value.isPresent() ? Numbers.significant(value.getAsDouble()) : "-";
  }

  private static String percent(OptionalDouble growth) {
    return growth.isPresent()
        ? String.format(Locale.ROOT, "%+.1f %%", 100 * growth.getAsDouble())
        : "";
  }

  /** The comparison as JSON, with a line end. */
  public String json(List<String> failed) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema_version", SCHEMA_VERSION);
    root.put("before", comparison.before().model());
    root.put("after", comparison.after().model());
    root.put("settings", comparison.settings());
    Map<String, Object> totals = new LinkedHashMap<>();
    for (String key : ProfileDocument.TOTALS) {
      totals.put(
          key,
          change(
              comparison.before().totals().get(key),
              comparison.after().totals().get(key),
              comparison.growth(key)));
    }
    root.put("total", totals);
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Comparison.Pair pair : comparison.pairs()) {
      Map<String, Object> layer = new LinkedHashMap<>();
      layer.put("before_index", pair.before() == null ? null : pair.before().index());
      layer.put("after_index", pair.after() == null ? null : pair.after().index());
      layer.put("op", (pair.before() == null ? pair.after() : pair.before()).op());
      layer.put(
          "inference_time_ms",
          change(
              pair.before() == null ? OptionalDouble.empty() : pair.before().timeMs(),
              pair.after() == null ? OptionalDouble.empty() : pair.after().timeMs(),
              growth(pair)));
      layer.put("what_changed", changed(pair));
      layers.add(layer);
    }
    root.put("layers", layers);
    root.put("failed", failed);
    return JsonText.of(root);
  }

  private static Map<String, Object> change(
      OptionalDouble before, OptionalDouble after, OptionalDouble growth) {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("before", orNull(before));
    change.put("after", orNull(after));
    boolean finite = growth.isPresent() && Double.isFinite(growth.getAsDouble());
    change.put("change_pct", finite ? (Object) (100 * growth.getAsDouble()) : null);
    return change;
  }

  private static Object orNull(OptionalDouble value) {
    return value.isPresent() ? (Object) value.getAsDouble() : null;
  }
}
