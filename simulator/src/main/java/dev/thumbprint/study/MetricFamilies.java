package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.ArrayList;
import java.util.List;

/** Parameters and multiply-accumulates beside latency and energy, layer by layer. */
final class MetricFamilies {
  private static final int FIRST_DENSE = 6;

  private MetricFamilies() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Setup setup = Setup.fast(StudyBoard.L4, Kernels.CMSIS_NN);
    Simulation simulation = lab.simulate(StudyNetwork.LENET_INT8, setup);
    int layers = simulation.layers();
    double[] parameters = new double[layers];
    double[] macs = new double[layers];
    double[] recordedMs = new double[layers];
    double[] simulatedMs = new double[layers];
    double[] recordedUj = new double[layers];
    double[] simulatedUj = new double[layers];
    for (int i = 0; i < layers; i++) {
      LayerWork work = simulation.work(i);
      parameters[i] = parameters(work);
      macs[i] = work.macs();
      recordedMs[i] = orNan(lab.layerMs(StudyNetwork.LENET_INT8, setup, i));
      simulatedMs[i] = Simulation.value(simulation.latencyMs(i));
      recordedUj[i] = orNan(lab.layerUj(StudyNetwork.LENET_INT8, setup, i));
      simulatedUj[i] = Simulation.value(simulation.energyUj(i));
      outcome.compare(
          new Comparison(
              "LeNet int8 L4 CMSIS-NN, %d %s".formatted(i, work.operator()),
              "uJ",
              lab.layerUj(StudyNetwork.LENET_INT8, setup, i),
              simulation.energyUj(i)));
    }
    BarChart chart =
        new BarChart(
            "LeNet on L4, CMSIS-NN: standard against perceptible metrics",
            "per cent of the network",
            List.of("parameters", "MACs", "latency (simulated)", "energy (simulated)"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      double[] shares = {
        share(parameters, i),
        share(macs, i),
        share(recordedMs, i),
        share(simulatedMs, i),
        share(recordedUj, i),
        share(simulatedUj, i)
      };
      List<String> row = new ArrayList<>();
      row.add("%d %s".formatted(i, simulation.work(i).operator()));
      for (double share : shares) {
        row.add(Double.isNaN(share) ? "" : Numbers.percent(share));
      }
      rows.add(row);
      if (macs[i] > 0) {
        chart.group(
            row.getFirst(), 100 * shares[0], 100 * shares[1], 100 * shares[3], 100 * shares[5]);
      }
    }
    outcome.sheet(
        "Shares of LeNet, L4, CMSIS-NN, -Ofast",
        List.of(
            "layer",
            "parameters",
            "MACs",
            "latency recorded",
            "simulated",
            "energy recorded",
            "simulated"),
        rows);
    double dense = share(parameters, FIRST_DENSE);
    new Cases(v -> Finding.of(Math.abs(100 * v[0] - 86) <= 1, "%.1f %%", 100 * v[0]))
        .add("layer 6", Cases.of(dense), Cases.of(dense))
        .state(
            outcome,
            "parameters",
            "LeNet's first dense layer holds 86 % of the parameters (within one point)",
            "counted from the network's shapes, on both sides");
    new Cases(v -> Finding.of(Math.round(100 * v[0]) == 8, "%.1f %%", 100 * v[0]))
        .add(
            "layer 6",
            Cases.of(share(recordedUj, FIRST_DENSE)),
            Cases.of(share(simulatedUj, FIRST_DENSE)))
        .state(outcome, "energy", "... and takes 8 % of the energy");
    outcome.plot("metrics", "Standard against perceptible metrics", chart.render());
  }

  private static double parameters(LayerWork work) {
    if (work.filter().rank() == 0) {
      return 0;
    }
    return work.filter().elements() + (work.bias() ? work.output().dim(-1) : 0);
  }

  private static double share(double[] figures, int index) {
    double sum = 0;
    for (double figure : figures) {
      sum += figure;
    }
    return figures[index] / sum;
  }
}
