package dev.thumbprint.study;

import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;

/** Figs. 4 and 9: the sawtooth over the inputs of a dense layer, and the line over its outputs. */
final class DenseSawtooth {
  private static final int PERIOD = 16;

  /** The layer of 450 inputs whose outputs vary. */
  private static final int OUTPUTS_LAYER = 4;

  /** Correlation from which points count as a straight line. */
  private static final double STRAIGHT = 0.99;

  private DenseSawtooth() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    SweepFigures inputs = SweepFigures.of(lab, Sweep.DENSE, 0, Kernels.CMSIS_NN);
    SweepFigures outputs = SweepFigures.of(lab, Sweep.DENSE, 0, Kernels.CMSIS_NN, OUTPUTS_LAYER);
    inputs.compare(outcome, "L4, %d inputs, 450 units");
    outputs.compare(outcome, "L4, second layer, 450 inputs, %d units");
    Cases teeth = new Cases(v -> Finding.of(v[0] < v[1], "%.4g against %.4g ms", v[0], v[1]));
    Cases least = new Cases(v -> Finding.of(least(v) == 0, "%.4g ms", v[0]));
    for (int value : inputs.values()) {
      if (value % PERIOD == 0) {
        teeth.add(
            "%d against %d inputs".formatted(value, value - 1),
            inputs.pick(false, value, value - 1),
            inputs.pick(true, value, value - 1));
        int[] window = new int[Math.min(PERIOD, Sweep.DENSE.last() + 1 - value)];
        for (int i = 0; i < window.length; i++) {
          window[i] = value + i;
        }
        least.add(value + " inputs", known(inputs.pick(false, window)), inputs.pick(true, window));
      }
    }
    teeth.state(outcome, "teeth", "Each multiple of 16 inputs takes less time than one input less");
    least.state(outcome, "period", "The least time of each 16 is at the multiple of 16");
    Cases longer = new Cases(v -> Finding.of(Math.round(100 * (v[0] - 1)) >= 25, "%.2fx", v[0]));
    longer.add("best pair", Cases.of(gain(inputs, false)), Cases.of(gain(inputs, true)));
    longer.state(outcome, "longer", "A longer input can be 25 % faster than a shorter one");
    Cases straight = new Cases(v -> Finding.of(v[0] >= STRAIGHT, "r = %.4f", v[0]));
    straight.add(
        "450 inputs", Cases.of(correlation(outputs, false)), Cases.of(correlation(outputs, true)));
    straight.state(outcome, "outputs", "The time is linear in the outputs (r of 0.99 or more)");
    Chart chart = new Chart("Sawtooth of period 16, L4, CMSIS-NN", "inputs", "latency, ms");
    chart.add(inputs.recordedSeries("inputs, recorded", 0));
    chart.add(inputs.simulatedSeries("inputs, simulated", 0));
    chart.add(outputs.recordedSeries("outputs, recorded", 1));
    chart.add(outputs.simulatedSeries("outputs, simulated", 1));
    outcome.plot("sawtooth", "Latency against inputs and outputs", chart.render());
  }

  /** Values after unknown ones are dropped, the first one kept: a gap in a series says nothing. */
  private static double[] known(double[] values) {
    double[] copy = values.clone();
    for (int i = 1; i < copy.length; i++) {
      copy[i] = Double.isNaN(copy[i]) ? Double.POSITIVE_INFINITY : copy[i];
    }
    return copy;
  }

  private static int least(double... values) {
    int least = 0;
    for (int i = 1; i < values.length; i++) {
      least = values[i] < values[least] ? i : least;
    }
    return least;
  }

  private static double gain(SweepFigures figures, boolean simulation) {
    double best = 0;
    double slowest = 0;
    for (int value : figures.values()) {
      double ms = simulation ? figures.simulated(value) : figures.recorded(value);
      if (!Double.isNaN(ms)) {
        best = Math.max(best, slowest / ms);
        slowest = Math.max(slowest, ms);
      }
    }
    return best;
  }

  private static double correlation(SweepFigures figures, boolean simulation) {
    Line line = new Line();
    for (int value : figures.values()) {
      line.add(value, simulation ? figures.simulated(value) : figures.recorded(value));
    }
    return line.correlation();
  }
}
