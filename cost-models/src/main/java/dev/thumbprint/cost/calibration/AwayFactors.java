package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.pricing.Factors;
import dev.thumbprint.cost.pricing.Nearness;
import dev.thumbprint.cost.work.Operator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Factors where the board or the build was not recorded. What was measured of one build on one
 * board errs together, and few were measured; so errors are taken as normal, with one mean square
 * for each build, and the interval is that of Student for one more build. Mean squares of few
 * builds are drawn towards that of the next larger group: an operator's to that of its nearness,
 * this one to that of all.
 */
final class AwayFactors {
  private final Map<Nearness, List<ScoredError>> scored;
  private final double all;

  AwayFactors(Map<Nearness, List<ScoredError>> scored) {
    this.scored = scored;
    List<Double> squares =
        scored.entrySet().stream()
            .filter(entry -> !IntervalFit.isHome(entry.getKey()))
            .flatMap(entry -> squares(entry.getValue()).stream())
            .toList();
    all = squares.stream().mapToDouble(Double::doubleValue).average().orElse(1);
  }

  Factors of(Nearness nearness) {
    List<ScoredError> members = scored.get(nearness);
    double square = pulled(squares(members), all);
    List<ScoredError> layers = members.stream().filter(each -> !each.network()).toList();
    List<ScoredError> networks = members.stream().filter(ScoredError::network).toList();
    Map<Operator, Double> operators = new EnumMap<>(Operator.class);
    double ofLayers = pulled(squares(layers), square);
    ScoredError.grouped(layers, each -> each.error().layer().orElseThrow())
        .forEach((operator, own) -> operators.put(operator, factor(squares(own), ofLayers)));
    return new Factors(
        factor(squares(layers), square), factor(squares(networks), square), operators);
  }

  /** The mean square of each build. */
  private static List<Double> squares(List<ScoredError> members) {
    return ScoredError.grouped(members, each -> each.error().build()).values().stream()
        .map(AwayFactors::meanSquare)
        .toList();
  }

  private static double meanSquare(List<ScoredError> group) {
    return group.stream().mapToDouble(each -> each.score() * each.score()).average().orElseThrow();
  }

  private static double pulled(List<Double> squares, double towards) {
    double sum = squares.stream().mapToDouble(Double::doubleValue).sum();
    return (sum + IntervalFit.PULL_BUILDS * towards) / (squares.size() + IntervalFit.PULL_BUILDS);
  }

  private static double factor(List<Double> squares, double towards) {
    double groups = squares.size() + IntervalFit.PULL_BUILDS;
    double student =
        new TDistribution(groups - 1).inverseCumulativeProbability((1 + IntervalFit.COVERAGE) / 2);
    return student * Math.sqrt(pulled(squares, towards) * (1 + 1 / groups));
  }
}
