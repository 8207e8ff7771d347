package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.work.Operator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many expected errors a 90 % interval is wide. Immutable.
 *
 * @param layers of a layer whose operator is not listed
 * @param networks of a whole network
 * @param operators of a layer, by operator
 */
public record Factors(double layers, double networks, Map<Operator, Double> operators) {
  /** The interval is as wide as the expected error. */
  static final Factors ONE = new Factors(1, 1, Map.of());

  public Factors {
    operators = operators.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(operators));
  }

  /**
   * The factor of an estimate.
   *
   * @param layer the operator, empty for a whole network
   */
  public double of(Optional<Operator> layer) {
    return layer.isEmpty() ? networks : operators.getOrDefault(layer.get(), layers);
  }
}
