package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** -Os against -Ofast: time and flash. */
final class CompilerFlags {
  private static final List<StudyNetwork> NETWORKS =
      List.of(
          StudyNetwork.LENET_INT8,
          StudyNetwork.LENET_FLOAT,
          StudyNetwork.RESNET_INT8,
          StudyNetwork.RESNET_FLOAT);
  private static final double KIB = 1024;

  private CompilerFlags() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Cases optimised = range(15, 41);
    Cases plain = range(60, 130);
    Cases m7 = new Cases(v -> Finding.of(v[0] > v[1] && v[0] > v[2], "%+.0f %%", 100 * (v[0] - 1)));
    Cases flash =
        new Cases(v -> Finding.of(v[0] >= 100 * KIB && v[0] <= 140 * KIB, "%.0f KiB", v[0] / KIB));
    BarChart chart =
        new BarChart("Time at -Os over time at -Ofast", "factor", List.of("recorded", "simulated"));
    Map<String, double[]> ratios = new HashMap<>();
    for (StudyNetwork network : NETWORKS) {
      for (StudyBoard board : StudyBoard.values()) {
        for (Kernels kernels : Kernels.values()) {
          Setup fast = Setup.fast(board, kernels);
          Setup small = fast.with(OptLevel.OS);
          double recorded = ratio(lab, network, small, fast);
          Metric slow = lab.simulate(network, small).latencyMs();
          Metric quick = lab.simulate(network, fast).latencyMs();
          double simulated = Simulation.value(slow) / Simulation.value(quick);
          String where = "%s %s %s".formatted(board, network, kernels);
          outcome.compare(
              new Comparison(where + " -Os", "ms", lab.latencyMs(network, small), slow));
          chart.group(where, recorded, simulated);
          boolean cmsisKernels = kernels == Kernels.CMSIS_NN && !network.floating();
          if (cmsisKernels) {
            optimised.add(where, Cases.of(recorded), Cases.of(simulated));
          } else if (board != StudyBoard.F7) {
            plain.add(where, Cases.of(recorded), Cases.of(simulated));
          }
          ratios.put(network + " " + kernels + " " + board, Cases.of(recorded, simulated));
          flash.add(
              where,
              Cases.of(saved(lab, network, fast, small)),
              Cases.of(simulatedSaving(lab, network, fast, small)));
        }
      }
      for (Kernels kernels : Kernels.values()) {
        if (kernels == Kernels.CMSIS_NN && !network.floating()) {
          continue;
        }
        String key = network + " " + kernels + " ";
        double[] f7 = ratios.get(key + StudyBoard.F7);
        double[] f4 = ratios.get(key + StudyBoard.F4);
        double[] l4 = ratios.get(key + StudyBoard.L4);
        m7.add(key.strip(), Cases.of(f7[0], f4[0], l4[0]), Cases.of(f7[1], f4[1], l4[1]));
      }
    }
    optimised.state(outcome, "cmsis", "-Os costs 15-41 % with CMSIS-NN");
    plain.state(outcome, "plain", "-Os costs 60-130 % with reference or float kernels on the M4s");
    m7.state(outcome, "m7", "... and more on the M7 than on either M4");
    flash.state(
        outcome,
        "flash",
        "-Os saves about 120 KiB of flash (100 to 140)",
        "the study's image holds Mbed OS and every operator of the runtime; ours holds the model,"
            + " the kernels it uses and the runtime");
    outcome.plot("flags", "What -Os costs", chart.render());
  }

  private static Cases range(int low, int high) {
    return new Cases(
        v -> {
          double more = 100 * (v[0] - 1);
          return Finding.of(Math.round(more) >= low && Math.round(more) <= high, "%+.1f %%", more);
        });
  }

  private static double ratio(Lab lab, StudyNetwork network, Setup small, Setup fast) {
    return orNan(lab.latencyMs(network, small)) / orNan(lab.latencyMs(network, fast));
  }

  private static double saved(Lab lab, StudyNetwork network, Setup fast, Setup small) {
    OptionalLong large = lab.imageBytes(network, fast);
    OptionalLong little = lab.imageBytes(network, small);
    return large.isPresent() && little.isPresent()
        ? large.getAsLong() - (double) little.getAsLong()
        : Double.NaN;
  }

  private static double simulatedSaving(Lab lab, StudyNetwork network, Setup fast, Setup small) {
    Profile large = lab.profile(network, fast);
    Profile little = lab.profile(network, small);
    return Simulation.value(large.total().flashBytes())
        - Simulation.value(little.total().flashBytes());
  }
}
