package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.pricing.Factors;
import dev.thumbprint.cost.work.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Factors where the build was recorded on the board: quantiles of errors in units of what was
 * expected. An operator on a build has its own, as far as its shapes reach: the other operators of
 * the build count as nine more shapes, and so do the other builds for a build, so that few shapes
 * take the quantile of the others and many their own.
 */
final class HomeFactors {
  /** With fewer groups than this no 90 % quantile over groups exists; the worst group holds. */
  private static final int GROUPS_MIN = 9;

  /** Where no error was looked at. */
  private static final double NOT_KNOWN = 1;

  private HomeFactors() {}

  /** The factors of all builds together. */
  static Factors of(List<ScoredError> members) {
    return new Factors(
        quantile(layers(members), List.of()), quantile(networks(members), List.of()), Map.of());
  }

  /**
   * The factors where totals of networks are all that was recorded. A layer is a network of one
   * kind of work; the networks that are left out are of few kinds each.
   */
  static Factors ofTotals(List<ScoredError> members) {
    double networks = quantile(networks(members), List.of());
    return new Factors(networks, networks, Map.of());
  }

  /** The factors of each build. */
  static Map<String, Factors> byBuild(List<ScoredError> home) {
    Map<String, Factors> builds = new HashMap<>();
    List<ScoredError> networks = networks(home);
    ScoredError.grouped(home, scored -> scored.error().build())
        .forEach(
            (build, own) -> {
              List<ScoredError> others = not(home, each -> each.error().build().equals(build));
              String family = own.getFirst().family();
              List<ScoredError> related =
                  networks.stream().filter(each -> each.family().equals(family)).toList();
              builds.put(
                  build,
                  new Factors(
                      quantile(layers(own), layers(others)),
                      quantile(related, not(networks, each -> each.family().equals(family))),
                      operators(layers(own), layers(others))));
            });
    return builds;
  }

  /**
   * The factors of each build that few recordings tell. How well networks tell one another is a
   * matter of which were recorded, so that every build has a quantile of its own networks.
   */
  static Map<String, Factors> ofFew(List<ScoredError> few) {
    Map<String, Factors> builds = new HashMap<>();
    ScoredError.grouped(few, scored -> scored.error().build())
        .forEach(
            (build, own) -> {
              List<ScoredError> others = not(few, each -> each.error().build().equals(build));
              builds.put(
                  build,
                  new Factors(
                      quantile(layers(own), layers(others)),
                      quantile(networks(own), networks(others)),
                      operators(layers(own), layers(others))));
            });
    return builds;
  }

  private static Map<Operator, Double> operators(
      List<ScoredError> layers, List<ScoredError> others) {
    Map<Operator, Double> operators = new EnumMap<>(Operator.class);
    ScoredError.grouped(layers, each -> each.error().layer().orElseThrow())
        .forEach(
            (operator, own) -> {
              List<ScoredError> rest =
                  not(layers, each -> each.error().layer().orElseThrow() == operator);
              operators.put(operator, quantile(own, units(rest) < GROUPS_MIN ? others : rest));
            });
    return operators;
  }

  private static List<ScoredError> not(List<ScoredError> all, Predicate<ScoredError> unwanted) {
    return all.stream().filter(unwanted.negate()).toList();
  }

  private static List<ScoredError> layers(List<ScoredError> members) {
    return members.stream().filter(scored -> !scored.network()).toList();
  }

  private static List<ScoredError> networks(List<ScoredError> members) {
    return members.stream().filter(ScoredError::network).toList();
  }

  private static int units(List<ScoredError> members) {
    return ScoredError.grouped(members, ScoredError::unit).size();
  }

  /** The quantile of own scores, with others that weigh as much as nine groups at most. */
  private static double quantile(List<ScoredError> own, List<ScoredError> rest) {
    if (own.isEmpty() && rest.isEmpty()) {
      return NOT_KNOWN;
    }
    Map<String, List<ScoredError>> groups = ScoredError.grouped(own, ScoredError::unit);
    Map<String, List<ScoredError>> others = ScoredError.grouped(rest, ScoredError::unit);
    double weightOfOthers = Math.min(GROUPS_MIN, others.size());
    double count = groups.size() + weightOfOthers;
    List<Score> scores = new ArrayList<>();
    double weight = groups.size() / (double) own.size();
    own.forEach(each -> scores.add(new Score(each.score(), weight)));
    rest.forEach(each -> scores.add(new Score(each.score(), weightOfOthers / rest.size())));
    if (count < GROUPS_MIN) {
      groups.putAll(others);
      return groups.values().stream().mapToDouble(HomeFactors::ofGroup).max().orElseThrow();
    }
    // One more group, of which nothing is known, belongs to the population.
    return quantile(scores, IntervalFit.COVERAGE * (count + 1));
  }

  private static double ofGroup(List<ScoredError> group) {
    return quantile(
        group.stream().map(each -> new Score(each.score(), 1)).toList(),
        IntervalFit.COVERAGE * group.size());
  }

  private record Score(double value, double weight) {}

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
}
