package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.work.LayerWork;

/**
 * Words of weights that a layer waits for: those that come from their memory, without those that a
 * controller brings by itself while the core computes.
 */
public final class WaitedWords {
  private WaitedWords() {}

  /**
   * The words of one layer.
   *
   * @param cycles cycles of one trip of each term, a word of weights among them
   */
  public static double of(Stall stall, Figures<Term> cycles, Trips trips, LayerWork work) {
    long words = trips.weightWords();
    long setBytes = trips.weightSetBytes();
    double missed = stall.missedWords(work.operator(), words, setBytes, work.filterBytes());
    double word = cycles.getOr(Term.WEIGHT_MISS, 0);
    if (!stall.readsOn() || word <= 0) {
      return missed;
    }
    double computing = 0;
    for (int i = 0; i < trips.size(); i++) {
      computing += trips.count(i) * cycles.getOr(trips.term(i), 0);
    }
    return missed - stall.hiddenWords(words, setBytes, work.filterBytes(), computing / word);
  }
}
