package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.recorded.Recording;
import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figs. 6 and 7: energy against latency, with the slope of each board and kernel set. */
final class EnergyAgainstLatency {
  private static final double NEAR_SLOPE = 0.05;
  private static final double NEAR_ENERGY = 0.10;
  private static final double STRAIGHT = 0.98;
  private static final Pattern SWEEP =
      Pattern.compile("([a-z]+-\\d\\d[a-z]+)-[A-Z](\\d+)(?:-K(\\d))?-int8");
  private static final List<StudyNetwork> NETWORKS =
      List.of(
          StudyNetwork.LENET_FLOAT,
          StudyNetwork.LENET_INT8,
          StudyNetwork.RESNET_FLOAT,
          StudyNetwork.RESNET_INT8);

  /** Kernels that draw alike. */
  private enum KernelSet {
    CMSIS_NN("CMSIS-NN int8"),
    REFERENCE("reference int8"),
    FLOAT("float");

    private final String label;

    KernelSet(String label) {
      this.label = label;
    }

    boolean holds(StudyNetwork network, Kernels kernels) {
      return switch (this) {
        case FLOAT -> network.floating();
        case CMSIS_NN -> !network.floating() && kernels == Kernels.CMSIS_NN;
        case REFERENCE -> !network.floating() && kernels == Kernels.REFERENCE;
      };
    }
  }

  private final Lab lab;
  private final Outcome.Builder outcome;
  private final List<Comparison> energies = new ArrayList<>();

  private EnergyAgainstLatency(Lab lab, Outcome.Builder outcome) {
    this.lab = lab;
    this.outcome = outcome;
  }

  static void run(Lab lab, Outcome.Builder outcome) {
    new EnergyAgainstLatency(lab, outcome).run();
  }

  private void run() {
    Chart chart =
        new Chart("Energy against latency, networks, layers, sweeps", "latency, ms", "energy, uJ")
            .logarithmic();
    Cases straight = new Cases(v -> Finding.of(v[0] >= STRAIGHT, "r = %.4f", v[0]));
    List<Check> near = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (StudyBoard board : StudyBoard.values()) {
      Line recordedAll = new Line();
      Line simulatedAll = new Line();
      Series.Builder dots = Series.of(board + " recorded", Mark.DOTS, board.colour());
      for (KernelSet set : KernelSet.values()) {
        Line recorded = new Line();
        Line simulated = new Line();
        for (Comparison[] pair : points(board, set)) {
          double ms = orNan(pair[0].recorded());
          double uj = orNan(pair[1].recorded());
          recorded.add(ms, uj);
          recordedAll.add(ms, uj);
          dots.add(ms, uj, pair[1].what());
          simulated.add(
              Simulation.value(pair[0].simulated()), Simulation.value(pair[1].simulated()));
          simulatedAll.add(
              Simulation.value(pair[0].simulated()), Simulation.value(pair[1].simulated()));
          energies.add(pair[1]);
        }
        if (recorded.count() < 2) {
          continue;
        }
        double off = simulated.slope() / recorded.slope() - 1;
        String figure =
            String.format(
                Locale.ROOT,
                "%.1f against %.1f mW (%+.1f %%)",
                simulated.slope(),
                recorded.slope(),
                100 * off);
        near.add(new Check(board + " " + set.label, figure, Math.abs(off) <= NEAR_SLOPE));
        rows.add(row(board + " " + set.label, recorded, simulated));
      }
      straight.add(
          board.name(), Cases.of(recordedAll.correlation()), Cases.of(simulatedAll.correlation()));
      rows.add(row(board + " all", recordedAll, simulatedAll));
      chart.add(dots);
      Series.Builder line = Series.of(board + " simulated slope", Mark.DASHES, board.colour());
      for (double ms : new double[] {0.02, 20_000}) {
        line.add(ms, ms * simulatedAll.slope());
      }
      chart.add(line);
    }
    energies.forEach(outcome::compare);
    straight.state(
        outcome, "straight", "Energy against latency is a straight line on each board (r >= 0.98)");
    published();
    kinds();
    outcome.state(
        "slopes-near",
        "Goal: the simulated slope of each board and kernel set is within 5 % of the recorded one",
        List.of(),
        near);
    double error = Comparison.meanAbsoluteError(energies);
    String mean = String.format(Locale.ROOT, "%.1f %%", 100 * error);
    outcome.state(
        "energy-near",
        "Goal: energies of networks and layers within 10 % on average",
        List.of(),
        List.of(new Check("all recorded energies", mean, error <= NEAR_ENERGY)));
    outcome.sheet(
        "Slopes of energy against latency, mW",
        List.of("board, kernels", "points", "recorded slope", "r", "simulated slope", "r"),
        rows);
    outcome.plot("energy", "Energy against latency", chart.render());
  }

  private static List<String> row(String name, Line recorded, Line simulated) {
    return List.of(
        name,
        String.valueOf(recorded.count()),
        String.format(Locale.ROOT, "%.1f", recorded.slope()),
        String.format(Locale.ROOT, "%.4f", recorded.correlation()),
        String.format(Locale.ROOT, "%.1f", simulated.slope()),
        String.format(Locale.ROOT, "%.4f", simulated.correlation()));
  }

  /** Latency and energy of every recorded network, layer and sweep member of a kernel set. */
  private List<Comparison[]> points(StudyBoard board, KernelSet set) {
    List<Comparison[]> points = new ArrayList<>();
    for (Kernels kernels : Kernels.values()) {
      Setup setup = Setup.fast(board, kernels);
      for (StudyNetwork network : NETWORKS) {
        if (set.holds(network, kernels)) {
          Simulation simulation = lab.simulate(network, setup);
          if (lab.energyUj(network, setup).isPresent()) {
            points.add(whole(network, setup, simulation));
          }
          for (Recording row : lab.layerEnergies(network, setup)) {
            points.add(layer(network, setup, row, simulation));
          }
        }
      }
      if (set.holds(StudyNetwork.LENET_INT8, kernels)) {
        for (Recording row : lab.sweepEnergies(setup)) {
          sweep(setup, row).ifPresent(points::add);
        }
      }
    }
    return points;
  }

  private Comparison[] whole(StudyNetwork network, Setup setup, Simulation simulation) {
    String what = "%s %s".formatted(network, setup);
    return new Comparison[] {
      new Comparison(what, "ms", lab.energyRunMs(network, setup), simulation.latencyMs()),
      new Comparison(what, "uJ", lab.energyUj(network, setup), simulation.energyUj())
    };
  }

  private static Comparison[] layer(
      StudyNetwork network, Setup setup, Recording row, Simulation simulation) {
    String name = row.work().layer();
    int index = Integer.parseInt(name.contains("_") ? name.substring(0, name.indexOf('_')) : name);
    String what =
        "%s %s, %d %s".formatted(network, setup, index, simulation.work(index).operator());
    return new Comparison[] {
      new Comparison(what, "ms", row.measured().latencyMs(), simulation.latencyMs(index)),
      new Comparison(what, "uJ", row.measured().energyUj(), simulation.energyUj(index))
    };
  }

  private java.util.Optional<Comparison[]> sweep(Setup setup, Recording row) {
    Matcher model = SWEEP.matcher(row.work().model());
    if (!model.matches() || row.work().network().isEmpty()) {
      return java.util.Optional.empty();
    }
    for (Sweep sweep : List.of(Sweep.DENSE, Sweep.CONVOLUTION, Sweep.DEPTHWISE, Sweep.SMALL)) {
      if (sweep.prefix().equals(model.group(1))) {
        int kernel = model.group(3) == null ? 0 : Integer.parseInt(model.group(3));
        Simulation simulation =
            lab.simulate(sweep, Integer.parseInt(model.group(2)), kernel, setup);
        String what = "%s (%s)".formatted(row.id(), setup);
        OptionalDouble ms = row.measured().latencyMs();
        return java.util.Optional.of(
            new Comparison[] {
              new Comparison(what, "ms", ms, simulation.latencyMs()),
              new Comparison(what, "uJ", row.measured().energyUj(), simulation.energyUj())
            });
      }
    }
    return java.util.Optional.empty();
  }

  private void published() {
    Cases slopes =
        new Cases(
            v ->
                Finding.of(
                    Math.abs(v[0] / v[1] - 1) <= NEAR_SLOPE, "%.1f mW against %.1f", v[0], v[1]));
    double[] published = {45.7, 202};
    StudyBoard[] boards = {StudyBoard.L4, StudyBoard.F4};
    for (int i = 0; i < boards.length; i++) {
      Line recorded = new Line();
      Line simulated = new Line();
      for (StudyNetwork network : NETWORKS) {
        for (Kernels kernels : Kernels.values()) {
          Setup setup = Setup.fast(boards[i], kernels);
          if (lab.energyUj(network, setup).isPresent()) {
            Simulation simulation = lab.simulate(network, setup);
            recorded.add(
                orNan(lab.energyRunMs(network, setup)), orNan(lab.energyUj(network, setup)));
            simulated.add(
                Simulation.value(simulation.latencyMs()), Simulation.value(simulation.energyUj()));
          }
        }
      }
      slopes.add(
          boards[i].name(),
          Cases.of(recorded.slope(), published[i]),
          Cases.of(simulated.slope(), published[i]));
    }
    slopes.state(
        outcome,
        "published-slopes",
        "Over whole networks the slope is 45.7 mW on L4 and 202 mW on F4 (within 5 %)");
  }

  /** Mean power of LeNet, from its energy and time, by kernel set. */
  private void kinds() {
    Cases f4 =
        new Cases(
            v ->
                Finding.of(
                    v[0] > v[1] && v[1] > Math.max(v[2], v[3]),
                    "%.0f, %.0f, %.0f and %.0f mW",
                    v[0],
                    v[1],
                    v[2],
                    v[3]));
    Cases f7 =
        new Cases(
            v ->
                Finding.of(
                    v[1] > Math.max(v[2], v[3]) && Math.min(v[2], v[3]) > v[0],
                    "%.0f, %.0f, %.0f and %.0f mW",
                    v[0],
                    v[1],
                    v[2],
                    v[3]));
    f4.add("F4", powers(StudyBoard.F4, false), powers(StudyBoard.F4, true));
    f7.add("F7", powers(StudyBoard.F7, false), powers(StudyBoard.F7, true));
    f4.state(
        outcome,
        "kinds-f4",
        "F4, LeNet draws most with CMSIS-NN, less with reference int8, least in float");
    f7.state(
        outcome,
        "kinds-f7",
        "F7, LeNet draws most with reference int8, less in float, least with CMSIS-NN");
  }

  private double[] powers(StudyBoard board, boolean simulation) {
    return Cases.of(
        power(StudyNetwork.LENET_INT8, Setup.fast(board, Kernels.CMSIS_NN), simulation),
        power(StudyNetwork.LENET_INT8, Setup.fast(board, Kernels.REFERENCE), simulation),
        power(StudyNetwork.LENET_FLOAT, Setup.fast(board, Kernels.CMSIS_NN), simulation),
        power(StudyNetwork.LENET_FLOAT, Setup.fast(board, Kernels.REFERENCE), simulation));
  }

  private double power(StudyNetwork network, Setup setup, boolean simulation) {
    if (simulation) {
      Simulation one = lab.simulate(network, setup);
      return Simulation.value(one.energyUj()) / Simulation.value(one.latencyMs());
    }
    return orNan(lab.energyUj(network, setup)) / orNan(lab.energyRunMs(network, setup));
  }
}
