package dev.thumbprint.validate;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.work.Operator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Half-widths of 90 % intervals from held-out residuals (split conformal): the 90th percentile of
 * the absolute logarithm of predicted over recorded, by build and operator.
 */
final class Spreads {
  /** Residuals that a percentile needs. */
  private static final int RESIDUALS_MIN = 10;

  private static final double SHARE = 0.9;

  private record Residual(double size, String fold) {}

  private final Map<String, List<Residual>> residuals = new HashMap<>();

  void add(Sample sample, Prediction prediction, String fold) {
    if (prediction.cycles().orElseThrow().source() != Source.CALIBRATED) {
      return;
    }
    double size = Math.abs(Math.log1p(prediction.error()));
    for (String key : keys(sample.target(), prediction.operator())) {
      residuals.computeIfAbsent(key, k -> new ArrayList<>()).add(new Residual(size, fold));
    }
  }

  /** Half-width for a row from the residuals of other folds than its own; NaN where too few. */
  double without(Sample sample, Prediction prediction, String fold) {
    if (prediction.cycles().orElseThrow().source() != Source.CALIBRATED) {
      return Double.NaN;
    }
    for (String key : keys(sample.target(), prediction.operator())) {
      double found = quantile(key, fold);
      if (!Double.isNaN(found)) {
        return found;
      }
    }
    return Double.NaN;
  }

  /** A set with the half-widths that its own held-out rows show. */
  CoefficientSet attach(CoefficientSet set) {
    Map<Operator, Double> spread = new EnumMap<>(Operator.class);
    for (Operator operator : Operator.values()) {
      for (String key : keys(set.home(), operator.name())) {
        double found = quantile(key, "none");
        if (!Double.isNaN(found)) {
          spread.put(operator, found);
          break;
        }
      }
    }
    double network = Double.NaN;
    for (String key : keys(set.home(), "network")) {
      network = Double.isNaN(network) ? quantile(key, "none") : network;
    }
    return set.withSpread(Figures.of(Operator.class, spread), network);
  }

  /** From the narrowest group of rows to the widest. */
  private static List<String> keys(Target target, String operator) {
    String library = target.kernels().toString();
    String build = library + " " + target.opt().label() + " " + target.board().id();
    return List.of(build + " " + operator, library + " " + operator, "any " + operator);
  }

  private double quantile(String key, String fold) {
    double[] sizes =
        residuals.getOrDefault(key, List.of()).stream()
            .filter(residual -> !residual.fold().equals(fold))
            .mapToDouble(Residual::size)
            .sorted()
            .toArray();
    if (sizes.length < RESIDUALS_MIN) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(SHARE * (sizes.length + 1)) - 1;
    return sizes[Math.min(rank, sizes.length - 1)];
  }
}
