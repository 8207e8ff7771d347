package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.library.Decision;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.LayerWork;
import java.util.Arrays;
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
  private final Map<Build, Decision[]> decisions = new HashMap<>();
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

  /** What decides, beside the layer, on the path that a library takes. */
  private record Build(LibraryId library, SimdUnit core) {}

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
    decisions.clear();
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

  /** What the library of a pricer decides about a layer, asked once for all boards alike. */
  Decision decision(Pricer pricer, LayerWork work, int number) {
    Build build = new Build(pricer.library().id(), pricer.target().board().core().simd());
    Decision[] known = decisions.computeIfAbsent(build, key -> new Decision[256]);
    if (number >= known.length) {
      known = Arrays.copyOf(known, Math.max(number + 1, 2 * known.length));
      decisions.put(build, known);
    }
    if (known[number] == null) {
      known[number] = pricer.decide(work);
    }
    return known[number];
  }

  /** Tells that one more price is kept. */
  void priced() {
    prices++;
  }
}
