package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.energy.PowerTrace;
import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A power trace sampled as the study's, integrated between its markers. */
final class TraceIntegral {
  /** The study's instrument takes 64,000 samples a second. */
  private static final double STEP_MS = 1 / 64.0;

  private static final double NEAR = 0.02;

  private TraceIntegral() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Cases integral =
        new Cases(
            v ->
                Finding.of(Math.abs(v[0] / v[1] - 1) <= NEAR, "%+.2f %%", 100 * (v[0] / v[1] - 1)));
    Cases whole =
        new Cases(
            v ->
                Finding.of(Math.abs(v[0] / v[1] - 1) <= NEAR, "%+.2f %%", 100 * (v[0] / v[1] - 1)));
    Chart chart =
        new Chart(
            "LeNet int8, CMSIS-NN, -Ofast: power over one inference", "time, ms", "power, mW");
    for (StudyBoard board : StudyBoard.values()) {
      Setup setup = Setup.fast(board, Kernels.CMSIS_NN);
      Simulation simulation = lab.simulate(StudyNetwork.LENET_INT8, setup);
      PowerTrace trace = trace(lab, setup, simulation);
      Map<Integer, Double> energies = integrate(trace);
      double recordedSum = 0;
      double simulatedSum = 0;
      for (int i = 0; i < simulation.layers(); i++) {
        double layer = Simulation.value(simulation.energyUj(i));
        integral.add(
            "%s layer %d".formatted(board, i),
            Cases.of(Double.NaN),
            Cases.of(energies.getOrDefault(i, Double.NaN), layer));
        recordedSum += orNan(lab.layerUj(StudyNetwork.LENET_INT8, setup, i));
        simulatedSum += energies.getOrDefault(i, Double.NaN);
      }
      whole.add(
          board.name(),
          Cases.of(recordedSum, orNan(lab.energyUj(StudyNetwork.LENET_INT8, setup))),
          Cases.of(simulatedSum, Simulation.value(simulation.energyUj())));
      chart.add(series(trace, board));
    }
    integral.state(
        outcome,
        "integral",
        "The energy of a layer is the trapezoid integral between its markers (within 2 %)");
    whole.state(
        outcome,
        "whole",
        "The layers add up to the whole inference (within 2 %)",
        "recorded where every layer is: layers shorter than the instrument resolves are left out");
    outcome.note(
        "The trace has constant power within a layer. --plots writes it as a picture; the study's"
            + " own noise and supply dips are not simulated.");
    outcome.plot("trace", "Power over one inference", chart.render());
  }

  private static PowerTrace trace(Lab lab, Setup setup, Simulation simulation) {
    List<PowerModel.LayerTime> times = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < simulation.layers(); i++) {
      double ms = Simulation.value(simulation.latencyMs(i));
      times.add(new PowerModel.LayerTime(simulation.work(i), ms));
      labels.add(simulation.work(i).operator().name());
    }
    return PowerModel.of(lab.target(setup)).trace(times, labels).orElseThrow();
  }

  /** Trapezoid integrals of the samples of each marker, in uJ. */
  private static Map<Integer, Double> integrate(PowerTrace trace) {
    StringBuilder csv = new StringBuilder();
    try {
      trace.writeCsv(csv, STEP_MS);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Map<Integer, Double> energies = new TreeMap<>();
    double lastMs = 0;
    double lastMw = 0;
    int lastMarker = -1;
    for (String line : csv.toString().lines().skip(1).toList()) {
      String[] cells = line.split(",", 4);
      double ms = Double.parseDouble(cells[0]);
      double mw = Double.parseDouble(cells[1]);
      int marker = Integer.parseInt(cells[2]);
      if (marker == lastMarker) {
        energies.merge(marker, (ms - lastMs) * (mw + lastMw) / 2, Double::sum);
      }
      lastMs = ms;
      lastMw = mw;
      lastMarker = marker;
    }
    return energies;
  }

  private static Series series(PowerTrace trace, StudyBoard board) {
    Series.Builder line = Series.of(board.name(), Mark.LINE, board.colour());
    double start = 0;
    for (PowerTrace.Segment segment : trace.segments()) {
      line.add(start, segment.powerMw());
      start += segment.durationMs();
      line.add(start, segment.powerMw());
    }
    return line.build();
  }
}
