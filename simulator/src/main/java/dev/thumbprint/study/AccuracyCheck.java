package dev.thumbprint.study;

import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.report.chart.BarChart;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.study.phase.Accuracy;
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
      Accuracy target = lab.accuracy(graph, RunOptions.defaults().with(Rounding.SINGLE));
      String name = model + ", single rounding";
      rows.add(row(name, target, original, host));
      chart.group(name, target.percent());
      double off = target.percent() - host.percent();
      agree.add(
          new Check(
              name,
              String.format(Locale.ROOT, "%+.2f points", off),
              Math.abs(off) <= NEAR_POINTS + ROUNDING));
    }
    outcome.state(
        "agree",
        "Host and target agree to 0.02 points",
        List.of(),
        agree,
        "the study's accuracies are on MNIST and not among the recordings; the target is a build"
            + " that rounds accumulators once, the host rounds twice as TensorFlow Lite does");
    outcome.sheet(
        "LeNet trained on the built-in digits, 10,000 samples it has not seen",
        List.of("model, arithmetic", "accuracy", "loss", "unlike float32", "unlike the host"),
        rows);
    outcome.plot("accuracy", "Accuracy on digits", chart.render());
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
