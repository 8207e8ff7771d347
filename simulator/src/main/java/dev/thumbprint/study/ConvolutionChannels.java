package dev.thumbprint.study;

import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;

/** Table 4 and Fig. 5, convolutions: 100 to 120 channels into 60 filters on 32x32. */
final class ConvolutionChannels {
  private static final double[] PUBLISHED = {6.0, 6.7};
  private static final double PIXELS = 32 * 32;
  private static final int FILTERS = 60;
  private static final double MILLION = 1e6;

  private ConvolutionChannels() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Cases parity = new Cases(Parity::judge);
    Cases correlation = new Cases(v -> Finding.of(v[0] < 0.85, "r = %.2f", v[0]));
    Chart chart = new Chart("Convolution, L4, CMSIS-NN", "operations, million", "latency, ms");
    chart.logarithmic();
    Chart channels = new Chart("Parity of channels, L4, CMSIS-NN", "channels", "ms per channel");
    for (int i = 0; i < Sweep.CONVOLUTION.kernels().size(); i++) {
      int kernel = Sweep.CONVOLUTION.kernels().get(i);
      SweepFigures optimised = SweepFigures.of(lab, Sweep.CONVOLUTION, kernel, Kernels.CMSIS_NN);
      SweepFigures reference = SweepFigures.of(lab, Sweep.CONVOLUTION, kernel, Kernels.REFERENCE);
      String window = kernel + "x" + kernel;
      optimised.compare(outcome, "L4 CMSIS-NN " + window + ", %d channels");
      reference.compare(outcome, "L4 reference " + window + ", %d channels");
      // The authors count K * K + 1 operations for each input channel.
      Speedups.Macs macs = v -> PIXELS * FILTERS * v * (kernel * kernel + 1.0);
      new Speedups(optimised, reference)
          .report(outcome, "conv" + kernel, "convolution " + window, PUBLISHED[i], macs);
      Parity.steps(parity, optimised, window + ", %d channels");
      correlation.add(
          window,
          Cases.of(correlation(optimised, false, macs)),
          Cases.of(correlation(optimised, true, macs)));
      chart.add(operations(window + " recorded", Mark.DOTS, i, optimised, macs));
      chart.add(operations(window + " simulated", Mark.RINGS, i, optimised, macs));
      double scale = kernel * kernel;
      channels.add(perChannel(window + " recorded", Mark.DOTS, i, optimised, scale));
      channels.add(perChannel(window + " simulated", Mark.LINE, i, optimised, scale));
    }
    parity.state(
        outcome,
        "parity",
        "Multiples of 4 take less time than even, even less than odd, at every step");
    correlation.state(
        outcome,
        "correlation",
        "Inside the window, latency and number of operations correlate at only about 0.8 (below"
            + " 0.85)");
    outcome.plot("parity", "Time per channel (3x3: a ninth)", channels.render());
    outcome.plot("operations", "Latency against operations", chart.render());
  }

  private static double correlation(SweepFigures figures, boolean simulation, Speedups.Macs macs) {
    Line line = new Line();
    for (int value : figures.values()) {
      line.add(macs.of(value), simulation ? figures.simulated(value) : figures.recorded(value));
    }
    return line.correlation();
  }

  private static Series operations(
      String name, Mark mark, int colour, SweepFigures figures, Speedups.Macs macs) {
    Series.Builder series = Series.of(name, mark, colour);
    for (int value : figures.values()) {
      double ms = mark == Mark.DOTS ? figures.recorded(value) : figures.simulated(value);
      series.add(macs.of(value) / MILLION, ms, value + " channels");
    }
    return series.build();
  }

  private static Series perChannel(
      String name, Mark mark, int colour, SweepFigures figures, double scale) {
    Series.Builder series = Series.of(name, mark, colour);
    for (int value : figures.values()) {
      double ms = mark == Mark.DOTS ? figures.recorded(value) : figures.simulated(value);
      series.add(value, ms / value / scale);
    }
    return series.build();
  }
}
