package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.work.Operator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Cycles per trip of every term on one target, carried over from the nearest coefficients. */
final class Rates {
  private static final double UNKNOWN_SPREAD = Math.log(1.6);

  private final Stall stall;
  private final Figures<Term> compute;
  private final Figures<Term> code;
  private final Figures<Term> total;
  private final Figures<Operator> spread;
  private final double networkSpread;
  private final Source source;
  private final List<String> notes;

  Rates(Target target, List<CoefficientSet> sets, Transfer transfer) {
    stall = Stall.of(target);
    List<Distance> nearest =
        sets.stream().map(set -> Distance.between(set, target)).sorted().toList();
    Map<Term, Double> computes = new EnumMap<>(Term.class);
    Map<Term, Double> codes = new EnumMap<>(Term.class);
    Map<Term, Double> totals = new EnumMap<>(Term.class);
    for (Term term : Term.values()) {
      Distance best = nearestWith(nearest, term);
      if (best != null) {
        double cycles = carry(term, best, target, transfer);
        double codeShare = term.kind() == Kind.WEIGHTS ? 0 : stall.codeShare(term.kind());
        totals.put(term, cycles);
        computes.put(term, cycles / (1 + codeShare));
        codes.put(term, cycles - cycles / (1 + codeShare));
      }
    }
    compute = Figures.of(Term.class, computes);
    code = Figures.of(Term.class, codes);
    total = Figures.of(Term.class, totals);
    Distance base = nearest.isEmpty() ? null : nearest.getFirst();
    Map<Operator, Double> spreads = new EnumMap<>(Operator.class);
    for (Operator operator : Operator.values()) {
      spreads.put(operator, base == null ? UNKNOWN_SPREAD : base.spread(operator));
    }
    spread = Figures.of(Operator.class, spreads);
    networkSpread = base == null ? UNKNOWN_SPREAD : base.networkSpread();
    source = base != null && base.same() ? base.set().source() : Source.MODELLED;
    notes = base == null ? List.of("no coefficients at all") : base.notes();
  }

  private static Distance nearestWith(List<Distance> nearest, Term term) {
    Distance best = null;
    for (Distance distance : nearest) {
      if (distance.set().has(term) && (best == null || distance.of(term) < best.of(term))) {
        best = distance;
      }
    }
    return best;
  }

  /** Takes a coefficient apart at home and puts it together again on the target. */
  private double carry(Term term, Distance from, Target target, Transfer transfer) {
    CoefficientSet set = from.set();
    Target home = set.home();
    double cycles = set.cyclesPerTrip(term);
    Transfer.BoardNumbers here = transfer.board(target.board().id());
    Transfer.BoardNumbers there = transfer.board(home.board().id());
    if (term.kind() == Kind.WEIGHTS) {
      double word = from.homeStall().weightWordCycles();
      double carried =
          word > 0 ? cycles * stall.weightWordCycles() / word : stall.weightWordCycles();
      return carried * here.weights() / there.weights();
    }
    if (term.kind() == Kind.FETCH) {
      double share = from.homeStall().codeShare(Kind.FETCH);
      return share > 0 ? cycles * stall.codeShare(Kind.FETCH) / share : cycles;
    }
    double zeroWait = cycles / (1 + from.homeStall().codeShare(term.kind()));
    // Software floating point is a library of its own, compiled once with its own flags.
    boolean soft = term.kind() == Kind.FLOAT && !target.fpu();
    zeroWait *= soft ? 1 : transfer.opt(term.kind(), set.opt(), target.opt());
    zeroWait *= transfer.core(term.kind(), set.core(), target.board().core());
    return zeroWait * (1 + stall.codeShare(term.kind())) * here.scale() / there.scale();
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
  double missedWords(Trips trips) {
    return trips.weightWords() * stall.missShare(trips.weightSetBytes());
  }

  /** Half-width of the 90 % interval of a layer, as a natural logarithm. */
  double spread(Operator operator) {
    return spread.get(operator);
  }

  double networkSpread() {
    return networkSpread;
  }

  Source source() {
    return source;
  }

  List<String> notes() {
    return notes;
  }
}
