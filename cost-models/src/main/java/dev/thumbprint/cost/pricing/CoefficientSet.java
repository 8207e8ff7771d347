package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.memory.CodeCache;
import java.util.EnumMap;
import java.util.Map;

/**
 * Cycles per trip of one build of a kernel library, as fitted on one machine. Immutable.
 *
 * @param home the machine and build of the recordings
 * @param source how the figures came about
 * @param rows recordings that were fitted
 * @param networks different whole networks among them
 * @param cycles cycles per trip; none where nothing is known
 * @param codeMisses reads of code per trip that a cache in front of the flash does not serve, by
 *     the cache; only where the code was executed on an emulated core
 * @param ramReads words read from RAM per trip; only where the code was executed likewise
 * @param told how much of each figure the recordings tell, 0 to 1; the rest is what was known
 *     beforehand. None where nothing was recorded, or totals alone
 * @param spread half-width of the 90 % interval at home as a natural logarithm, for coefficients of
 *     one's own; NaN where {@link Intervals} tells it
 */
public record CoefficientSet(
    Target home,
    Source source,
    int rows,
    int networks,
    Figures<Term> cycles,
    Map<CodeCache, Figures<Term>> codeMisses,
    Figures<Term> ramReads,
    Figures<Term> told,
    double spread) {
  /**
   * Each layer of a network is recorded two to four times: timer and pins, with and without FPU.
   */
  private static final int ROWS_PER_COEFFICIENT = 3;

  /** As many as a build needs that is told by whole networks alone. */
  private static final int NETWORKS_MIN = 3;

  public CoefficientSet {
    codeMisses = Map.copyOf(codeMisses);
  }

  /** This set with other cycles per trip. */
  public CoefficientSet withCycles(Figures<Term> other) {
    return new CoefficientSet(
        home, source, rows, networks, other, codeMisses, ramReads, told, spread);
  }

  /** What this set tells of its build in another setting. */
  public CoefficientSet at(Target other, Figures<Term> cyclesThere) {
    return new CoefficientSet(
        other, source, rows, networks, cyclesThere, codeMisses, ramReads, told, spread);
  }

  /** This set with the half-width of the interval that one's own held-out recordings ask for. */
  public CoefficientSet withSpread(double halfWidth) {
    return new CoefficientSet(
        home, source, rows, networks, cycles, codeMisses, ramReads, told, halfWidth);
  }

  /** This set with the terms of another one of the same build that it does not have itself. */
  public CoefficientSet with(CoefficientSet other) {
    Map<CodeCache, Figures<Term>> misses = new EnumMap<>(codeMisses);
    misses.replaceAll(
        (cache, own) ->
            joined(own, other.codeMisses.getOrDefault(cache, Figures.none(Term.class))));
    return new CoefficientSet(
        home,
        source,
        rows + other.rows,
        networks,
        joined(cycles, other.cycles),
        misses,
        joined(ramReads, other.ramReads),
        told,
        spread);
  }

  private Figures<Term> joined(Figures<Term> own, Figures<Term> others) {
    Map<Term, Double> all = others.toMap();
    all.keySet().removeIf(this::has);
    all.putAll(own.toMap());
    return Figures.of(Term.class, all);
  }

  /** The library and its generation. */
  public LibraryId library() {
    return home.kernels();
  }

  /** The core that the cycles were taken on. */
  public Core core() {
    return home.board().core();
  }

  /** Which build of the library. */
  public SimdUnit build() {
    return core().simd();
  }

  /** The optimisation level of the build. */
  public OptLevel opt() {
    return home.opt();
  }

  /** Whether a term has a coefficient here. */
  public boolean has(Term term) {
    return cycles.has(term);
  }

  /** Cycles of one trip of a term; NaN where nothing is known. */
  public double cyclesPerTrip(Term term) {
    return cycles.get(term);
  }

  /** Reads of code per trip that a cache does not serve; NaN where they were not counted. */
  public double codeMisses(CodeCache cache, Term term) {
    Figures<Term> counted = codeMisses.get(cache);
    return counted == null ? Double.NaN : counted.getOr(term, 0);
  }

  /** Words read from RAM per trip; NaN where they were not counted. */
  public double ramReads(Term term) {
    return ramReads.size() == 0 ? Double.NaN : ramReads.getOr(term, 0);
  }

  /**
   * Number of coefficients that were fitted: no more than there were recordings, which move all of
   * a kind of work together where they are fewer.
   */
  public int fitted() {
    return source == Source.CALIBRATED ? Math.min(cycles.size(), rows) : cycles.size();
  }

  /**
   * Whether there are fewer recordings than coefficients: they tell what all have in common on this
   * board, not each of them. One's own recordings say themselves how well they tell the next.
   */
  public boolean thin() {
    return cycles.size() > rows
        && Double.isNaN(spread)
        && cycles.toMap().keySet().stream().noneMatch(Term::coarse);
  }

  /**
   * Whether the recordings outnumber the coefficients enough to tell them apart. The layers of one
   * network do not: what they say of another network is less sure than what sweeps say.
   */
  boolean settled() {
    return rows >= ROWS_PER_COEFFICIENT * cycles.size()
        || !Double.isNaN(spread)
        || cycles.toMap().keySet().stream().anyMatch(Term::coarse);
  }

  /** Whether enough different networks were recorded that they tell one another's error. */
  boolean byNetworks() {
    return networks >= NETWORKS_MIN;
  }

  @Override
  public String toString() {
    return library() + " " + build() + " " + opt().label() + " on " + home.board().id();
  }
}
