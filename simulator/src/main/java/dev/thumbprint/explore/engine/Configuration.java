package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.NetworkCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.explore.space.Prices.Amount;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A target made ready to price many networks; keeps the prices of layers. One thread. */
final class Configuration {
  private final Target target;
  private final Pricer pricer;
  private final PowerModel power;
  private final Metric sleepMw;
  private final Optional<Amount> price;
  private LayerCost[] prices = new LayerCost[256];
  private int catalogue;

  Configuration(Target target, Optional<Amount> price) {
    this.target = target;
    this.pricer = CostModel.shipped().on(target);
    this.power = PowerModel.of(target);
    this.sleepMw = power.sleepMw();
    this.price = price;
  }

  Target target() {
    return target;
  }

  PowerModel power() {
    return power;
  }

  Metric sleepMw() {
    return sleepMw;
  }

  Optional<Amount> price() {
    return price;
  }

  /** The price of a network, its layers taken from those priced before where they are the same. */
  NetworkCost price(Variant variant, Catalogue numbers) {
    if (catalogue != numbers.edition()) {
      // The numbers stand for other layers now.
      prices = new LayerCost[256];
      catalogue = numbers.edition();
    }
    List<LayerWork> works = variant.works();
    LayerCost[] costs = new LayerCost[works.size()];
    for (int i = 0; i < costs.length; i++) {
      int number = variant.layer(i);
      if (number >= prices.length) {
        prices = Arrays.copyOf(prices, Math.max(number + 1, 2 * prices.length));
      }
      LayerCost known = prices[number];
      if (known == null) {
        LayerWork work = works.get(i);
        known = pricer.layer(work, numbers.decision(pricer, work, number));
        prices[number] = known;
        numbers.priced();
      }
      costs[i] = known;
    }
    return pricer.total(Arrays.asList(costs));
  }
}
