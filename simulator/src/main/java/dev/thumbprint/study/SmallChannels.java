package dev.thumbprint.study;

import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;

/** Four convolutions of 1 to 16 filters on 64x64, windows of 1 to 7. */
final class SmallChannels {
  private static final int LAYERS = 4;

  private SmallChannels() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Cases first = new Cases(v -> Finding.of(v[0] >= v[1], "%.3g against %.3g ms", v[0], v[1]));
    Cases perMac =
        new Cases(v -> Finding.of(v[0] > v[1] / v[2], "%.3g against %.3g ms", v[0], v[1] / v[2]));
    Cases cliffs = new Cases(v -> Finding.of(v[0] < v[1], "%.3g against %.3g ms", v[0], v[1]));
    Chart chart =
        new Chart("Small channel counts, second layer, L4, CMSIS-NN", "filters", "latency, ms");
    chart.logarithmic();
    for (int kernel : Sweep.SMALL.kernels()) {
      SweepFigures[] layers = new SweepFigures[LAYERS];
      for (int layer = 0; layer < LAYERS; layer++) {
        int operator = Sweep.SMALL.layer() + layer;
        layers[layer] = SweepFigures.of(lab, Sweep.SMALL, kernel, Kernels.CMSIS_NN, operator);
        String what = "L4 %1$dx%1$d layer %2$d, ".formatted(kernel, layer + 1);
        layers[layer].compare(outcome, what + "%d filters");
      }
      for (int filters : Sweep.SMALL.values()) {
        String where = "%1$dx%1$d, %2$d filters".formatted(kernel, filters);
        double[] recorded =
            Cases.of(layers[0].recorded(filters), layers[1].recorded(filters), filters);
        double[] simulated =
            Cases.of(layers[0].simulated(filters), layers[1].simulated(filters), filters);
        first.add(where, recorded, simulated);
        if (filters > 1) {
          perMac.add(where, recorded, simulated);
        }
        if (kernel == 1 && filters % 4 == 0) {
          cliffs.add(
              "%d against %d filters".formatted(filters, filters - 1),
              layers[1].pick(false, filters, filters - 1),
              layers[1].pick(true, filters, filters - 1));
        }
      }
      chart.add(dots(kernel, layers[1]));
      chart.add(layers[1].simulatedSeries("", kernel - 1));
    }
    first.state(
        outcome,
        "first-longest",
        "The first layer takes the longest of the four",
        "true where few filters make the later layers small; it has one input channel, they have as"
            + " many as filters");
    perMac.state(
        outcome,
        "first-dearest",
        "The first layer is the dearest for each multiply-accumulate (more than one filter)");
    cliffs.state(
        outcome, "cliffs", "1x1: a multiple of 4 filters takes less time than one filter less");
    outcome.note("Lines are simulated, dots recorded; not every member of the sweep was recorded.");
    outcome.plot("small-channels", "Latency against filters", chart.render());
  }

  private static Series dots(int kernel, SweepFigures figures) {
    Series.Builder series = Series.of("%1$dx%1$d".formatted(kernel), Mark.DOTS, kernel - 1);
    for (int filters : figures.values()) {
      series.add(filters, figures.recorded(filters));
    }
    return series.build();
  }
}
