package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.work.Operator;
import java.util.Optional;

/** Cycles and the error expected of them, added up term by term, layer by layer. */
final class Accrued {
  private final Rates rates;
  private final double[] byNearness = new double[Nearness.count()];
  private double cycles;
  private double error;
  private double networkError;

  Accrued(Rates rates) {
    this.rates = rates;
  }

  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  void add(Term term, double amount) {
    cycles += amount;
    error += amount * rates.error(term);
    networkError += amount * rates.networkError(term);
    byNearness[rates.nearness(term).ordinal()] += amount;
  }

  void add(Accrued other) {
    cycles += other.cycles;
    error += other.error;
    networkError += other.networkError;
    for (int i = 0; i < byNearness.length; i++) {
      byNearness[i] += other.byNearness[i];
    }
  }

  /**
   * The sum with its 90 % interval.
   *
   * @param layer the operator of a layer, empty for a whole network
   */
  Estimate estimate(Optional<Operator> layer) {
    double sum = layer.isEmpty() ? networkError : error;
    double expected = cycles > 0 ? sum / cycles : 0;
    double wide = Math.exp(rates.halfWidth(expected, byNearness, layer));
    return new Estimate(cycles, cycles / wide, cycles * wide, rates.source());
  }
}
