package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Brings the sets of one runtime to a target. */
final class ClosedCarrier {
  // What each step adds to the square of the error of a new network on a recorded build: from the
  // errors of builds, boards and versions held out (docs/accuracy.md).
  private static final double OTHER_BOARD = 0.1;
  private static final double CORE_OF_OTHER_VERSION = 0.2;
  private static final double CORE_OF_OTHER_RUNTIME = 0.7;
  private static final double CORE_NOWHERE = 4;

  private final Target target;
  private final Core core;
  private final List<CoefficientSet> family;
  private final List<CoefficientSet> closed;
  private final List<String> notes = new ArrayList<>();
  private double steps;
  private boolean own = true;

  ClosedCarrier(Target target, List<CoefficientSet> family, List<CoefficientSet> closed) {
    this.target = target;
    this.core = target.board().core();
    this.family = family;
    this.closed = closed;
  }

  Map<Term, Double> newest() {
    return cycles(VersionChoice.of("", versions()).versions().getFirst());
  }

  ClosedSpeed speed() {
    VersionChoice choice = VersionChoice.of(target.kernels().generation(), versions());
    notes.add("coarse: totals of whole networks tell " + target.kernels().family());
    List<Map<Term, Double>> all = choice.versions().stream().map(this::cycles).toList();
    choice.note(target.kernels()).ifPresent(notes::add);
    return new ClosedSpeed(
        ClosedSpeed.figures(ClosedSpeed.mean(all)),
        own && choice.steps() == 0,
        Math.sqrt(1 + steps / choice.versions().size() + choice.steps()),
        notes.stream().distinct().toList());
  }

  private List<String> versions() {
    return family.stream().map(set -> set.library().generation()).distinct().toList();
  }

  /** Cycles per trip of a recorded version on the core of the target. */
  private Map<Term, Double> cycles(String version) {
    List<CoefficientSet> recorded =
        family.stream().filter(set -> set.library().generation().equals(version)).toList();
    String board = target.board().id();
    for (CoefficientSet set : recorded) {
      if (set.home().board().id().equals(board)) {
        return set.cycles().toMap();
      }
    }
    own = false;
    for (CoefficientSet set : recorded) {
      if (set.core() == core) {
        step(OTHER_BOARD, set);
        return set.cycles().toMap();
      }
    }
    CoefficientSet from = nearest(recorded);
    Map<Term, Double> there = from.cycles().toMap();
    there.replaceAll((term, value) -> value * ratio(from.core(), term));
    step(
        isRecordedOnBoth(family, from.core())
            ? CORE_OF_OTHER_VERSION
            : isRecordedOnBoth(closed, from.core()) ? CORE_OF_OTHER_RUNTIME : CORE_NOWHERE,
        from);
    return there;
  }

  private void step(double step, CoefficientSet from) {
    steps += step;
    notes.add("carried over from %s on %s".formatted(from.library(), from.home().board().id()));
  }

  /** A core with the same kind of instructions, where one was recorded. */
  private CoefficientSet nearest(List<CoefficientSet> recorded) {
    return recorded.stream()
        .filter(set -> set.build() == target.board().core().simd())
        .findFirst()
        .orElse(recorded.getFirst());
  }

  /** Cycles on the core of the target relative to another core. */
  private double ratio(Core other, Term term) {
    List<CoefficientSet> told = isRecordedOnBoth(family, other) ? family : closed;
    double logs = 0;
    int count = 0;
    for (CoefficientSet here : told) {
      for (CoefficientSet there : told) {
        if (here.core() == core
            && there.core() == other
            && here.library().equals(there.library())
            && here.has(term)
            && there.has(term)) {
          logs += Math.log(here.cyclesPerTrip(term) / there.cyclesPerTrip(term));
          count++;
        }
      }
    }
    return count > 0
        ? Math.exp(logs / count)
        : ClosedExpectation.cycles(term, core) / ClosedExpectation.cycles(term, other);
  }

  private boolean isRecordedOnBoth(List<CoefficientSet> told, Core other) {
    return told.stream()
        .filter(set -> set.core() == core)
        .anyMatch(
            set ->
                told.stream()
                    .anyMatch(
                        there -> there.core() == other && there.library().equals(set.library())));
  }
}
