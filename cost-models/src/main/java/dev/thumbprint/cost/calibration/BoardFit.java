package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fits at most two numbers of a board to one's own recordings: a scale of all cycles, and one of
 * the waiting for weights. Both are drawn towards 1, what the documents say; a number is taken only
 * where it lowers the error on recordings that the fit has not seen.
 *
 * @param scale cycles relative to what the documents say
 * @param weights waiting for weights relative to what the documents say
 * @param rows recordings that were fitted
 * @param groups groups that were left out in turn
 * @param beforePct mean absolute error without any number, in per cent
 * @param afterPct mean absolute error on groups that the fit had not seen, in per cent
 * @param spread half-width of the 90 % interval of the next group, as a natural logarithm
 * @param numbers how many numbers were fitted: 0, 1 or 2
 */
public record BoardFit(
    double scale,
    double weights,
    int rows,
    int groups,
    double beforePct,
    double afterPct,
    double spread,
    int numbers) {
  /** Fewer recordings than this cannot tell a number from their own scatter. */
  public static final int ROWS_MIN = 3;

  /** Relative error that a number off by 1 counts like; as for the boards that are shipped. */
  private static final double PULL = 0.1;

  private static final double SCALE_MIN = 0.05;

  /**
   * A recording in cycles.
   *
   * @param sample what ran and how long it took
   * @param group what is left out together: a network
   */
  public record Row(Sample sample, String group) {}

  private record Split(double rest, double weights, String group) {}

  /**
   * Fits the numbers.
   *
   * @param rows recordings of one board that the model can price
   * @throws IllegalArgumentException if there are too few rows or groups; the message says why
   */
  public static BoardFit of(CostModel model, List<Row> rows) {
    Map<Target, Pricer> pricers = new HashMap<>();
    List<Split> splits = new ArrayList<>();
    for (Row row : rows) {
      Pricer pricer = pricers.computeIfAbsent(row.sample().target(), model::on);
      split(pricer, row, splits);
    }
    Set<String> groups = new LinkedHashSet<>();
    splits.forEach(split -> groups.add(split.group()));
    if (splits.size() < ROWS_MIN || groups.size() < 2) {
      throw new IllegalArgumentException(tooFew(splits.size(), groups.size()));
    }
    double[] best = {1, 1};
    OwnError before = errors(splits, best, new OwnError());
    OwnError lowest = before;
    int numbers = 0;
    for (int count = 1; count <= 2; count++) {
      OwnError error = heldOut(splits, groups, count);
      if (error.meanPct() < lowest.meanPct()) {
        lowest = error;
        numbers = count;
        best = solve(splits, count);
      }
    }
    lowest.requireSense();
    return new BoardFit(
        best[0],
        best[1],
        splits.size(),
        groups.size(),
        before.meanPct(),
        lowest.meanPct(),
        lowest.halfWidth(),
        numbers);
  }

  /** Cycles of a row over what was recorded, with and without waiting for weights. */
  private static void split(Pricer pricer, Row row, List<Split> splits) {
    double weights = 0;
    double rest = 0;
    for (LayerWork work : row.sample().layers()) {
      LayerCost cost = pricer.layer(work);
      if (cost.cycles() instanceof Unavailable) {
        return;
      }
      for (LayerCost.Share share : cost.breakdown()) {
        if (share.term().kind() == Kind.WEIGHTS) {
          weights += share.cycles();
        } else {
          rest += share.cycles();
        }
      }
    }
    double recorded = row.sample().cycles();
    splits.add(new Split(rest / recorded, weights / recorded, row.group()));
  }

  private static OwnError heldOut(List<Split> splits, Set<String> groups, int count) {
    OwnError errors = new OwnError();
    for (String group : groups) {
      List<Split> fit = splits.stream().filter(split -> !split.group().equals(group)).toList();
      List<Split> test = splits.stream().filter(split -> split.group().equals(group)).toList();
      errors(test, solve(fit, count), errors);
    }
    return errors;
  }

  private static double[] solve(List<Split> splits, int count) {
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(count);
    for (Split split : splits) {
      double[] features =
          count == 1
              ? new double[] {split.rest() + split.weights()}
              : new double[] {split.rest(), split.weights()};
      problem.add(features, 1);
    }
    for (int i = 0; i < count; i++) {
      problem.pull(i, 1, PULL);
    }
    double[] solution = problem.solve();
    double scale = Math.max(solution[0], SCALE_MIN);
    return new double[] {scale, count == 1 ? scale : solution[1]};
  }

  private static OwnError errors(List<Split> splits, double[] numbers, OwnError errors) {
    for (Split split : splits) {
      errors.add(split.group(), numbers[0] * split.rest() + numbers[1] * split.weights());
    }
    return errors;
  }

  static String tooFew(int rows, int groups) {
    return "%d rows of %d networks, expected at least %d rows of 2 networks"
        .formatted(rows, groups, ROWS_MIN);
  }
}
