package dev.thumbprint.study;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.energy.DutyCycle;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.report.Numbers;
import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the study could not vary: clock, wait states, caches, placement, supply, duty cycle. */
final class FreeParameters {
  private static final long[] CLOCKS_HZ = {16_000_000, 32_000_000, 48_000_000, 80_000_000};
  private static final double[] PERIODS_MS = {100, 1_000, 60_000};

  private final Lab lab;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Check> marked = new ArrayList<>();

  private FreeParameters(Lab lab) {
    this.lab = lab;
  }

  static void run(Lab lab, Outcome.Builder outcome) {
    new FreeParameters(lab).run(outcome);
  }

  private void run(Outcome.Builder outcome) {
    row("as the study", options -> options, true);
    Series.Builder time = Series.of("latency, ms", Mark.LINE, 0);
    Series.Builder energy = Series.of("energy, uJ / 40", Mark.LINE, 1);
    for (long clockHz : CLOCKS_HZ) {
      boolean own = clockHz == 80_000_000;
      Simulation simulation =
          row("clock %d MHz".formatted(clockHz / 1_000_000), o -> o.clockHz(clockHz), own);
      time.add(clockHz / 1e6, Simulation.value(simulation.latencyMs()));
      energy.add(clockHz / 1e6, Simulation.value(simulation.energyUj()) / 40);
    }
    row("0 wait states at 80 MHz", o -> o.waitStates(0), false);
    row("caches off", o -> o.caches(false), false);
    row("prefetch on", o -> o.prefetch(true), false);
    row("weights in RAM", o -> o.weights(Placement.RAM), false);
    row("supply 1.8 V", o -> o.supplyVolts(1.8), false);
    duty();
    outcome.state(
        "marked",
        "A setting that no recording supports is marked as modelled, one that recordings support as"
            + " calibrated",
        List.of(),
        marked,
        "the cost model takes prefetch for something that its recordings vary");
    outcome.sheet(
        "LeNet int8 on L4, CMSIS-NN, -Ofast: one setting at a time",
        List.of("setting", "latency, ms", "energy, uJ", "validated by recordings"),
        rows);
    Chart chart = new Chart("LeNet int8 on L4 against the clock", "clock, MHz", "see legend");
    outcome.plot(
        "clock",
        "Latency and energy against the clock",
        chart.add(time).add(energy).fromZero().render());
  }

  private Simulation row(
      String name, UnaryOperator<TargetOptions.Builder> change, boolean validated) {
    TargetOptions.Builder options =
        TargetOptions.builder()
            .clockHz(80_000_000L)
            .kernels(Kernels.CMSIS_NN.library())
            .opt(OptLevel.OFAST);
    Target target = Target.of(Boards.named(StudyBoard.L4.id()), change.apply(options).build());
    Simulation simulation =
        Simulation.of(Lowering.lower(lab.graph(StudyNetwork.LENET_INT8)), target);
    rows.add(
        List.of(
            name,
            figure(simulation.latencyMs()),
            figure(simulation.energyUj()),
            validated ? "yes" : "no"));
    boolean supply = name.startsWith("supply");
    Metric judged = supply ? simulation.energyUj() : simulation.latencyMs();
    if (judged instanceof Estimate estimate) {
      boolean calibrated = estimate.source() == Source.CALIBRATED;
      marked.add(new Check(name, calibrated ? "calibrated" : "modelled", calibrated == validated));
    }
    return simulation;
  }

  private void duty() {
    Setup setup = Setup.fast(StudyBoard.L4, Kernels.CMSIS_NN);
    Simulation simulation = lab.simulate(StudyNetwork.LENET_INT8, setup);
    Metric sleep = PowerModel.of(lab.target(setup)).sleepMw();
    for (double periodMs : PERIODS_MS) {
      Metric average =
          new DutyCycle(periodMs).averageMw(simulation.latencyMs(), simulation.energyUj(), sleep);
      rows.add(
          List.of(
              "one inference every %s ms, asleep in between"
                  .formatted(Numbers.significant(periodMs)),
              figure(simulation.latencyMs()),
              average instanceof Estimate mw
                  ? "%s mW on average".formatted(Numbers.significant(mw.value()))
                  : "",
              "no"));
    }
  }

  private static String figure(Metric metric) {
    return metric instanceof Estimate estimate
        ? "%s (%s .. %s)"
            .formatted(
                Numbers.significant(estimate.value()),
                Numbers.significant(estimate.low()),
                Numbers.significant(estimate.high()))
        : "";
  }
}
