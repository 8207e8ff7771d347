package dev.thumbprint.explain;

import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Why a layer takes as long as it does, in words. */
final class Reasons {
  private static final int TERMS_SHOWN = 3;

  private Reasons() {}

  static List<String> of(LayerCost cost, Pricer pricer) {
    List<String> why = new ArrayList<>();
    if (cost.cycles() instanceof Unavailable none) {
      why.add("not priced: " + none.reason());
      return why;
    }
    why.add("path %s: %s".formatted(cost.path(), cost.reason()));
    if (!pricer.library().coarse()) {
      why.addAll(channels(cost.work()));
    }
    weights(cost, pricer, why);
    cost.breakdown().stream()
        .sorted(Comparator.comparingDouble(LayerCost.Share::cycles).reversed())
        .limit(TERMS_SHOWN)
        .filter(share -> share.cycles() > 0)
        .forEach(
            share ->
                why.add(
                    String.format(
                        Locale.ROOT,
                        "%,.0f cycles: %,d times %s (%s), %.3g cycles each",
                        share.cycles(),
                        share.trips(),
                        share.term().unit(),
                        share.term().meaning(),
                        share.cyclesPerTrip())));
    why.addAll(cost.notes());
    return why;
  }

  private static List<String> channels(LayerWork work) {
    List<String> why = new ArrayList<>();
    switch (work.operator()) {
      case CONV_2D -> {
        odd(why, "input channels", work.filter().dim(-1));
        odd(why, "output channels", work.output().dim(-1));
      }
      case DEPTHWISE_CONV_2D -> odd(why, "channels", work.output().dim(-1));
      case FULLY_CONNECTED -> odd(why, "inputs", work.filter().dim(-1));
      default -> {}
    }
    return why;
  }

  private static void odd(List<String> why, String what, int count) {
    if (count % 2 != 0) {
      why.add(
          "%d %s are odd: left-over elements and words that start off a word"
              .formatted(count, what));
    } else if (count % 4 != 0) {
      why.add("%d %s are no multiple of 4: left-over elements".formatted(count, what));
    }
  }

  private static void weights(LayerCost cost, Pricer pricer, List<String> why) {
    if (pricer.library().decide(cost.work(), pricer.target().board().core().simd())
        instanceof Trips trips) {
      double missed = pricer.missedWords(trips, cost.work());
      if (trips.weightWords() > 0) {
        why.add(
            String.format(
                Locale.ROOT,
                "%,d bytes of weights in %s are read as %,d words, of which %.0f %% come from"
                    + " there",
                cost.work().constantBytes(),
                pricer.target().weights().label(),
                trips.weightWords(),
                100 * missed / trips.weightWords()));
      }
    }
  }
}
