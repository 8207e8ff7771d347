package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.List;

/** What the floating-point unit changes in networks of integers. */
final class FloatUnit {
  private static final double PERCENT_MAX = 5;

  private FloatUnit() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Cases small =
        new Cases(
            v -> {
              double more = 100 * (v[0] / v[1] - 1);
              return Finding.of(Math.abs(more) < PERCENT_MAX, "%+.2f %%", more);
            });
    BarChart chart =
        new BarChart(
            "int8: time without the FPU over time with it",
            "factor",
            List.of("recorded", "simulated"));
    for (StudyNetwork network : List.of(StudyNetwork.LENET_INT8, StudyNetwork.RESNET_INT8)) {
      for (StudyBoard board : StudyBoard.values()) {
        for (Kernels kernels : Kernels.values()) {
          for (OptLevel opt : Setup.LEVELS) {
            Setup with = new Setup(board, kernels, opt, true);
            Setup without = with.withFpu(false);
            double[] recorded =
                Cases.of(
                    orNan(lab.latencyMs(network, without)), orNan(lab.latencyMs(network, with)));
            Metric soft = lab.simulate(network, without).latencyMs();
            double hard = Simulation.value(lab.simulate(network, with).latencyMs());
            String where = "%s %s".formatted(network, with);
            small.add(where, recorded, Cases.of(Simulation.value(soft), hard));
            chart.group(
                "%s %s %s -%s"
                    .formatted(network.lenet() ? "LeNet" : "ResNet", board, kernels, opt.label()),
                recorded[0] / recorded[1],
                Simulation.value(soft) / hard);
            outcome.compare(
                new Comparison(
                    "%s %s".formatted(network, without),
                    "ms",
                    lab.latencyMs(network, without),
                    soft));
          }
        }
      }
    }
    small.state(outcome, "small", "The FPU changes the time of int8 networks by less than 5 %");
    outcome.plot("fpu", "int8 without the FPU", chart.render());
  }
}
