package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.pricing.Exposure;
import dev.thumbprint.cost.pricing.Factors;
import dev.thumbprint.cost.pricing.Intervals;
import dev.thumbprint.cost.pricing.Nearness;
import dev.thumbprint.cost.work.Operator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes {@link Intervals} from errors of predictions of rows that the model had not seen
 * (cross-conformal prediction: Vovk, Annals of Mathematics and Artificial Intelligence 74, 2015;
 * groups instead of rows: Lee, Barber, Willett, arXiv:2306.06342).
 *
 * <p>For each nearness: the {@link ExpectedErrors} of each kind of work, then factors: how many
 * expected errors nine of ten errors stay within. Of recorded builds these are quantiles over
 * shapes and networks ({@link HomeFactors}); elsewhere too few builds were recorded for a quantile,
 * and the spread between them tells ({@link AwayFactors}).
 */
public final class IntervalFit {
  /** The share of errors that an interval is to hold. */
  static final double COVERAGE = 0.9;

  /**
   * Builds, a step away, that what is drawn towards counts as, where the build is what was not
   * seen: what an operator or a kind of work has in common with all others. The choice is ours.
   */
  static final double PULL_BUILDS = 3;

  private IntervalFit() {}

  /**
   * A prediction of something that was held out.
   *
   * @param exposure what its error can come from
   * @param size absolute natural logarithm of predicted over recorded
   * @param layer the operator of a layer, empty for a whole network
   * @param build what it ran on, as {@link Intervals#build} names it
   * @param unit what is the same work: a shape or a sweep value of layers, a network
   */
  public record HeldOutError(
      Exposure exposure, double size, Optional<Operator> layer, String build, String unit) {}

  /** The intervals that some errors ask for. */
  public static Intervals of(List<HeldOutError> errors) {
    Map<Nearness, List<HeldOutError>> byNearness = new EnumMap<>(Nearness.class);
    for (HeldOutError error : errors) {
      byNearness.computeIfAbsent(error.exposure().farthest(), key -> new ArrayList<>()).add(error);
    }
    Map<Nearness, Intervals.Band> expected = new EnumMap<>(Nearness.class);
    byNearness.forEach(
        (nearness, members) -> expected.put(nearness, ExpectedErrors.band(nearness, members)));
    Intervals units = new Intervals(expected, Map.of());
    Map<Nearness, List<ScoredError>> scored = new EnumMap<>(Nearness.class);
    byNearness.forEach(
        (nearness, members) ->
            scored.put(
                nearness, members.stream().map(error -> ScoredError.of(error, units)).toList()));
    AwayFactors away = new AwayFactors(scored);
    Map<Nearness, Intervals.Band> bands = new EnumMap<>(Nearness.class);
    scored.forEach(
        (nearness, members) ->
            bands.put(
                nearness,
                expected
                    .get(nearness)
                    .with(
                        switch (nearness) {
                          case HOME, FEW -> HomeFactors.of(members);
                          case CLOSED -> HomeFactors.ofTotals(members);
                          default -> away.of(nearness);
                        })));
    Map<String, Factors> builds =
        new HashMap<>(HomeFactors.byBuild(scored.getOrDefault(Nearness.HOME, List.of())));
    HomeFactors.ofFew(scored.getOrDefault(Nearness.FEW, List.of()))
        .forEach((build, factors) -> builds.put(Intervals.build(Nearness.FEW, build), factors));
    return new Intervals(bands, builds);
  }

  /** Whether the build was recorded on the board, so that work alone is what was not seen. */
  public static boolean isHome(Nearness nearness) {
    return switch (nearness) {
      case HOME, FEW, CLOSED -> true;
      default -> false;
    };
  }
}
