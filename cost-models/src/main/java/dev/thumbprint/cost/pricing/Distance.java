package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.board.Flash;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.Stall;
import java.util.ArrayList;
import java.util.List;

/** How far coefficients are from a target. */
record Distance(
    CoefficientSet set,
    Stall homeStall,
    double steps,
    double familySteps,
    double floatSteps,
    double settingSteps,
    boolean sameBoard,
    boolean sameCore,
    List<String> notes)
    implements Comparable<Distance> {

  /** Recordings of another board of the core count 0.90, of another core 0.61. */
  private static final double TRUST_DECAY = 0.2;

  private static final double OTHER_TIME = 2;
  private static final double ELSEWHERE = 0.1;
  private static final double SETTING = 0.3;

  /** Share of plain loops that recordings of another program of the core leave untold; ours. */
  private static final double OTHER_PROGRAM = 0.5;

  /** Coefficients that no recording tells are as good as those of other code. */
  private static final double UNTOLD = Nearness.OTHER_CODE_STEPS;

  static Distance between(CoefficientSet set, Target target) {
    Steps steps = new Steps();
    Target home = set.home();
    library(steps, set.library(), target.kernels());
    double familySteps = family(target.kernels()).equals(set.library().family()) ? 0 : 8;
    steps.add(set.build() == target.board().core().simd(), 20, "another build (C, DSP or vectors)");
    boolean sameCore = set.core() == target.board().core();
    steps.add(sameCore, 2, "carried over from a " + set.core().label());
    optLevel(steps, set.opt(), target.opt());
    // Kernels of CMSIS-NN have none, and what it leaves to the reference kernels is little.
    boolean checks = target.kernels().family().equals("tflm-reference");
    steps.add(!checks || home.asserts() == target.asserts(), 4, "assertions differ");
    boolean sameBoard = home.board().id().equals(target.board().id());
    steps.add(sameBoard, 0.5, "carried over from " + home.board().id());
    boolean sameClock =
        home.clockHz() == target.clockHz()
            && home.waitStates().equals(target.waitStates())
            && home.caches() == target.caches()
            && home.prefetch() == target.prefetch()
            && home.weights() == target.weights()
            && home.arena().tightlyCoupled() == target.arena().tightlyCoupled();
    steps.add(!sameBoard || sameClock, SETTING, "another clock, cache setting or placement");
    double floatSteps = home.fpu() == target.fpu() ? 0 : 30;
    double settingSteps = sameBoard ? 0 : settings(home, target);
    return new Distance(
        set,
        Stall.of(home),
        steps.count,
        familySteps,
        floatSteps,
        settingSteps,
        sameBoard,
        sameCore,
        List.copyOf(steps.notes));
  }

  /**
   * Steps of settings that recordings of another board say nothing of: how the flash reads ahead
   * where it is not the board's own way, caches, the memory of the weights.
   */
  private static double settings(Target home, Target target) {
    int unseen = isUsual(target) || !isUsual(home) ? 0 : 1;
    unseen += home.caches() == target.caches() ? 0 : 1;
    unseen += home.weights() == target.weights() ? 0 : 1;
    return SETTING * unseen;
  }

  private static boolean isUsual(Target target) {
    boolean usual =
        target.board().flash().map(flash -> flash.prefetch() == Flash.Prefetch.ON).orElse(false);
    return target.prefetch() == usual;
  }

  /** The nearest set that has a term; null where none has. */
  static Distance nearestWith(List<Distance> nearest, Term term) {
    Distance best = null;
    for (Distance distance : nearest) {
      if (distance.set().has(term) && (best == null || distance.of(term) < best.of(term))) {
        best = distance;
      }
    }
    return best;
  }

  /**
   * Whether a term stands for the same code here. Another family's loops are other code under the
   * same name; what stands around them, and what every library leaves to the reference kernels, is
   * shared.
   */
  boolean shares(Term term) {
    return familySteps == 0 || term.reference() || term.kind() == Kind.CALL;
  }

  private static void library(Steps steps, LibraryId from, LibraryId to) {
    boolean family = from.family().equals(family(to));
    if (!family) {
      steps.add(false, 8, "no coefficients of " + to.family());
    }
    if (!to.dated()) {
      steps.add(false, 1, "generation of " + to.family() + " not told");
      return;
    }
    int apart = Math.abs(order(from) - order(to));
    if (!Expectation.isOfOneTime(from, to)) {
      // Other code under the same terms counts less than a recording of another core.
      steps.count += OTHER_TIME;
    }
    steps.add(apart == 0, apart, "carried over from " + from);
  }

  private static String family(LibraryId id) {
    return switch (id.family()) {
      case "tflm", "microtvm-cmsis-nn" -> "cmsis-nn";
      default -> id.family();
    };
  }

  private static int order(LibraryId id) {
    return switch (id.generation()) {
      case "2020-03", "2020" -> 0;
      case "2020-09" -> 1;
      case "2022" -> 2;
      case "2024" -> 3;
      default -> 4;
    };
  }

  private static void optLevel(Steps steps, OptLevel from, OptLevel to) {
    if (from == to) {
      return;
    }
    boolean size = from == OptLevel.OS || to == OptLevel.OS;
    String note = "carried over from -" + from.label();
    steps.add(false, size ? 1 : 0.4, note);
  }

  /**
   * Steps to take for a term: float kernels depend on the unit more than on all else, and what
   * every library leaves to the reference kernels does not depend on the library.
   */
  double of(Term term) {
    // Libraries of one time share these kernels; the reference build is where they are measured.
    boolean own = set.library().family().equals("tflm-reference");
    double count = term.reference() ? steps - familySteps + (own ? 0 : ELSEWHERE) : steps;
    return term.kind() == Kind.FLOAT ? count + floatSteps : count;
  }

  /** Steps from recordings to the target, settings that no recording saw included. */
  double away(Term term) {
    return of(term) + settingSteps;
  }

  /**
   * Steps that the errors of a term are carried: those from the recordings to the target, and those
   * from what was known beforehand to the recordings, as far as these do not tell the term. The
   * layers of one network tell how often its own loops run; how far they tell the loops of another
   * network, the network itself cannot say, so that they never count for more than their number.
   * What a compiler made of plain loops for one core tells nothing of what it makes of them for
   * another, and in another program half: GCC 9 and 12 differ by a third on a Cortex-M4 and by less
   * on an M7, and one study's dense loop took 14.5 cycles in one program and 11.6 in another on
   * NUCLEO-L496ZG (docs/sweeps.md).
   */
  double carried(Term term) {
    double untold = 1 - set.told().getOr(term, 0);
    if (isPlain(term) && !sameBoard) {
      untold = Math.max(untold, sameCore ? OTHER_PROGRAM : 1);
    }
    if (!set.settled() && !set.byNetworks()) {
      untold = Math.max(untold, Math.min(1, set.cycles().size() / (double) set.rows()));
    }
    return away(term) + UNTOLD * untold;
  }

  /**
   * How much of what recordings say of a term beyond expectation holds on the target. Plain loops
   * are what a compiler makes of them, on every board; of loops that are written in intrinsics only
   * so much is believed as recordings outnumber coefficients: few layers behind one accelerator
   * cannot tell it from the loops.
   */
  double trust(Term term) {
    double told = isPlain(term) ? 1 : set.rows() / (double) (set.rows() + set.fitted());
    return told * Math.exp(-of(term) * TRUST_DECAY);
  }

  private boolean isPlain(Term term) {
    return term.reference() || set.library().family().equals("tflm-reference");
  }

  /** Whether the target is where the coefficients are from. */
  boolean same() {
    return steps == 0;
  }

  /** Whether the coefficients are of this board and build, at another setting. */
  boolean otherSetting() {
    return sameBoard && steps == SETTING;
  }

  @Override
  public int compareTo(Distance other) {
    return Double.compare(steps, other.steps);
  }

  /** Collects steps. */
  private static final class Steps {
    private double count;
    private final List<String> notes = new ArrayList<>();

    void add(boolean none, double step, String note) {
      if (!none) {
        count += step;
        notes.add(note);
      }
    }
  }
}
