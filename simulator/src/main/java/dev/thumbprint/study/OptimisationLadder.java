package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;
import static dev.thumbprint.study.StudyNetwork.LENET_FLOAT;
import static dev.thumbprint.study.StudyNetwork.LENET_INT8;
import static dev.thumbprint.study.StudyNetwork.RESNET_FLOAT;
import static dev.thumbprint.study.StudyNetwork.RESNET_INT8;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Fig. 2: float without FPU, float with FPU, int8 with reference kernels, int8 with CMSIS-NN. */
final class OptimisationLadder {
  private static final String[] STEPS = {
    "float, no FPU", "float, FPU", "int8, reference", "int8, CMSIS-NN"
  };

  private final Lab lab;

  private OptimisationLadder(Lab lab) {
    this.lab = lab;
  }

  static void run(Lab lab, Outcome.Builder outcome) {
    new OptimisationLadder(lab).run(outcome);
  }

  private void run(Outcome.Builder outcome) {
    BarChart chart =
        new BarChart("Optimisation ladder, -Ofast", "latency, ms", List.of("recorded", "simulated"))
            .logarithmic();
    Cases slowest =
        new Cases(v -> Finding.of(v[0] > v[1] && v[0] > v[2] && v[0] > v[3], "%.3g ms", v[0]));
    Cases fastest =
        new Cases(v -> Finding.of(v[3] < v[0] && v[3] < v[1] && v[3] < v[2], "%.3g ms", v[3]));
    Cases reference =
        new Cases(
            v -> {
              double more = 100 * (v[2] / v[1] - 1);
              return Finding.of(Math.round(more) >= 5 && Math.round(more) <= 12, "%+.1f %%", more);
            });
    Cases slower = new Cases(v -> Finding.of(v[2] > v[1], "%+.1f %%", 100 * (v[2] / v[1] - 1)));
    Cases crossing = new Cases(v -> Finding.of(v[2] < v[1], "int8/float %.2f", v[2] / v[1]));
    Cases crossingBack = new Cases(v -> Finding.of(v[2] >= v[1], "int8/float %.2f", v[2] / v[1]));
    List<String> widths = new ArrayList<>();
    Cases whole =
        new Cases(
            v -> {
              double times = v[0] / v[3];
              return Finding.of(Math.round(times) >= 11 && Math.round(times) <= 25, "%.1fx", times);
            });
    for (StudyBoard board : StudyBoard.values()) {
      for (boolean lenet : new boolean[] {true, false}) {
        for (OptLevel opt : Setup.LEVELS) {
          double[] recorded = new double[STEPS.length];
          double[] simulated = new double[STEPS.length];
          Metric[] times = new Metric[STEPS.length];
          String where = "%s %s -%s".formatted(board, lenet ? "LeNet" : "ResNet-20", opt.label());
          for (int step = 0; step < STEPS.length; step++) {
            StudyNetwork network = network(lenet, step);
            Setup setup = setup(board, opt, step);
            OptionalDouble measured = lab.latencyMs(network, setup);
            Simulation simulation = lab.simulate(network, setup);
            recorded[step] = orNan(measured);
            times[step] = simulation.latencyMs();
            simulated[step] = Simulation.value(times[step]);
            outcome.compare(
                new Comparison(where + " " + STEPS[step], "ms", measured, simulation.latencyMs()));
            if (opt == OptLevel.OFAST) {
              chart.group(
                  "%s %s %s".formatted(board, lenet ? "LeNet" : "ResNet", STEPS[step]),
                  recorded[step],
                  simulated[step]);
            }
          }
          boolean m7 = board == StudyBoard.F7;
          if (m7) {
            (opt == OptLevel.OFAST ? crossing : crossingBack).add(where, recorded, simulated);
          } else {
            slowest.add(where, recorded, simulated);
            if (opt == OptLevel.OFAST) {
              slower.add(where, Cases.of(recorded), Cases.of(simulated));
              if (lenet) {
                reference.add(where, recorded, simulated);
              }
            }
          }
          fastest.add(where, recorded, simulated);
          if (opt == OptLevel.OFAST) {
            whole.add(where, recorded, simulated);
            if (Double.isNaN(recorded[0] + recorded[3])) {
              widths.add(where + " " + interval(times[0], times[3]));
            }
          }
        }
      }
    }
    slowest.state(outcome, "float-slowest", "On the M4s, float without FPU is slowest");
    slower.state(
        outcome,
        "reference-slower",
        "On the M4s at -Ofast, int8 with reference kernels is slower than float with FPU");
    reference.state(
        outcome,
        "reference-lenet",
        "On the M4s at -Ofast, LeNet in int8 with reference kernels takes 5-12 % more than in float"
            + " with FPU");
    fastest.state(outcome, "cmsis-fastest", "int8 with CMSIS-NN is fastest");
    crossing.state(
        outcome,
        "m7-ofast",
        "On the M7 at -Ofast, int8 with reference kernels beats float with FPU");
    crossingBack.state(outcome, "m7-os", "On the M7 at -Os it does not");
    whole.state(
        outcome,
        "whole-ladder",
        "The whole ladder at -Ofast is a factor of 11 to 25",
        "nothing is recorded of both ends for %s (90 %% intervals)"
            .formatted(String.join(", ", widths)));
    outcome.plot("ladder", "Latency at each step, -Ofast", chart.render());
  }

  /** The 90 % interval of one time over another; their errors are taken as independent. */
  private static String interval(Metric above, Metric below) {
    if (!(above instanceof Estimate up && below instanceof Estimate down)) {
      return "";
    }
    double factor = up.value() / down.value();
    double less = Math.hypot(Math.log(up.value() / up.low()), Math.log(down.high() / down.value()));
    double more = Math.hypot(Math.log(up.high() / up.value()), Math.log(down.value() / down.low()));
    return String.format(
        Locale.ROOT, "%.0f .. %.0fx", factor * Math.exp(-less), factor * Math.exp(more));
  }

  private static StudyNetwork network(boolean lenet, int step) {
    boolean floating = step < 2;
    if (lenet) {
      return floating ? LENET_FLOAT : LENET_INT8;
    }
    return floating ? RESNET_FLOAT : RESNET_INT8;
  }

  private static Setup setup(StudyBoard board, OptLevel opt, int step) {
    Kernels kernels = step == 3 ? Kernels.CMSIS_NN : Kernels.REFERENCE;
    return new Setup(board, kernels, opt, step != 0);
  }
}
