package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.library.Decision;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.NotCovered;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.work.LayerWork;
import java.util.List;
import java.util.Optional;

/** Prices layers on one target; immutable and safe to share between threads. */
public final class Pricer {
  private final Target target;
  private final KernelLibrary library;
  private final SimdUnit build;
  private final Rates rates;

  Pricer(Target target, KernelLibrary library, Rates rates) {
    this.target = target;
    this.library = library;
    this.build = target.board().core().simd();
    this.rates = rates;
  }

  /** The target. */
  public Target target() {
    return target;
  }

  /** The kernel library whose decisions are followed. */
  public KernelLibrary library() {
    return library;
  }

  /** How the coefficients were carried over to this target; empty where they are its own. */
  public List<String> notes() {
    return rates.notes();
  }

  /** Cycles of one trip of each term on this target. */
  public Figures<Term> cyclesPerTrip() {
    return rates.cyclesPerTrip();
  }

  /** Words of weights of a layer that come from their memory and not from a cache. */
  public double missedWords(Trips trips, LayerWork work) {
    return rates.missedWords(trips, work);
  }

  /** What the kernel library decides about a layer: the same on all boards with such a core. */
  public Decision decide(LayerWork work) {
    return library.decide(work, build);
  }

  /** The cost of one layer. */
  public LayerCost layer(LayerWork work) {
    return layer(work, decide(work));
  }

  /**
   * The cost of one layer.
   *
   * @param decision what {@link #decide} says of it, here or on another board with such a core
   */
  public LayerCost layer(LayerWork work, Decision decision) {
    if (decision instanceof NotCovered none) {
      return new LayerCost(
          work,
          Optional.empty(),
          rates,
          new Unavailable(none.reason()),
          List.of(),
          new Accrued(rates));
    }
    Trips trips = (Trips) decision;
    Accrued sum = new Accrued(rates);
    for (int i = 0; i < trips.size(); i++) {
      Term term = trips.term(i);
      double rate = rates.cycles(term);
      if (Double.isNaN(rate)) {
        String reason = "no coefficient for %s of %s".formatted(term.label(), library.id());
        return new LayerCost(
            work, Optional.of(trips), rates, new Unavailable(reason), List.of(), sum);
      }
      sum.add(term, trips.count(i) * rate);
    }
    double missed = missCycles(trips, work);
    if (missed > 0) {
      sum.add(Term.WEIGHT_MISS, missed);
    }
    double line = rates.cycles(Term.TENSOR_LINE);
    if (line > 0) {
      sum.add(Term.TENSOR_LINE, Stall.tensorLines(work) * line);
    }
    Metric cycles = sum.estimate(Optional.of(work.operator()));
    return new LayerCost(work, Optional.of(trips), rates, cycles, trips.notes(), sum);
  }

  private double missCycles(Trips trips, LayerWork work) {
    return rates.missedWords(trips, work) * orZero(rates.cycles(Term.WEIGHT_MISS));
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  /** The cost of a network: the sum of its layers. */
  public NetworkCost network(List<LayerWork> layers) {
    return total(layers.stream().map(this::layer).toList());
  }

  /** The cost of a network whose layers were priced by this pricer before. */
  public NetworkCost total(List<LayerCost> costs) {
    Accrued sum = new Accrued(rates);
    String missing = "";
    for (int i = 0; i < costs.size(); i++) {
      LayerCost cost = costs.get(i);
      if (cost.cycles() instanceof Unavailable none) {
        if (missing.isEmpty()) {
          missing = "layer %d (%s): %s".formatted(i, cost.work().operator(), none.reason());
        }
      } else {
        sum.add(cost.accrued());
      }
    }
    Metric total = missing.isEmpty() ? sum.estimate(Optional.empty()) : new Unavailable(missing);
    return new NetworkCost(costs, total, rates.notes());
  }
}
