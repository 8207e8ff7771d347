package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.BoardCalibration;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Cycles per trip of every term on one target, carried over from the nearest coefficients. */
final class Rates {
  /** Beyond this factor what was recorded is taken for other code than what was executed. */
  private static final double OTHER_CODE = 2.5;

  /**
   * Expected error of waiting where the wait states of a flash are not told: anything from none to
   * twice what its clock suggests.
   */
  private static final double UNTOLD_WAITING = 0.5;

  /**
   * Expected error of a term that was executed on another core alone and recorded nowhere: kernels
   * carried over from another core or time were 14 to 36 % off (docs/sweeps.md).
   */
  private static final double OTHER_CORE = 0.25;

  private final Stall stall;
  private final Figures<Term> compute;
  private final Figures<Term> code;
  private final Figures<Term> total;
  private final Figures<Term> errors;
  private final Figures<Term> networkErrors;
  private final Nearness[] nearness = new Nearness[Term.count()];
  private final double[] reach = new double[Term.count()];
  private final Intervals intervals;
  private final String build;
  private final OptionalDouble measured;
  private final boolean otherSetting;
  private final OptionalDouble bound;
  private final Source source;
  private final List<String> notes;

  /**
   * The rates of a target.
   *
   * @param closed what totals of a closed runtime tell of it, empty for other libraries
   * @param known whether two numbers of the board are part of the model
   * @param own what the user's own recordings of the board say beyond all this
   */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  Rates(
      Target target,
      List<CoefficientSet> sets,
      Optional<ClosedSpeed> closed,
      Function<Target, Expectation> expectations,
      Intervals intervals,
      boolean known,
      Optional<BoardCalibration> own) {
    this.intervals = intervals;
    build = Intervals.build(target);
    stall = Stall.of(target);
    List<Distance> recorded =
        sets.stream()
            .filter(set -> set.source() == Source.CALIBRATED)
            .filter(set -> set.build() == target.board().core().simd())
            .map(set -> Distance.between(set, target))
            .filter(distance -> distance.sameBoard() || !distance.set().thin())
            .sorted()
            .toList();
    Expectation here = expectations.apply(target);
    double untoldWaiting = stall.waitStatesTold() ? 0 : UNTOLD_WAITING;
    Map<Term, Double> computes = new EnumMap<>(Term.class);
    Map<Term, Double> codes = new EnumMap<>(Term.class);
    Map<Term, Double> totals = new EnumMap<>(Term.class);
    Map<Term, Double> expectedErrors = new EnumMap<>(Term.class);
    Map<Term, Double> expectedInNetworks = new EnumMap<>(Term.class);
    for (Term term : Term.values()) {
      double expected = here.cycles(term);
      Distance nearest = Distance.nearestWith(recorded, term);
      boolean other = nearest != null && !nearest.shares(term) && !Double.isNaN(expected);
      Distance best = other ? null : nearest;
      boolean weights = term.kind() == Kind.WEIGHTS;
      // Waiting for weights is a matter of the board: what another board's recordings say beyond
      // its documents tells nothing of the memory of this one.
      boolean documented = best == null || (weights && !best.sameBoard());
      double cycles;
      if (closed.isPresent()) {
        cycles = weights ? expected : closed.get().cycles().get(term);
      } else {
        cycles =
            documented
                ? expected * (best == null ? PlainLoops.factor(term, recorded, expectations) : 1)
                : carried(target, term, best, here, expectations.apply(best.set().home()));
      }
      boolean vector = target.board().core().simd() == SimdUnit.MVE;
      cycles *= own.map(board -> weights ? board.weights() : board.scale()).orElse(1.0);
      if (!Double.isNaN(cycles)) {
        totals.put(term, cycles);
        Nearness near =
            closed.isPresent()
                ? Nearness.CLOSED
                : Nearness.of(term, best, known || own.isPresent(), vector);
        nearness[term.ordinal()] = near;
        reach[term.ordinal()] =
            closed.map(ClosedSpeed::reach).orElseGet(() -> near.reach(term, best));
        double far = reach[term.ordinal()];
        double carried = best == null && here.isOfAnotherCore(term) ? OTHER_CORE : 0;
        double unknown = Math.hypot(untoldWaiting * here.codeShare(term), carried);
        expectedErrors.put(
            term, Math.hypot(intervals.error(near, term.errorKind(), false) * far, unknown));
        expectedInNetworks.put(
            term, Math.hypot(intervals.error(near, term.errorKind(), true) * far, unknown));
        codes.put(term, cycles * here.codeShare(term));
        computes.put(term, cycles - cycles * here.codeShare(term));
      }
    }
    compute = Figures.of(Term.class, computes);
    code = Figures.of(Term.class, codes);
    total = Figures.of(Term.class, totals);
    errors = Figures.of(Term.class, expectedErrors);
    networkErrors = Figures.of(Term.class, expectedInNetworks);
    Distance base =
        sets.stream().map(set -> Distance.between(set, target)).sorted().findFirst().orElse(null);
    bound =
        own.map(BoardCalibration::spread).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    measured =
        base != null && base.same() && !Double.isNaN(base.set().spread())
            ? OptionalDouble.of(base.set().spread())
            : OptionalDouble.empty();
    otherSetting = base != null && base.otherSetting() && base.set().source() == Source.CALIBRATED;
    if (closed.isPresent()) {
      source = closed.get().own() ? Source.CALIBRATED : Source.MODELLED;
      notes = closed.get().notes();
    } else {
      source = base != null && base.same() ? base.set().source() : Source.MODELLED;
      notes = base == null ? List.of("no coefficients at all") : marked(target, base.notes());
    }
  }

  private static List<String> marked(Target target, List<String> notes) {
    if (target.board().core().simd() != SimdUnit.MVE) {
      return notes;
    }
    List<String> all = new ArrayList<>(notes);
    all.add("vectors: instructions were counted, their cycles recorded on Apollo510 alone");
    return List.copyOf(all);
  }

  /**
   * What recordings of another machine or build say of a term: how much the computing lies above or
   * below what was expected there, in proportion. Waiting is that of the machine.
   */
  private static double carried(
      Target target, Term term, Distance from, Expectation here, Expectation there) {
    double found = from.set().cyclesPerTrip(term);
    if (from.of(term) == 0) {
      return found;
    }
    if (term.kind() == Kind.FETCH && !term.counted()) {
      // Nothing was executed that tells what to expect: it is waiting and nothing else.
      double waited = from.homeStall().lostCodeCycles();
      return waited == 0 ? 0 : found * Stall.of(target).lostCodeCycles() / waited;
    }
    double expected = here.cycles(term);
    double base = there.cycles(term);
    if (Double.isNaN(expected) || Double.isNaN(base)) {
      return found;
    }
    double waitingHere = expected * here.codeShare(term);
    double waitingThere = base * there.codeShare(term);
    double beyond = (found - waitingThere) / (base - waitingThere);
    if (isSameCode(beyond)) {
      return (expected - waitingHere) * Math.pow(beyond, from.trust(term)) + waitingHere;
    }
    if (isSameCode(found / base)) {
      return expected * Math.pow(found / base, from.trust(term));
    }
    if (!Expectation.isOfOneTime(from.set().library(), target.kernels())) {
      return expected;
    }
    // Not the code that was executed: only how the machines differ in this kind of work is taken.
    return found * here.ratio(term.kind(), there);
  }

  private static boolean isSameCode(double beyond) {
    return beyond > 1 / OTHER_CODE && beyond < OTHER_CODE;
  }

  /** Cycles of one trip; NaN where the term has no coefficient anywhere. */
  double cycles(Term term) {
    return total.get(term);
  }

  Figures<Term> cyclesPerTrip() {
    return total;
  }

  double compute(Term term) {
    return compute.get(term);
  }

  double codeFetch(Term term) {
    return code.get(term);
  }

  double weightFetch(Term term) {
    return term.kind() == Kind.WEIGHTS ? total.get(term) : 0;
  }

  /** Words of weights of a path that come from their memory and not from a cache. */
  double missedWords(Trips trips, LayerWork work) {
    return WaitedWords.of(stall, total, trips, work);
  }

  /** Expected error of a term, as a logarithm; NaN where the term has no coefficient. */
  double error(Term term) {
    return errors.get(term);
  }

  /** The same of what a term takes in a whole network. */
  double networkError(Term term) {
    return networkErrors.get(term);
  }

  /** How near the recordings are that tell a term. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  Nearness nearness(Term term) {
    return nearness[term.ordinal()];
  }

  /** How far the errors of a term are carried; see {@link Nearness#reach}. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  double reach(Term term) {
    return reach[term.ordinal()];
  }

  /**
   * Half-width of the 90 % interval of a cost, as a natural logarithm.
   *
   * @param expected expected error, as a logarithm
   * @param cycles cycles by nearness
   * @param layer the operator of a layer, empty for a whole network
   */
  double halfWidth(double expected, double[] cycles, Optional<Operator> layer) {
    Nearness farthest = Nearness.farthest(cycles);
    if (measured.isPresent() && farthest == Nearness.HOME) {
      return measured.getAsDouble();
    }
    double width = intervals.halfWidth(expected, farthest, layer, build);
    if (otherSetting) {
      // Nothing is surer at another setting than at the recorded one.
      width = Math.max(width, intervals.halfWidth(expected, Nearness.HOME, layer, build));
    }
    return bound.orElse(width);
  }

  Source source() {
    return source;
  }

  List<String> notes() {
    return notes;
  }
}
