package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.NetworkCost;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.explore.space.Prices.Amount;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A target made ready to price many networks; keeps the prices of layers. One thread. */
final class Configuration {
  private final Machines.Parts machine;
  private LayerCost[] prices = new LayerCost[256];
  private int catalogue;

  Configuration(Machines.Parts machine) {
    this.machine = machine;
  }

  Target target() {
    return machine.target();
  }

  PowerModel power() {
    return machine.power();
  }

  Metric sleepMw() {
    return machine.sleepMw();
  }

  Optional<Amount> price() {
    return machine.price();
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
        known = machine.pricer().layer(work, numbers.decision(machine.pricer(), work, number));
        prices[number] = known;
        numbers.priced();
      }
      costs[i] = known;
    }
    return machine.pricer().total(Arrays.asList(costs));
  }
}
