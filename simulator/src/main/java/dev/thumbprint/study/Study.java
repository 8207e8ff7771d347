package dev.thumbprint.study;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.model.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rows of arXiv:2104.10645, and how they are run. */
public final class Study {
  /** The paper. */
  public static final String PAPER =
      "L. Heim, A. Biri, Z. Qu, L. Thiele: Measuring what Really Matters: Optimizing Neural Networks"
          + " for TinyML, arXiv:2104.10645";

  private static final List<Experiment> EXPERIMENTS =
      List.of(
          new Experiment(1, "FIG2", "Optimisation ladder", "Fig. 2", OptimisationLadder::run),
          new Experiment(2, "FLAGS", "Compiler flags", "text", CompilerFlags::run),
          new Experiment(3, "FPU", "The FPU in int8 networks", "text", FloatUnit::run),
          new Experiment(4, "MIXED", "Mixed quantisation", "text", MixedQuantisation::run),
          new Experiment(5, "MEMORY", "Memory feasibility", "text", MemoryFeasibility::run),
          new Experiment(6, "ACCURACY", "Accuracy check", "text", AccuracyCheck::run),
          new Experiment(7, "TABLE4-DENSE", "Dense layers", "Table 4", DenseSpeedup::run),
          new Experiment(8, "FIG4", "Sawtooth of dense layers", "Figs. 4, 9", DenseSawtooth::run),
          new Experiment(
              9, "FIG5", "Channels of convolutions", "Table 4, Fig. 5", ConvolutionChannels::run),
          new Experiment(
              10,
              "FIG8",
              "Channels of depthwise convolutions",
              "Table 4, Fig. 8",
              DepthwiseChannels::run),
          new Experiment(11, "CHANNELS", "Small channel counts", "sweep", SmallChannels::run),
          new Experiment(12, "LAYERS", "Layer breakdown", "text", LayerBreakdown::run),
          new Experiment(
              13, "METRICS", "Standard against perceptible metrics", "text", MetricFamilies::run),
          new Experiment(14, "FIG3", "Pareto front", "Fig. 3", ParetoBoards::run),
          new Experiment(
              15, "FIG6", "Energy against latency", "Figs. 6, 7", EnergyAgainstLatency::run),
          new Experiment(16, "TRACE", "Energy trace", "text", TraceIntegral::run),
          new Experiment(17, "BATCH", "Batch runner", "tool chain", BatchTable::run),
          new Experiment(18, "GENERATORS", "Model generators", "tool chain", ModelGenerators::run),
          new Experiment(19, "FEEDBACK", "Feedback to design", "method", DesignFeedback::run),
          new Experiment(
              20, "FREE", "What the study could not vary", "not in it", FreeParameters::run),
          new Experiment(21, "RADIO", "Radio against compute", "text", RadioCrossover::run));

  private Study() {}

  /** The rows in order. */
  public static List<Experiment> experiments() {
    return EXPERIMENTS;
  }

  /**
   * The row of a name or number.
   *
   * @throws InputException if there is none
   */
  public static Experiment experiment(String name) {
    String wanted = name.strip();
    return EXPERIMENTS.stream()
        .filter(
            one -> one.id().equalsIgnoreCase(wanted) || String.valueOf(one.row()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                InputException.of(
                        "", "--only", "'" + name + "'", "a row of the study, 1 to 21, or its name")
                    .withHint(
                        Suggestion.hint(
                            name,
                            EXPERIMENTS.stream().map(Experiment::id).toList(),
                            "'study heim2021' runs all and names them")));
  }

  /** Runs rows one after another. */
  public static List<Outcome> run(List<Experiment> experiments, Consumer<Experiment> progress) {
    Lab lab = new Lab();
    List<Outcome> outcomes = new ArrayList<>();
    for (Experiment experiment : experiments) {
      progress.accept(experiment);
      outcomes.add(experiment.run(lab));
    }
    return List.copyOf(outcomes);
  }
}
