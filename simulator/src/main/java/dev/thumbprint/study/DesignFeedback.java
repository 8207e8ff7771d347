package dev.thumbprint.study;

import dev.thumbprint.advise.FamilyAdvice;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The adviser on the study's own sweeps: does following it gain what the recordings gained? */
final class DesignFeedback {
  private DesignFeedback() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Cases gains = new Cases(v -> Finding.of(v[1] < v[0], "%.4g to %.4g ms", v[0], v[1]));
    Chart chart =
        new Chart("Gain of the advised member", "simulated gain, ms", "recorded gain, ms")
            .logarithmic();
    List<List<String>> rows = new ArrayList<>();
    for (Sweep sweep : List.of(Sweep.DENSE, Sweep.CONVOLUTION, Sweep.DEPTHWISE, Sweep.SMALL)) {
      int layer = sweep.equals(Sweep.SMALL) ? sweep.layer() + 1 : sweep.layer();
      for (int kernel : sweep.kernels()) {
        SweepFigures figures = SweepFigures.of(lab, sweep, kernel, Kernels.CMSIS_NN, layer);
        String name = "%s K%d".formatted(sweep.prefix(), kernel);
        rows.add(follow(figures, name, gains, chart, rows.size()));
      }
    }
    gains.state(
        outcome,
        "gains",
        "The member that the adviser proposes takes less time than the one at hand",
        "the proposal comes from the simulation alone, the recordings judge it");
    outcome.sheet(
        "What the adviser finds on the sweeps (L4, CMSIS-NN, -Ofast)",
        List.of(
            "sweep",
            "members",
            "proposals",
            "recorded on both ends",
            "mean simulated gain",
            "mean recorded gain"),
        rows);
    pointwise(lab, outcome);
    outcome.plot("feedback", "Gain of the advised members", chart.render());
    outcome.note("The same for any network: ./thumbprint advise MODEL -b BOARD.");
  }

  private static List<String> follow(
      SweepFigures figures, String name, Cases gains, Chart chart, int colour) {
    Series.Builder dots = Series.of(name, Mark.DOTS, colour);
    int proposals = 0;
    int judged = 0;
    double simulatedGain = 0;
    double recordedGain = 0;
    for (int value : figures.values()) {
      FamilyAdvice advice = FamilyAdvice.of(value, figures::simulated).orElse(null);
      if (advice == null) {
        continue;
      }
      proposals++;
      int better = advice.better();
      gains.add(
          "%s %d to %d".formatted(name, value, better),
          figures.pick(false, value, better),
          figures.pick(true, value, better));
      double recorded = figures.recorded(value) - figures.recorded(better);
      if (!Double.isNaN(recorded)) {
        judged++;
        simulatedGain += advice.gainMs() / figures.simulated(value);
        recordedGain += recorded / figures.recorded(value);
        dots.add(advice.gainMs(), recorded, "%d to %d".formatted(value, better));
      }
    }
    if (judged > 0) {
      chart.add(dots);
    }
    return List.of(
        name,
        String.valueOf(figures.values().size()),
        String.valueOf(proposals),
        String.valueOf(judged),
        judged == 0 ? "" : Numbers.percent(simulatedGain / judged),
        judged == 0 ? "" : Numbers.percent(recordedGain / judged));
  }

  /** Depthwise 1x1 against convolution 1x1 of as many channels, for each multiply-accumulate. */
  private static void pointwise(Lab lab, Outcome.Builder outcome) {
    SweepFigures depthwise = SweepFigures.of(lab, Sweep.DEPTHWISE, 1, Kernels.CMSIS_NN);
    SweepFigures larger = SweepFigures.of(lab, Sweep.DEPTHWISE, 3, Kernels.CMSIS_NN);
    Cases dear =
        new Cases(v -> Finding.of(9 * v[0] > 2 * v[1], "%.2fx for each MAC", 9 * v[0] / v[1]));
    for (int value : depthwise.values()) {
      dear.add(
          String.format(Locale.ROOT, "%d channels", value),
          Cases.of(depthwise.recorded(value), larger.recorded(value)),
          Cases.of(depthwise.simulated(value), larger.simulated(value)));
    }
    dear.state(
        outcome,
        "no-pointwise",
        "Avoid depthwise 1x1: each multiply-accumulate costs more than twice that of 3x3");
  }
}
