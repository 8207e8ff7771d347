package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.calibration.IntervalFit.HeldOutError;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.Nearness;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The expected error of each kind of work at one nearness: non-negative least squares over rows
 * that rest on it alone, drawn towards their mean. At home every row counts as much as another;
 * elsewhere every build does, for what was measured on one board errs together. There a kind's
 * error is told by few builds, and the mean counts as {@link IntervalFit#PULL_BUILDS} more.
 */
final class ExpectedErrors {
  /** Share of its cycles that a row has to rest on one nearness to tell its expected errors. */
  private static final double PURE = 0.95;

  /** Errors are cut here, so that single rows do not rule. */
  private static final double ERROR_MAX = 1;

  /** Weight of the mean error against all rows when a kind's error is fitted at home. */
  private static final double HOME_PULL = 0.03;

  /** Least error of a kind of work against the mean of all kinds. */
  private static final double ERROR_SHARE_MIN = 0.2;

  private ExpectedErrors() {}

  /**
   * The expected errors of layers and, where the build was recorded, those of networks apart: what
   * layers err by goes both ways there, what stands around them does not.
   */
  static Intervals.Band band(Nearness nearness, List<HeldOutError> members) {
    if (nearness != Nearness.HOME) {
      return Intervals.Band.unscaled(of(nearness, members));
    }
    List<HeldOutError> networks = members.stream().filter(each -> each.layer().isEmpty()).toList();
    Figures<Kind> ofAll = of(nearness, members);
    return networks.isEmpty()
        ? Intervals.Band.unscaled(ofAll)
        : Intervals.Band.unscaled(ofAll, of(nearness, networks));
  }

  static Figures<Kind> of(Nearness nearness, List<HeldOutError> members) {
    Kind[] kinds = Kind.values();
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(kinds.length);
    Map<String, Integer> sizes = new HashMap<>();
    List<HeldOutError> pure =
        members.stream().filter(error -> total(error, nearness) >= PURE).toList();
    pure.forEach(error -> sizes.merge(error.build(), 1, Integer::sum));
    double weights = 0;
    double errors = 0;
    double reaches = 0;
    for (HeldOutError error : pure) {
      double weight = nearness == Nearness.HOME ? 1 : 1.0 / sizes.get(error.build());
      double size = Math.min(error.size(), ERROR_MAX);
      double root = Math.sqrt(weight);
      double[] row = new double[kinds.length];
      for (int i = 0; i < kinds.length; i++) {
        double reach = error.exposure().reach(nearness, kinds[i]);
        row[i] = root * reach;
        reaches += weight * reach;
      }
      problem.add(row, root * size);
      weights += weight;
      errors += weight * size;
    }
    if (weights == 0) {
      return Figures.none(Kind.class);
    }
    double mean = errors / reaches;
    double pull =
        IntervalFit.isHome(nearness)
            ? HOME_PULL * Math.sqrt(weights)
            : Math.sqrt(IntervalFit.PULL_BUILDS);
    for (int i = 0; i < kinds.length; i++) {
      problem.pull(i, mean, pull);
    }
    double[] solution = problem.solve();
    Map<Kind, Double> fitted = new EnumMap<>(Kind.class);
    for (int i = 0; i < kinds.length; i++) {
      fitted.put(kinds[i], Math.max(solution[i], ERROR_SHARE_MIN * mean));
    }
    return Figures.of(Kind.class, fitted);
  }

  private static double total(HeldOutError error, Nearness nearness) {
    double sum = 0;
    for (Kind kind : Kind.values()) {
      sum += error.exposure().share(nearness, kind);
    }
    return sum;
  }
}
