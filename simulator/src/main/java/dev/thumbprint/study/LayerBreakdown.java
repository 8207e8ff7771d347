package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Where the time goes, layer by layer. */
final class LayerBreakdown {
  /** Index of LeNet's first convolution, behind QUANTIZE. */
  private static final int FIRST_CONVOLUTION = 1;

  private static final double NEAR = 0.10;

  private LayerBreakdown() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    List<Check> near = new ArrayList<>();
    for (StudyBoard board : StudyBoard.values()) {
      List<Comparison> layers =
          layers(lab, StudyNetwork.LENET_INT8, Setup.fast(board, Kernels.CMSIS_NN));
      layers.forEach(outcome::compare);
      double error = Comparison.meanAbsoluteError(layers);
      if (!Double.isNaN(error)) {
        String figure = String.format(Locale.ROOT, "%.1f %%", 100 * error);
        near.add(new Check(board + " LeNet", figure, error <= NEAR));
      }
    }
    for (Setup setup : Setup.all()) {
      for (StudyNetwork network : StudyNetwork.values()) {
        boolean listed =
            network == StudyNetwork.LENET_INT8
                && setup.equals(Setup.fast(setup.board(), Kernels.CMSIS_NN));
        if (!listed && !network.zoo().isEmpty()) {
          layers(lab, network, setup).stream().filter(Comparison::both).forEach(outcome::compare);
        }
      }
    }
    shares(lab, outcome);
    addition(lab, outcome);
    outcome.state(
        "lenet-near",
        "Goal: LeNet by layer with CMSIS-NN at -Ofast, mean absolute error within 10 %",
        List.of(),
        near,
        "each layer counts once, so that the short ones decide; SOFTMAX leaves classes far below the"
            + " best one out, and computes seven of ten where LeNet was trained on the built-in"
            + " digits: how many it was in the study depends on its samples");
  }

  private static List<Comparison> layers(Lab lab, StudyNetwork network, Setup setup) {
    Simulation simulation = lab.simulate(network, setup);
    List<Comparison> layers = new ArrayList<>();
    for (int i = 0; i < simulation.layers(); i++) {
      layers.add(
          new Comparison(
              "%s %s, %d %s".formatted(network, setup, i, simulation.work(i).operator()),
              "ms",
              lab.layerMs(network, setup, i),
              simulation.latencyMs(i)));
    }
    return layers;
  }

  /** Shares of LeNet's layers with CMSIS-NN; a board's recorded shares need all of its layers. */
  private static void shares(Lab lab, Outcome.Builder outcome) {
    Cases half = new Cases(v -> Finding.of(Math.round(100 * v[0]) == 49, "%.1f %%", 100 * v[0]));
    BarChart chart =
        new BarChart(
            "LeNet int8, CMSIS-NN, -Ofast: share of the time",
            "per cent",
            List.of("recorded", "simulated"));
    List<List<String>> rows = new ArrayList<>();
    for (StudyBoard board : StudyBoard.values()) {
      Setup setup = Setup.fast(board, Kernels.CMSIS_NN);
      Simulation simulation = lab.simulate(StudyNetwork.LENET_INT8, setup);
      double[] recorded = new double[simulation.layers()];
      double[] simulated = new double[simulation.layers()];
      double recordedSum = 0;
      double simulatedSum = 0;
      for (int i = 0; i < recorded.length; i++) {
        recorded[i] = orNan(lab.layerMs(StudyNetwork.LENET_INT8, setup, i));
        simulated[i] = Simulation.value(simulation.latencyMs(i));
        recordedSum += recorded[i];
        simulatedSum += simulated[i];
      }
      for (int i = 0; i < recorded.length; i++) {
        recorded[i] /= recordedSum;
        simulated[i] /= simulatedSum;
        String layer = "%s %d %s".formatted(board, i, simulation.work(i).operator());
        if (Math.max(recorded[i], simulated[i]) > 0.01) {
          chart.group(layer, 100 * recorded[i], 100 * simulated[i]);
        }
        rows.add(
            List.of(
                layer,
                Double.isNaN(recorded[i]) ? "" : Numbers.percent(recorded[i]),
                Numbers.percent(simulated[i]),
                simulation.path(i)));
      }
      if (board == StudyBoard.L4) {
        half.add(
            "L4", Cases.of(recorded[FIRST_CONVOLUTION]), Cases.of(simulated[FIRST_CONVOLUTION]));
      }
    }
    half.state(
        outcome, "first-conv", "The first convolution is 49 % of LeNet (L4, CMSIS-NN, -Ofast)");
    outcome.sheet(
        "Shares of LeNet's layers, CMSIS-NN, -Ofast",
        List.of("layer", "recorded", "simulated", "kernel path"),
        rows);
    outcome.plot("shares", "Layer shares", chart.render());
  }

  private static void addition(Lab lab, Outcome.Builder outcome) {
    Cases slower = new Cases(v -> Finding.of(v[0] > v[1], "%.3g against %.3g ms", v[0], v[1]));
    Setup cmsis = Setup.fast(StudyBoard.L4, Kernels.CMSIS_NN);
    Setup reference = Setup.fast(StudyBoard.L4, Kernels.REFERENCE);
    Simulation simulation = lab.simulate(StudyNetwork.RESNET_INT8, cmsis);
    Simulation plain = lab.simulate(StudyNetwork.RESNET_INT8, reference);
    for (int i = 0; i < simulation.layers(); i++) {
      if (simulation.work(i).operator() == Operator.ADD) {
        OptionalDouble optimised = lab.layerMs(StudyNetwork.RESNET_INT8, cmsis, i);
        slower.add(
            "layer " + i,
            Cases.of(orNan(optimised), orNan(lab.layerMs(StudyNetwork.RESNET_INT8, reference, i))),
            Cases.of(
                Simulation.value(simulation.latencyMs(i)), Simulation.value(plain.latencyMs(i))));
      }
    }
    slower.state(
        outcome,
        "add",
        "On L4, ADD of the CMSIS-NN of 2020 is slower than the reference ADD (ResNet-20)");
  }
}
