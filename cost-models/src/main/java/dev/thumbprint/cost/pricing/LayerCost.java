package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one layer costs on a target, and what that is made of. Immutable.
 *
 * @see Pricer#layer(LayerWork)
 */
public final class LayerCost {
  private final LayerWork work;
  private final Optional<Trips> trips;
  private final Rates rates;
  private final Metric cycles;
  private final List<String> notes;
  private final Accrued accrued;

  LayerCost(
      LayerWork work,
      Optional<Trips> trips,
      Rates rates,
      Metric cycles,
      List<String> notes,
      Accrued accrued) {
    this.work = work;
    this.trips = trips;
    this.rates = rates;
    this.cycles = cycles;
    this.notes = notes;
    this.accrued = accrued;
  }

  /** The layer. */
  public LayerWork work() {
    return work;
  }

  /** The path of the kernel library, such as {@code convolve_s8/im2col}; empty if it has none. */
  public String path() {
    return trips.map(Trips::path).orElse("");
  }

  /** Why the library takes this path; empty if it has none. */
  public String reason() {
    return trips.map(Trips::reason).orElse("");
  }

  /** Core cycles with a 90 % interval, or why there are none. */
  public Metric cycles() {
    return cycles;
  }

  /** What a reader should know, such as how the figure was carried over from another board. */
  public List<String> notes() {
    return notes;
  }

  /** What a network adds up; not to be changed. */
  Accrued accrued() {
    return accrued;
  }

  void addTo(Exposure exposure) {
    for (Share share : breakdown()) {
      Term term = share.term();
      exposure.add(rates.nearness(term), term.errorKind(), share.cycles(), rates.reach(term));
    }
  }

  /** The terms of the cycles, in the order of the loops; empty where there are no cycles. */
  public List<Share> breakdown() {
    List<Share> shares = new ArrayList<>();
    trips.ifPresent(
        counted -> {
          for (int i = 0; i < counted.size(); i++) {
            Term term = counted.term(i);
            shares.add(
                new Share(
                    term,
                    counted.count(i),
                    rates.compute(term),
                    rates.codeFetch(term),
                    rates.weightFetch(term)));
          }
          long missed = Math.round(rates.missedWords(counted, work));
          double word = rates.cycles(Term.WEIGHT_MISS);
          if (missed > 0 && word > 0) {
            shares.add(new Share(Term.WEIGHT_MISS, missed, 0, 0, word));
          }
          double line = rates.cycles(Term.TENSOR_LINE);
          if (line > 0) {
            shares.add(new Share(Term.TENSOR_LINE, Stall.tensorLines(work), line, 0, 0));
          }
        });
    return shares;
  }

  /**
   * One term of a layer's cycles.
   *
   * @param term kind of loop trip
   * @param trips number of trips
   * @param computeCycles cycles of one trip without waiting for memory
   * @param codeFetchCycles cycles of one trip spent waiting for instructions
   * @param weightFetchCycles cycles of one trip spent waiting for weights
   */
  public record Share(
      Term term,
      long trips,
      double computeCycles,
      double codeFetchCycles,
      double weightFetchCycles) {

    /** Cycles of one trip. */
    public double cyclesPerTrip() {
      return computeCycles + codeFetchCycles + weightFetchCycles;
    }

    /** Cycles of all trips. */
    public double cycles() {
      return trips * cyclesPerTrip();
    }
  }
}
