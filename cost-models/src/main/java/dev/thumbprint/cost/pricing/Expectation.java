package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.LongMultiply;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.Stall;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cycles per trip that a target is expected to take before any recording of it is looked at: code
 * that was executed on an emulated core, and waiting by the documents of the board.
 */
final class Expectation {
  /** Where reads were not counted: as in the convolutions of CMSIS-NN that were. */
  private static final double RAM_READS_PER_CYCLE = 0.15;

  private final Figures<Term> total;
  private final Figures<Term> code;
  private final Set<Term> ofOtherCores;

  private Expectation(Map<Term, Double> totals, Map<Term, Double> codes, Set<Term> ofOtherCores) {
    this.ofOtherCores = ofOtherCores;
    total = Figures.of(Term.class, totals);
    code = Figures.of(Term.class, codes);
  }

  static Expectation of(Target target, List<CoefficientSet> sets, Transfer transfer) {
    Stall stall = Stall.of(target);
    double ramReadCycles = transfer.ramReadCycles(stall.ramBus());
    Transfer.BoardNumbers board = transfer.board(target.board().id());
    List<Distance> all =
        sets.stream()
            .filter(set -> set.source() != Source.CALIBRATED)
            .map(set -> Distance.between(set, target))
            .sorted()
            .toList();
    // Programs with assertions tell what those cost, relative to the same without.
    List<Distance> executed = all.stream().filter(one -> !one.set().home().asserts()).toList();
    // The loops of 2020 and those since 2022 are different code under the same terms.
    List<Distance> ofTheTime =
        executed.stream()
            .filter(one -> isOfOneTime(one.set().library(), target.kernels()))
            .toList();
    List<Distance> sameUnit =
        ofTheTime.stream().filter(one -> one.set().home().fpu() == target.fpu()).toList();
    Map<Term, Double> totals = new EnumMap<>(Term.class);
    Map<Term, Double> codes = new EnumMap<>(Term.class);
    Set<Term> ofOtherCores = EnumSet.noneOf(Term.class);
    for (Term term : Term.values()) {
      // Floating point in software is other code than that on the unit, whatever the time.
      boolean real = term.kind() == Kind.FLOAT;
      Distance contemporary = Distance.nearestWith(real ? sameUnit : ofTheTime, term);
      Distance nearest = contemporary == null ? Distance.nearestWith(executed, term) : contemporary;
      if (term.kind() == Kind.WEIGHTS) {
        totals.put(term, stall.weightWordCycles() * board.weights());
        codes.put(term, 0.0);
      } else if (term.kind() == Kind.TENSORS) {
        totals.put(term, stall.tensorLineCycles());
        codes.put(term, 0.0);
      } else if (nearest != null) {
        CoefficientSet set = nearest.set();
        if (!nearest.sameCore()) {
          ofOtherCores.add(term);
        }
        double computing = set.cyclesPerTrip(term);
        // Software floating point is a library of its own, compiled once with its own flags.
        boolean soft = term.kind() == Kind.FLOAT && !target.fpu();
        computing *= soft ? 1 : flags(term, set, target, transfer);
        computing *= Assertions.factor(term, set, target, all);
        computing *= transfer.core(term.kind(), set.core(), target.board().core());
        computing = Math.max(0, computing - savedByBoard(target, term));
        double reads = set.ramReads(term);
        computing +=
            ramReadCycles * (Double.isNaN(reads) ? computing * RAM_READS_PER_CYCLE : reads);
        double waiting = stall.codeCycles(cache -> set.codeMisses(cache, term));
        if (Double.isNaN(waiting)) {
          waiting = computing * stall.codeShare(term.kind());
        }
        waiting *= board.code();
        totals.put(term, computing + waiting);
        codes.put(term, waiting);
      }
    }
    return new Expectation(totals, codes, ofOtherCores);
  }

  private static double flags(Term term, CoefficientSet set, Target target, Transfer transfer) {
    return PlainFlags.factor(term, set, target)
        .orElseGet(() -> transfer.opt(term.kind(), set.opt(), target.opt()));
  }

  /** Cycles of a trip that the board's own multiplication to 64 bits saves. */
  private static double savedByBoard(Target target, Term term) {
    return target
        .board()
        .longMultiply()
        .map(own -> term.longMultiplies() * (double) (LongMultiply.LIBGCC_CYCLES - own.cycles()))
        .orElse(0.0);
  }

  /** Whether the loops of two libraries are of one time: 2020, or since 2022. */
  static boolean isOfOneTime(LibraryId one, LibraryId other) {
    return one.generation().startsWith("2020") == other.generation().startsWith("2020");
  }

  /** Cycles of one trip; NaN where nothing is known. */
  double cycles(Term term) {
    return total.get(term);
  }

  /** Whether a term was executed on another core alone, and carried over from it. */
  boolean isOfAnotherCore(Term term) {
    return ofOtherCores.contains(term);
  }

  /** Share of the cycles that is waiting for code. */
  double codeShare(Term term) {
    double cycles = total.getOr(term, 0);
    return cycles > 0 ? code.getOr(term, 0) / cycles : 0;
  }

  /** Cycles here relative to another machine, over the terms of a kind of work. */
  double ratio(Kind kind, Expectation there) {
    double logs = 0;
    int count = 0;
    for (Term term : Term.values()) {
      double here = cycles(term);
      double base = there.cycles(term);
      if (term.kind() == kind && here > 0 && base > 0) {
        logs += Math.log(here / base);
        count++;
      }
    }
    return count == 0 ? 1 : Math.exp(logs / count);
  }
}
