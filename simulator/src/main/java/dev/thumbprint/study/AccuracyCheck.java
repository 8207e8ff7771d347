package dev.thumbprint.study;

import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import dev.thumbprint.study.phase.Accuracy;
import dev.thumbprint.study.phase.TargetArithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Accuracy on the host and with the arithmetic of the target, sample by sample. */
final class AccuracyCheck {
  /** Points of a per cent by which host and target may differ. */
  private static final double NEAR_POINTS = 0.02;

  /** Error of a difference of two percentages of 10,000 samples. */
  private static final double ROUNDING = 1e-9;

  private AccuracyCheck() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    List<Check> agree = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    BarChart chart = new BarChart("Accuracy on 10,000 digits", "per cent", List.of("accuracy"));
    Accuracy original = null;
    for (String model : List.of("lenet-digits-float", "lenet-digits")) {
      Graph graph = Zoo.graph(model);
      Accuracy host = lab.accuracy(graph, RunOptions.defaults());
      original = original == null ? host : original;
      rows.add(row(model + ", host", host, original, host));
      chart.group(model + ", host", host.percent());
      for (Kernels kernels : Kernels.values()) {
        Setup setup = Setup.fast(StudyBoard.L4, kernels);
        Accuracy target = lab.accuracy(graph, TargetArithmetic.of(lab.target(setup)));
        String name = model + ", " + kernels.library();
        rows.add(row(name, target, original, host));
        chart.group(name, target.percent());
        agree.add(agreement(name, host, target));
      }
      Accuracy once = lab.accuracy(graph, RunOptions.defaults().with(Rounding.SINGLE));
      rows.add(row(model + ", single rounding", once, original, host));
    }
    outcome.state(
        "agree",
        "Host and target agree to 0.02 points",
        List.of(),
        agree,
        "the study's accuracies are on MNIST and not among the recordings; CMSIS-NN of early 2020"
            + " sums a pooling window in two passes and rounds after each, which turns samples near"
            + " a tie, and of the built-in digits (95 % recognised) more are near one than of MNIST"
            + " (99 %)");
    outcome.note(
        "The target computes with the bits of the study's libraries; those of CMSIS-NN differ in pooling and SOFTMAX from"
            + " TensorFlow Lite on the host. Single rounding is what builds of today may do"
            + " instead; the study's could not, so it is shown and not judged.");
    outcome.sheet(
        "LeNet trained on the built-in digits, 10,000 samples it has not seen",
        List.of("model, arithmetic", "accuracy", "loss", "unlike float32", "unlike the host"),
        rows);
    outcome.plot("accuracy", "Accuracy on digits", chart.render());
  }

  private static Check agreement(String name, Accuracy host, Accuracy target) {
    double off = target.percent() - host.percent();
    return new Check(
        name,
        String.format(Locale.ROOT, "%+.2f points", off),
        Math.abs(off) <= NEAR_POINTS + ROUNDING);
  }

  private static List<String> row(
      String name, Accuracy accuracy, Accuracy original, Accuracy host) {
    return List.of(
        name,
        String.format(Locale.ROOT, "%.2f %%", accuracy.percent()),
        String.format(Locale.ROOT, "%.4f", accuracy.loss()),
        String.valueOf(accuracy.divergence(original)),
        String.valueOf(accuracy.divergence(host)));
  }
}
