package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import dev.thumbprint.study.phase.Accuracy;
import dev.thumbprint.study.phase.Phases;
import dev.thumbprint.train.NumberForm;
import dev.thumbprint.train.Quantizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** int8 weights with float activations: what the runtime of 2020 made of them. */
final class MixedQuantisation {
  /** Accuracy that guessing gives on ten classes is 10 %; twice that is no classifier. */
  private static final double COLLAPSED_PERCENT = 20;

  private static final double SAME_SPEED = 0.05;

  private MixedQuantisation() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Graph real = lab.graph(StudyNetwork.RESNET_FLOAT);
    Graph mixed = Quantizer.convert(real, NumberForm.MIXED, null);
    speed(lab, outcome);
    Optional<String> refusal = Phases.refusal(mixed);
    outcome.state(
        "flagged",
        "Integer weights with float activations are flagged: no kernel computes them",
        List.of(),
        List.of(new Check("ResNet-20 mixed", refusal.orElse("runs"), refusal.isPresent())),
        "the study found it by measuring; nothing is recorded of a flag");
    collapse(lab, outcome);
    outcome.note(
        "The runtime of 2020 did not check: its float kernel read the bytes of integer weights as"
            + " floats, and on beyond their end. The simulation does the same with the bytes of the"
            + " model file.");
  }

  private static void speed(Lab lab, Outcome.Builder outcome) {
    Cases same =
        new Cases(
            v ->
                Finding.of(
                    Math.abs(v[0] / v[1] - 1) <= SAME_SPEED, "%+.1f %%", 100 * (v[0] / v[1] - 1)));
    BarChart chart =
        new BarChart(
                "ResNet-20 on F4: mixed against float",
                "latency, ms",
                List.of("mixed, recorded", "float, recorded", "mixed, simulated"))
            .logarithmic();
    for (Setup setup : Setup.all()) {
      if (setup.board() == StudyBoard.F7) {
        continue;
      }
      double recordedMixed = orNan(lab.latencyMs(StudyNetwork.RESNET_MIXED, setup));
      double recordedFloat = orNan(lab.latencyMs(StudyNetwork.RESNET_FLOAT, setup));
      // The runtime of 2020 chose the kernel by the activations alone: float.
      Simulation simulation = lab.simulate(StudyNetwork.RESNET_FLOAT, setup);
      double simulated = Simulation.value(simulation.latencyMs());
      same.add(
          setup.toString(),
          Cases.of(recordedMixed, recordedFloat),
          Cases.of(Double.NaN, Double.NaN));
      outcome.compare(
          new Comparison(
              "ResNet-20 mixed " + setup,
              "ms",
              lab.latencyMs(StudyNetwork.RESNET_MIXED, setup),
              simulation.latencyMs()));
      if (setup.board() == StudyBoard.F4 && setup.kernels() == Kernels.REFERENCE) {
        chart.group(setup.toString(), recordedMixed, recordedFloat, simulated);
      }
    }
    same.state(
        outcome,
        "float-speed",
        "It runs at the speed of float (within 5 %)",
        "simulated as the float kernels that the runtime ran, so there is nothing to judge; without"
            + " the FPU the values decide how fast soft-float code is");
    outcome.plot("mixed", "Mixed against float", chart.render());
  }

  private static void collapse(Lab lab, Outcome.Builder outcome) {
    Graph real = Zoo.graph("lenet-digits-float");
    Graph mixed = Quantizer.convert(real, NumberForm.MIXED, null);
    LabelledSet set = lab.digits();
    Accuracy before = lab.accuracy(real, RunOptions.defaults());
    Accuracy after =
        Accuracy.of(
            OperatorTable.prepare(MisreadWeights.of(mixed, real), RunOptions.defaults()), set);
    outcome.state(
        "collapse",
        "Its accuracy collapses (below 20 % on ten classes)",
        List.of(),
        List.of(
            new Check(
                "LeNet on digits",
                String.format(
                    Locale.ROOT, "%.2f %% from %.2f %%", after.percent(), before.percent()),
                after.percent() < COLLAPSED_PERCENT)),
        "accuracies are not among the recordings");
  }
}
