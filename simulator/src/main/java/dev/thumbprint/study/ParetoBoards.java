package dev.thumbprint.study;

import static dev.thumbprint.study.Cases.orNan;

import dev.thumbprint.explore.pareto.Dominance;
import dev.thumbprint.explore.pareto.Front;
import dev.thumbprint.explore.pareto.Outcome;
import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.report.chart.Series;
import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.study.Setup.Kernels;
import dev.thumbprint.study.Setup.StudyBoard;
import java.util.ArrayList;
import java.util.List;

/** Fig. 3: latency against energy of LeNet over boards and configurations. */
final class ParetoBoards {
  private record Point(StudyBoard board, String name, double latencyMs, double energyUj) {}

  private ParetoBoards() {}

  static void run(Lab lab, dev.thumbprint.study.Outcome.Builder outcome) {
    List<Point> recorded = new ArrayList<>();
    List<Point> simulated = new ArrayList<>();
    Chart chart = new Chart("LeNet at -Ofast with FPU", "latency, ms", "energy, uJ").logarithmic();
    for (StudyBoard board : StudyBoard.values()) {
      Series.Builder dots = Series.of(board + " recorded", Mark.DOTS, board.colour());
      Series.Builder rings = Series.of(board + " simulated", Mark.RINGS, board.colour());
      for (StudyNetwork network : List.of(StudyNetwork.LENET_FLOAT, StudyNetwork.LENET_INT8)) {
        for (Kernels kernels : Kernels.values()) {
          Setup setup = Setup.fast(board, kernels);
          Simulation simulation = lab.simulate(network, setup);
          String name = "%s %s %s".formatted(board, network, kernels);
          Point measured =
              new Point(
                  board,
                  name,
                  orNan(lab.energyRunMs(network, setup)),
                  orNan(lab.energyUj(network, setup)));
          Point predicted =
              new Point(
                  board,
                  name,
                  Simulation.value(simulation.latencyMs()),
                  Simulation.value(simulation.energyUj()));
          if (!Double.isNaN(measured.energyUj)) {
            recorded.add(measured);
          }
          simulated.add(predicted);
          dots.add(measured.latencyMs, measured.energyUj, name);
          rings.add(predicted.latencyMs, predicted.energyUj, name);
          outcome.compare(
              new Comparison(name, "uJ", lab.energyUj(network, setup), simulation.energyUj()));
          outcome.compare(
              new Comparison(name, "ms", lab.energyRunMs(network, setup), simulation.latencyMs()));
        }
      }
      chart.add(dots).add(rings);
    }
    outcome.state(
        "front",
        "The front is F7 with CMSIS-NN and L4 with CMSIS-NN",
        front(recorded),
        front(simulated));
    outcome.state(
        "f4-dominated",
        "Every configuration of F4 is dominated",
        dominated(recorded),
        dominated(simulated));
    outcome.plot("pareto", "Energy against latency of LeNet", chart.render());
  }

  private static List<Outcome<Point>> outcomes(List<Point> points) {
    List<Outcome<Point>> outcomes = new ArrayList<>();
    for (Point point : points) {
      outcomes.add(Outcome.exact(outcomes.size(), point, point.latencyMs, point.energyUj));
    }
    return outcomes;
  }

  private static List<Check> front(List<Point> points) {
    List<String> front =
        Front.of(outcomes(points)).members().stream()
            .map(member -> member.item().name)
            .sorted()
            .toList();
    List<String> expected =
        List.of(
            "F7 %s %s".formatted(StudyNetwork.LENET_INT8, Kernels.CMSIS_NN),
            "L4 %s %s".formatted(StudyNetwork.LENET_INT8, Kernels.CMSIS_NN));
    return points.isEmpty()
        ? List.of()
        : List.of(new Check("front", String.join(" and ", front), front.equals(expected)));
  }

  private static List<Check> dominated(List<Point> points) {
    List<Outcome<Point>> all = outcomes(points);
    return all.stream()
        .filter(outcome -> outcome.item().board == StudyBoard.F4)
        .map(
            outcome ->
                new Check(
                    outcome.item().name,
                    "",
                    all.stream().anyMatch(other -> Dominance.dominates(other, outcome))))
        .toList();
  }
}
