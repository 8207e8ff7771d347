package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.TextTable.Align;

/** The layer table of a profile, for the terminal and for Markdown. */
final class LayerTable {
  private LayerTable() {}

  static TextTable of(Profile profile) {
    TextTable table =
        new TextTable()
            .column("#", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("output", Align.LEFT)
            .column("MACs", Align.RIGHT)
            .column("kernel path", Align.LEFT)
            .column("cycles", Align.RIGHT)
            .column("ms", Align.RIGHT)
            .column("90 % interval", Align.LEFT)
            .column("uJ", Align.RIGHT)
            .column("share", Align.RIGHT);
    for (LayerProfile layer : profile.layers()) {
      table.row(
          Integer.toString(layer.index()),
          layer.work().operator().name(),
          layer.work().output().toString(),
          layer.work().macs() == 0 ? "" : Numbers.grouped(layer.work().macs()),
          layer.path(),
          value(layer.cycles()),
          value(layer.inferenceTimeMs()),
          interval(layer.inferenceTimeMs()),
          value(layer.energyUj()),
          share(layer));
    }
    return table;
  }

  static String value(Metric metric) {
    return metric instanceof Estimate estimate ? Numbers.significant(estimate.value()) : "-";
  }

  static String share(LayerProfile layer) {
    return layer.share().isPresent() ? Numbers.percent(layer.share().getAsDouble()) : "-";
  }

  static String interval(Metric metric) {
    return metric instanceof Estimate estimate
        ? Numbers.significant(estimate.low()) + " .. " + Numbers.significant(estimate.high())
        : "";
  }
}
