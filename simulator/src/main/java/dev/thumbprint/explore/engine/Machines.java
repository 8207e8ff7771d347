package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.explore.space.Prices.Amount;
import dev.thumbprint.explore.space.Space;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The configurations of a space made ready, each once for all threads: in a small space that takes
 * longer than the pricing.
 */
final class Machines {
  /** More are made ready anew by each thread that asks, so that memory is bounded. */
  private static final int KEPT_MAX = 512;

  private final Space space;
  private final Map<Long, Machine> kept = new ConcurrentHashMap<>();

  Machines(Space space) {
    this.space = space;
  }

  /**
   * A board in one configuration, with what prices on it; or why the board cannot be run this way.
   * Immutable.
   *
   * @param parts null where there is a problem
   * @param problem empty where there is none
   */
  record Machine(Parts parts, String problem) {}

  /**
   * What a configuration is priced with.
   *
   * @param sleepMw power asleep
   * @param price of the board
   */
  record Parts(
      Target target, Pricer pricer, PowerModel power, Metric sleepMw, Optional<Amount> price) {}

  /** A configuration by its number. */
  Machine get(long configuration) {
    Machine known = kept.get(configuration);
    if (known != null) {
      return known;
    }
    return kept.size() < KEPT_MAX
        ? kept.computeIfAbsent(configuration, this::ready)
        : ready(configuration);
  }

  private Machine ready(long configuration) {
    try {
      Target target = space.target(configuration);
      PowerModel power = PowerModel.of(target);
      Pricer pricer = CostModel.shipped().on(target);
      return new Machine(
          new Parts(target, pricer, power, power.sleepMw(), space.price(target.board())), "");
    } catch (BadDescription cannot) {
      return new Machine(null, cannot.where() + ": " + cannot.problem());
    }
  }
}
