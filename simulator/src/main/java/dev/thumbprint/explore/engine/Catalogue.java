package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.work.LayerWork;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the layers of an exploration, so that prices can be kept in arrays. When too many prices
 * are kept it starts a new edition, in which all numbers are given anew. One thread.
 */
final class Catalogue {
  private final int pricesMax;
  private final int layersMax;
  private final Map<LayerWork, Integer> numbers = new HashMap<>();
  private int edition = 1;
  private int prices;

  /**
   * An empty catalogue.
   *
   * @param pricesMax prices that may be kept before a new edition starts
   * @param layersMax layers that may be numbered before a new edition starts
   */
  Catalogue(int pricesMax, int layersMax) {
    this.pricesMax = pricesMax;
    this.layersMax = layersMax;
  }

  /** Number of the edition. */
  int edition() {
    return edition;
  }

  /** Starts a new edition if the old one is full; true where it did. */
  boolean renewed() {
    if (prices <= pricesMax && numbers.size() <= layersMax) {
      return false;
    }
    numbers.clear();
    prices = 0;
    edition++;
    return true;
  }

  int number(LayerWork work) {
    Integer known = numbers.get(work);
    if (known == null) {
      known = numbers.size();
      numbers.put(work, known);
    }
    return known;
  }

  /** Tells that one more price is kept. */
  void priced() {
    prices++;
  }
}
