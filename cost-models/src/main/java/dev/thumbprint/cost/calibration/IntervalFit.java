package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.Exposure;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.Nearness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes {@link Intervals} from errors of predictions of rows that the model had not seen
 * (cross-conformal prediction: Vovk, Annals of Mathematics and Artificial Intelligence 74, 2015;
 * groups instead of rows: Lee, Barber, Willett, arXiv:2306.06342).
 *
 * <p>For each nearness: the expected error of each kind of work by non-negative least squares over
 * rows that rest on it alone, drawn towards their mean; then the factors, quantiles of the errors
 * in units of what was expected. At home every row counts as much as another; elsewhere every build
 * does, for what was measured on one board errs together.
 */
public final class IntervalFit {
  private static final double COVERAGE = 0.9;

  /** With fewer groups than this no 90 % quantile over groups exists; the worst group holds. */
  private static final int GROUPS_MIN = 9;

  /** Share of its cycles that a row has to rest on one nearness to tell its expected errors. */
  private static final double PURE = 0.95;

  /** Errors are cut here when expected errors are fitted, so that single rows do not rule. */
  private static final double ERROR_MAX = 1;

  /** Weight of the mean error against all rows when a kind's error is fitted. */
  private static final double PULL = 0.03;

  /** Least error of a kind of work against the mean of all kinds. */
  private static final double ERROR_SHARE_MIN = 0.2;

  /** An exact prediction has no unit of error to be measured in. */
  private static final double EXPECTED_MIN = 1e-6;

  private final List<HeldOutError> errors;

  private IntervalFit(List<HeldOutError> errors) {
    this.errors = errors;
  }

  /**
   * A prediction of something that was held out.
   *
   * @param exposure what its error can come from
   * @param size absolute natural logarithm of predicted over recorded
   * @param network whether it is a whole network
   * @param build what it ran on, as {@link Intervals#build} names it
   * @param unit what is the same work: a shape or a sweep value of layers, a network
   */
  public record HeldOutError(
      Exposure exposure, double size, boolean network, String build, String unit) {}

  /** The intervals that some errors ask for. */
  public static Intervals of(List<HeldOutError> errors) {
    return new IntervalFit(errors).fit();
  }

  private Intervals fit() {
    Map<Nearness, List<HeldOutError>> byNearness = new EnumMap<>(Nearness.class);
    for (HeldOutError error : errors) {
      byNearness.computeIfAbsent(error.exposure().farthest(), key -> new ArrayList<>()).add(error);
    }
    Map<Nearness, Intervals.Band> expected = new EnumMap<>(Nearness.class);
    byNearness.forEach(
        (nearness, members) ->
            expected.put(nearness, new Intervals.Band(kinds(nearness, members), 1, 1)));
    Intervals units = new Intervals(expected, Map.of());
    Map<Nearness, Intervals.Band> bands = new EnumMap<>(Nearness.class);
    Map<String, Double> builds = new TreeMap<>();
    byNearness.forEach(
        (nearness, members) -> {
          List<HeldOutError> layers = members.stream().filter(error -> !error.network()).toList();
          List<HeldOutError> networks = members.stream().filter(HeldOutError::network).toList();
          boolean home = nearness == Nearness.HOME;
          double all = factor(units, members, home);
          bands.put(
              nearness,
              new Intervals.Band(
                  expected.get(nearness).errors(),
                  layers.isEmpty() ? all : factor(units, layers, home),
                  networks.isEmpty() ? all : factor(units, networks, home)));
          if (home) {
            grouped(layers, HeldOutError::build)
                .forEach(
                    (build, own) -> {
                      if (grouped(own, HeldOutError::unit).size() >= GROUPS_MIN) {
                        builds.put(build, factor(units, own, true));
                      }
                    });
          }
        });
    return new Intervals(bands, builds);
  }

  /** Expected error of each kind of work. */
  private static Figures<Kind> kinds(Nearness nearness, List<HeldOutError> members) {
    Kind[] kinds = Kind.values();
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(kinds.length);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    boolean home = nearness == Nearness.HOME;
    List<HeldOutError> pure =
        members.stream().filter(error -> total(error, nearness) >= PURE).toList();
    pure.forEach(error -> sizes.merge(error.build(), 1, Integer::sum));
    double weights = 0;
    double mean = 0;
    for (HeldOutError error : pure) {
      double weight = home ? 1 : 1.0 / sizes.get(error.build());
      double size = Math.min(error.size(), ERROR_MAX);
      double root = Math.sqrt(weight);
      double[] row = new double[kinds.length];
      for (int i = 0; i < kinds.length; i++) {
        row[i] = root * error.exposure().share(nearness, kinds[i]);
      }
      problem.add(row, root * size);
      weights += weight;
      mean += weight * size;
    }
    Map<Kind, Double> fitted = new EnumMap<>(Kind.class);
    if (weights == 0) {
      return Figures.none(Kind.class);
    }
    mean /= weights;
    for (int i = 0; i < kinds.length; i++) {
      problem.pull(i, mean, PULL * Math.sqrt(weights));
    }
    double[] solution = problem.solve();
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

  /** The quantile of errors in units of what was expected. */
  private static double factor(Intervals units, List<HeldOutError> members, boolean home) {
    Map<String, List<HeldOutError>> groups =
        grouped(members, home ? error -> error.build() + error.unit() : HeldOutError::build);
    if (groups.size() < GROUPS_MIN) {
      return groups.values().stream()
          .mapToDouble(group -> quantile(scores(units, group, 1), COVERAGE * group.size()))
          .max()
          .orElseThrow();
    }
    List<Score> scores = new ArrayList<>();
    double weights = 0;
    for (List<HeldOutError> group : groups.values()) {
      double weight = home ? 1 : 1.0 / group.size();
      scores.addAll(scores(units, group, weight));
      weights += weight * group.size();
    }
    // One more group, of which nothing is known, belongs to the population.
    return quantile(scores, COVERAGE * weights * (1 + 1.0 / groups.size()));
  }

  private record Score(double value, double weight) {}

  private static List<Score> scores(Intervals units, List<HeldOutError> group, double weight) {
    return group.stream()
        .map(
            error -> {
              double expected = Math.max(units.expected(error.exposure()), EXPECTED_MIN);
              return new Score(error.size() / expected, weight);
            })
        .toList();
  }

  private static double quantile(List<Score> scores, double mass) {
    List<Score> sorted = new ArrayList<>(scores);
    sorted.sort(Comparator.comparingDouble(Score::value));
    double sum = 0;
    for (Score score : sorted) {
      sum += score.weight();
      if (sum >= mass - 1e-9) {
        return score.value();
      }
    }
    return sorted.getLast().value();
  }

  private static Map<String, List<HeldOutError>> grouped(
      List<HeldOutError> errors, Function<HeldOutError, String> key) {
    Map<String, List<HeldOutError>> groups = new LinkedHashMap<>();
    errors.forEach(
        error -> groups.computeIfAbsent(key.apply(error), k -> new ArrayList<>()).add(error));
    return groups;
  }
}
