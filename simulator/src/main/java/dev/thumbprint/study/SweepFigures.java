package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Latency of the operator that a sweep looks at, by the value of its parameter, in ms.
 *
 * @param recorded recordings, NaN where there is none
 * @param simulated simulations with their intervals
 */
record SweepFigures(Map<Integer, Double> recorded, Map<Integer, Metric> simulated) {

  /** The operator of a sweep on L4 at -Ofast. */
  static SweepFigures of(Lab lab, Sweep sweep, int kernel, Kernels kernels) {
    return of(lab, sweep, kernel, kernels, sweep.layer());
  }

  /** Any operator of a sweep on L4 at -Ofast. */
  static SweepFigures of(Lab lab, Sweep sweep, int kernel, Kernels kernels, int layer) {
    Setup setup = Setup.fast(StudyBoard.L4, kernels);
    Map<Integer, Double> recorded = new TreeMap<>();
    Map<Integer, Metric> simulated = new TreeMap<>();
    for (int value : sweep.values()) {
      recorded.put(value, orNan(lab.sweepMs(sweep, value, kernel, setup, layer)));
      simulated.put(value, lab.simulate(sweep, value, kernel, setup).latencyMs(layer));
    }
    return new SweepFigures(recorded, simulated);
  }

  /** The values of the parameter. */
  List<Integer> values() {
    return List.copyOf(simulated.keySet());
  }

  /** Recorded latency, NaN where there is none. */
  double recorded(int value) {
    return recorded.getOrDefault(value, Double.NaN);
  }

  /** Simulated latency, NaN where there is none. */
  double simulated(int value) {
    return simulated.containsKey(value) ? Simulation.value(simulated.get(value)) : Double.NaN;
  }

  /** Recorded or simulated latencies of some values, as a judge wants them. */
  double[] pick(boolean simulation, int... values) {
    double[] figures = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      figures[i] = simulation ? simulated(values[i]) : recorded(values[i]);
    }
    return figures;
  }

  /** Adds one comparison for each value. */
  void compare(Outcome.Builder outcome, String what) {
    simulated.forEach(
        (value, metric) -> {
          double measured = recorded(value);
          OptionalDouble known =
              Double.isNaN(measured) ? OptionalDouble.empty() : OptionalDouble.of(measured);
          outcome.compare(new Comparison(what.formatted(value), "ms", known, metric));
        });
  }

  /** Dots of the recordings. */
  Series recordedSeries(String name, int colour) {
    Series.Builder series = Series.of(name, Mark.DOTS, colour);
    recorded.forEach((value, ms) -> series.add(value, ms, "%d: %.3f ms".formatted(value, ms)));
    return series.build();
  }

  /** A line of the simulation. */
  Series simulatedSeries(String name, int colour) {
    Series.Builder series = Series.of(name, Mark.LINE, colour);
    simulated.keySet().forEach(value -> series.add(value, simulated(value)));
    return series.build();
  }
}
