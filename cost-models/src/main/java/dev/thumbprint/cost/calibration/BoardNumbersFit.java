package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.pricing.Transfer;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Two numbers for each board that has recordings of known builds but no coefficients. */
final class BoardNumbersFit {
  private static final int ROWS_MIN = 3;

  /** Relative error that a number off by 1 counts like. */
  private static final double PULL = 0.1;

  private BoardNumbersFit() {}

  static CostModel added(CostModel model, List<Sample> samples) {
    Map<String, List<Sample>> boards = new LinkedHashMap<>();
    for (Sample sample : samples) {
      String id = sample.target().board().id();
      if (model.sets().stream().noneMatch(set -> isHome(set, id))) {
        boards.computeIfAbsent(id, key -> new ArrayList<>()).add(sample);
      }
    }
    Transfer transfer = model.transfer();
    for (Map.Entry<String, List<Sample>> board : boards.entrySet()) {
      // Float kernels are less well known than the board: they count where there is no else.
      List<Sample> whole =
          board.getValue().stream().filter(BoardNumbersFit::isIntegerLayer).toList();
      List<Sample> used = whole.size() >= ROWS_MIN ? whole : board.getValue();
      if (used.size() >= ROWS_MIN) {
        transfer = transfer.withBoard(board.getKey(), numbers(model, used));
      }
    }
    return new CostModel(model.sets(), transfer);
  }

  private static boolean isHome(CoefficientSet set, String board) {
    return set.source() == Source.CALIBRATED && set.home().board().id().equals(board);
  }

  private static boolean isIntegerLayer(Sample sample) {
    LayerWork work = sample.layers().getFirst();
    return !sample.network()
        && work.inputType() != DataType.FLOAT32
        && work.outputType() != DataType.FLOAT32;
  }

  private static Transfer.BoardNumbers numbers(CostModel model, List<Sample> rows) {
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(2);
    Map<Target, Pricer> pricers = new LinkedHashMap<>();
    Map<Target, Long> builds =
        rows.stream().collect(Collectors.groupingBy(Sample::target, Collectors.counting()));
    int used = 0;
    for (Sample sample : rows) {
      // What is wrong with a build is wrong in all of its rows: they are one observation.
      double weight = 1 / Math.sqrt(builds.get(sample.target()));
      Pricer pricer = pricers.computeIfAbsent(sample.target(), model::on);
      double computing = 0;
      double code = 0;
      double weights = 0;
      for (LayerWork work : sample.layers()) {
        for (LayerCost.Share share : pricer.layer(work).breakdown()) {
          computing += share.trips() * share.computeCycles();
          code += share.trips() * share.codeFetchCycles();
          weights += share.trips() * share.weightFetchCycles();
        }
      }
      if (computing > 0) {
        problem.add(
            new double[] {weight * code / sample.cycles(), weight * weights / sample.cycles()},
            weight * (1 - computing / sample.cycles()));
        used++;
      }
    }
    problem.pull(0, 1, PULL);
    problem.pull(1, 1, PULL);
    double[] solution = problem.solve();
    return new Transfer.BoardNumbers(solution[0], solution[1], used);
  }
}
