package dev.thumbprint.study;

import dev.thumbprint.profile.Profile;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.ArrayList;
import java.util.List;

/** What fits where, and what int8 does to the size of a model. */
final class MemoryFeasibility {
  private static final double KIB = 1024;
  private static final double MIB = KIB * KIB;
  private static final List<StudyNetwork> NETWORKS =
      List.of(
          StudyNetwork.LENET_FLOAT,
          StudyNetwork.LENET_INT8,
          StudyNetwork.RESNET_FLOAT,
          StudyNetwork.RESNET_INT8);

  private MemoryFeasibility() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    BarChart chart =
        new BarChart("Size of the model file", "KiB", List.of("recorded", "simulated"));
    for (StudyNetwork network : NETWORKS) {
      double recorded = lab.fileBytes(network);
      double written = (double) lab.graph(network).fileBytes();
      chart.group(network.toString(), recorded / KIB, written / KIB);
      outcome.compare(
          new Comparison(
              network + ", model file",
              "bytes",
              Double.isNaN(recorded)
                  ? java.util.OptionalDouble.empty()
                  : java.util.OptionalDouble.of(recorded),
              dev.thumbprint.cost.Estimate.exact(written, dev.thumbprint.cost.Source.MODELLED)));
    }
    Cases shrinks =
        new Cases(
            v -> {
              double less = 100 * (1 - v[1] / v[0]);
              return Finding.of(Math.round(less) >= 70 && Math.round(less) <= 73, "%.1f %%", less);
            });
    pair(lab, shrinks, "LeNet", StudyNetwork.LENET_FLOAT, StudyNetwork.LENET_INT8);
    pair(lab, shrinks, "ResNet-20", StudyNetwork.RESNET_FLOAT, StudyNetwork.RESNET_INT8);
    shrinks.state(outcome, "shrinks", "int8 cuts the model file by 70-73 %");
    fit(lab, outcome);
    outcome.plot("memory", "Model files", chart.render());
  }

  private static void pair(
      Lab lab, Cases cases, String name, StudyNetwork real, StudyNetwork integer) {
    cases.add(
        name,
        Cases.of(lab.fileBytes(real), lab.fileBytes(integer)),
        Cases.of((double) lab.graph(real).fileBytes(), (double) lab.graph(integer).fileBytes()));
  }

  private static void fit(Lab lab, Outcome.Builder outcome) {
    List<List<String>> rows = new ArrayList<>();
    List<Check> simulated = new ArrayList<>();
    for (StudyNetwork network : NETWORKS) {
      for (StudyBoard board : StudyBoard.values()) {
        Profile profile = lab.profile(network, Setup.fast(board, Kernels.CMSIS_NN));
        rows.add(
            List.of(
                "%s on %s".formatted(network, board),
                Numbers.bytes(Simulation.value(profile.total().arenaBytes())),
                Numbers.bytes(Simulation.value(profile.total().ramBytes())),
                Numbers.bytes(Simulation.value(profile.total().flashBytes())),
                profile.fits() ? "fits" : "does not fit"));
        if (network == StudyNetwork.RESNET_FLOAT && board == StudyBoard.L4) {
          String flash = Numbers.bytes(Simulation.value(profile.total().flashBytes()));
          simulated.add(new Check("L4", flash + " of flash needed", !profile.fits()));
        }
      }
    }
    outcome.sheet(
        "Memory with CMSIS-NN at -Ofast",
        List.of("network, board", "arena", "RAM", "flash", "verdict"),
        rows);
    double bytes = lab.fileBytes(StudyNetwork.RESNET_FLOAT);
    outcome.state(
        "rejected",
        "ResNet-20 in float is rejected on a part of 1 MiB (L4)",
        Double.isNaN(bytes)
            ? List.of()
            : List.of(new Check("L4", "file of " + Numbers.bytes(bytes), bytes > MIB)),
        simulated);
  }
}
