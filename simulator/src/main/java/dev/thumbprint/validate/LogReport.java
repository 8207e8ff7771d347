package dev.thumbprint.validate;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.JsonText;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A profile beside a log of the real device, layer by layer. */
public final class LogReport {
  private final Profile profile;
  private final double[] cycles;

  /**
   * A report.
   *
   * @param cycles recorded cycles of each layer
   */
  public LogReport(Profile profile, double[] cycles) {
    this.profile = profile;
    this.cycles = cycles.clone();
  }

  /** One row for each layer, and one for all. */
  public TextTable table() {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("recorded cycles", Align.RIGHT)
            .column("predicted", Align.RIGHT)
            .column("error", Align.RIGHT)
            .column("in 90 %", Align.LEFT);
    for (Map<String, Object> row : rows()) {
      table.row(
          String.valueOf(row.get("index")),
          String.valueOf(row.get("op")),
          Numbers.significant((double) row.get("recorded_cycles")),
          row.get("predicted_cycles") == null
              ? "-"
              : Numbers.significant((double) row.get("predicted_cycles")),
          row.get("error_pct") == null
              ? ""
              : String.format(Locale.ROOT, "%+.1f %%", (double) row.get("error_pct")),
          row.get("in_interval") == null ? "" : row.get("in_interval").equals(true) ? "yes" : "no");
    }
    return table;
  }

  /** The rows and the mean absolute error as JSON, with a line end. */
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema_version", "1.0");
    root.put("model", profile.model().name());
    root.put("board", profile.target().board().id());
    root.put("kernels", profile.target().kernels().toString());
    root.put("rows", rows());
    root.put("mean_absolute_error_pct", meanPct());
    return JsonText.of(root);
  }

  /** Mean absolute error of the layers, weighted by nothing; NaN where none was priced. */
  public double meanPct() {
    return rows().stream()
        .filter(row -> row.get("error_pct") != null && !row.get("index").equals("all"))
        .mapToDouble(row -> Math.abs((double) row.get("error_pct")))
        .average()
        .orElse(Double.NaN);
  }

  private List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < cycles.length; i++) {
      LayerProfile layer = profile.layers().get(i);
      rows.add(
          row(
              Integer.toString(layer.index()),
              layer.work().operator().name(),
              cycles[i],
              layer.cycles() instanceof Estimate e ? e : null));
      sum += cycles[i];
    }
    rows.add(row("all", "network", sum, profile.total().cycles() instanceof Estimate e ? e : null));
    return rows;
  }

  private static Map<String, Object> row(String index, String op, double cycles, Estimate found) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("index", index);
    row.put("op", op);
    row.put("recorded_cycles", cycles);
    row.put("predicted_cycles", found == null ? null : (Object) found.value());
    row.put("low", found == null ? null : (Object) found.low());
    row.put("high", found == null ? null : (Object) found.high());
    boolean judged = found != null && cycles > 0;
    row.put("error_pct", judged ? (Object) (100 * (found.value() / cycles - 1)) : null);
    row.put(
        "in_interval", judged ? (Object) (found.low() <= cycles && cycles <= found.high()) : null);
    return row;
  }
}
