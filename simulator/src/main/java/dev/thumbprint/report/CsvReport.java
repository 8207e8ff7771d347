package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.Profile;
import java.util.List;
import java.util.stream.Collectors;

/** The layers of a profile as CSV with stable columns, units in their names. */
public final class CsvReport {
  private static final List<String> COLUMNS =
      List.of(
          "index",
          "op",
          "name",
          "input_shape",
          "filter_shape",
          "output_shape",
          "macs",
          "path",
          "cycles",
          "cycles_low",
          "cycles_high",
          "inference_time_ms",
          "inference_time_ms_low",
          "inference_time_ms_high",
          "energy_uj",
          "energy_uj_low",
          "energy_uj_high",
          "share",
          "source");

  private final Profile profile;

  public CsvReport(Profile profile) {
    this.profile = profile;
  }

  /** Header and one line for each layer. */
  public String render() {
    return profile.layers().stream()
        .map(CsvReport::line)
        .collect(Collectors.joining("", String.join(",", COLUMNS) + "\n", ""));
  }

  private static String line(LayerProfile layer) {
    String source = layer.cycles() instanceof Estimate cycles ? cycles.source().label() : "";
    return String.join(
            ",",
            Integer.toString(layer.index()),
            layer.work().operator().name(),
            TableForms.csvCell(layer.name()),
            layer.work().input().toString(),
            layer.work().filter().toString(),
            layer.work().output().toString(),
            Long.toString(layer.work().macs()),
            TableForms.csvCell(layer.path()),
            cells(layer.cycles()),
            cells(layer.inferenceTimeMs()),
            cells(layer.energyUj()),
            layer.share().isPresent() ? Double.toString(layer.share().getAsDouble()) : "",
            source)
        + "\n";
  }

  private static String cells(Metric metric) {
    return metric instanceof Estimate e ? e.value() + "," + e.low() + "," + e.high() : ",,";
  }
}
