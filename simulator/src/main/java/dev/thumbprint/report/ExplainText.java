package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.explain.Explanation;
import dev.thumbprint.explain.Explanation.LayerWhy;
import dev.thumbprint.explain.Parts;
import dev.thumbprint.explain.Proposal;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.TextTable.Align;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An explanation for the terminal. */
public final class ExplainText {
  /**
   * Layers of a smaller share of the time are explained on request only; those whose share is not
   * known always.
   */
  private static final double SHARE_MIN = 0.05;

  private final Explanation explanation;

  public ExplainText(Explanation explanation) {
    this.explanation = explanation;
  }

  /**
   * Where the time goes, why, and what would help.
   *
   * @param all whether small layers are explained as well
   */
  public String render(boolean all) {
    StringBuilder text = new StringBuilder(TableReport.heading(explanation.profile()));
    text.append('\n').append(table().render());
    text.append(TableReport.missing(explanation.profile()));
    text.append("\nWhy\n");
    alike(all)
        .forEach(
            (why, layers) -> {
              text.append("  layer ").append(layers).append('\n');
              why.forEach(line -> text.append("    ").append(line).append('\n'));
            });
    text.append("\nWhat would help, each alone and priced by the same model\n");
    if (explanation.proposals().isEmpty()) {
      text.append("  nothing known that saves one per cent\n");
    }
    explanation.proposals().forEach(proposal -> text.append(line(proposal)));
    return text.toString();
  }

  /** Reasons with the layers that they hold for: networks repeat their blocks. */
  private Map<List<String>, String> alike(boolean all) {
    Map<List<String>, String> layers = new LinkedHashMap<>();
    for (LayerWhy layer : explanation.layers()) {
      if (all || layer.profile().share().orElse(1) >= SHARE_MIN) {
        layers.merge(
            layer.why(),
            layer.profile().index() + " (" + operator(layer) + ')',
            (before, one) -> before + ", " + one);
      }
    }
    return layers;
  }

  private static String line(Proposal proposal) {
    String energy =
        Double.isNaN(proposal.gainUj())
            ? ""
            : ", %s uJ".formatted(Numbers.significant(proposal.gainUj()));
    return "  saves %s ms%s: %s  [%s]\n"
        .formatted(
            Numbers.significant(proposal.advice().gainMs()),
            energy,
            proposal.advice().message(),
            proposal.advice().id());
  }

  private static String operator(LayerWhy layer) {
    return layer.profile().work().operator().name();
  }

  private TextTable table() {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("ms", Align.RIGHT)
            .column("share", Align.RIGHT);
    Parts.NONE.toMap().keySet().forEach(part -> table.column(part.replace('_', ' '), Align.RIGHT));
    for (LayerWhy layer : explanation.layers()) {
      row(
          table,
          Integer.toString(layer.profile().index()),
          operator(layer),
          layer.profile().inferenceTimeMs(),
          LayerTable.share(layer.profile()),
          layer.parts());
    }
    Profile profile = explanation.profile();
    boolean total = profile.total().cycles() instanceof Estimate;
    row(
        table,
        "",
        profile.partial() ? "all priced" : "all",
        profile.total().inferenceTimeMs(),
        "",
        total ? explanation.total() : Parts.NONE);
    return table;
  }

  private static void row(
      TextTable table, String index, String operator, Metric timeMs, String share, Parts parts) {
    Map<String, Double> map = parts.toMap();
    String[] cells = new String[4 + map.size()];
    cells[0] = index;
    cells[1] = operator;
    cells[2] = timeMs instanceof Estimate time ? Numbers.significant(time.value()) : "-";
    cells[3] = share;
    int i = 4;
    for (double cycles : map.values()) {
      double part = parts.total() > 0 ? cycles / parts.total() : 0;
      cells[i++] = part == 0 ? "" : Numbers.percent(part);
    }
    table.row(cells);
  }
}
