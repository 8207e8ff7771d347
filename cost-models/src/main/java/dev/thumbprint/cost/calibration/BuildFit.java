package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Fits one build. What a library leaves to the reference kernels is fitted with those of the same
 * board and flags, and only there, where both were recorded.
 *
 * @param samples all samples, for what other builds tell of this one
 * @param earlier a first model of them, for float layers of other boards
 */
record BuildFit(List<Sample> samples, Optional<CostModel> earlier) {
  private static final double KERNEL_PULL = 0.05;

  /** Relative error that a factor of two for a kind of work counts like. */
  static final double KIND_PULL = 0.05;

  /**
   * Most of a trip is code of the compiler's library, the same in every build, and was executed.
   */
  private static final double SOFT_FLOAT_PULL = 0.1;

  /** Layers brought from another board err by 10 %, where a fit errs by 2 on its own. */
  private static final double BORROWED_WEIGHT = 0.2;

  /** How the values known beforehand are brought to a build. */
  enum Way {
    /** As they are; those of reference kernels by a factor for each kernel. */
    RECORDED,
    /** By a factor for each kind of work, where the code was not executed on the core. */
    DERIVED
  }

  /**
   * The coefficients of a build.
   *
   * @param rows its samples
   * @param before what is known beforehand
   * @param fitted the builds that were fitted before in the same stage
   * @param pull relative error that a coefficient twice its expected value counts like
   */
  CoefficientSet of(
      Target home,
      List<Sample> rows,
      CostModel before,
      List<CoefficientSet> fitted,
      double pull,
      Way way) {
    Fitter fitter = new Fitter(home, before.on(home).cyclesPerTrip(), pull);
    boolean reference = Calibration.isReference(home.kernels());
    if (way == Way.DERIVED && !isExecuted(home, before)) {
      fitter.scalingKinds(KIND_PULL);
    } else if (reference) {
      // Plain loops are what the compiler makes of them: the study's is older than the one of the
      // sweeps, and its convolutions, dense layers and pools differ each by a factor.
      fitter.scalingKernels(KERNEL_PULL);
    }
    if (reference) {
      List<Sample> plain =
          samples.stream()
              .filter(row -> !row.network() && isSibling(row.target(), home))
              .filter(row -> !Calibration.isReference(row.target().kernels()) && isPlain(row))
              .toList();
      plain.forEach(fitter::add);
      Set<List<LayerWork>> own = new HashSet<>();
      rows.forEach(row -> own.add(row.layers()));
      plain.forEach(row -> own.add(row.layers()));
      borrowed(home).stream()
          .filter(row -> !own.contains(row.layers()))
          .forEach(row -> fitter.add(row, BORROWED_WEIGHT));
    } else {
      fitted.stream()
          .filter(set -> Calibration.isReference(set.library()) && isSibling(home, set.home()))
          .findFirst()
          .ifPresent(set -> fitter.fixing(plainTerms(set)));
    }
    rows.forEach(fitter::add);
    return fitter.set(Source.CALIBRATED);
  }

  /**
   * Whether the code was executed on the core as the flags made it. What a core or a flag does to a
   * kind of work is in its counts then; a factor would bend them after the few layers recorded.
   */
  static boolean isExecuted(Target home, CostModel model) {
    return model.sets().stream()
        .anyMatch(
            set ->
                set.source() == Source.MODELLED
                    && set.library().equals(home.kernels())
                    && set.core() == home.board().core()
                    && set.opt() == home.opt());
  }

  /** Those of the builds in software floating point whose other terms were just fitted. */
  List<CoefficientSet> inSoftware(
      Map<Target, List<Sample>> builds, List<CoefficientSet> fitted, CostModel before) {
    List<CoefficientSet> soft = new ArrayList<>();
    builds.forEach(
        (home, rows) ->
            fitted.stream()
                .filter(set -> isSoftFloatOf(home, set.home()))
                .findFirst()
                .ifPresent(base -> soft.add(inSoftware(home, rows, base, before))));
    return soft;
  }

  private static boolean isSoftFloatOf(Target soft, Target hard) {
    return !soft.fpu()
        && hard.fpu()
        && soft.board().id().equals(hard.board().id())
        && soft.kernels().equals(hard.kernels())
        && Calibration.isReference(soft.kernels())
        && soft.opt() == hard.opt();
  }

  /**
   * Software floating point changes the float terms only; all others are those of the FPU build.
   */
  private CoefficientSet inSoftware(
      Target home, List<Sample> rows, CoefficientSet base, CostModel before) {
    Map<Term, Double> fixed = base.cycles().toMap();
    fixed.keySet().removeIf(term -> term.kind() == Kind.FLOAT);
    Fitter fitter =
        new Fitter(home, before.on(home).cyclesPerTrip(), SOFT_FLOAT_PULL)
            .fixing(Figures.of(Term.class, fixed));
    borrowed(home).forEach(row -> fitter.add(row, BORROWED_WEIGHT));
    rows.stream().filter(row -> !row.network()).forEach(fitter::add);
    return fitter.set(Source.CALIBRATED);
  }

  /** Float layers of other boards with the core and flags of this one, in cycles of this one. */
  private List<Sample> borrowed(Target home) {
    List<Sample> borrowed = new ArrayList<>();
    if (earlier.isEmpty()) {
      return borrowed;
    }
    Pricer here = earlier.get().on(home);
    Map<Target, Pricer> pricers = new LinkedHashMap<>();
    for (Sample sample : samples) {
      Target target = sample.target();
      LayerWork work = sample.layers().getFirst();
      if (sample.network() || work.inputType() != DataType.FLOAT32 || !isTwin(target, home)) {
        continue;
      }
      Pricer there = pricers.computeIfAbsent(target, earlier.get()::on);
      if (here.layer(work).cycles() instanceof Estimate near
          && there.layer(work).cycles() instanceof Estimate far) {
        double cycles = sample.cycles() * near.value() / far.value();
        borrowed.add(
            new Sample(sample.id(), sample.layers(), false, home, cycles, OptionalDouble.empty()));
      }
    }
    return borrowed;
  }

  private static boolean isTwin(Target one, Target other) {
    return !one.board().id().equals(other.board().id())
        && one.board().core() == other.board().core()
        && one.opt() == other.opt()
        && one.fpu() == other.fpu();
  }

  private static boolean isSibling(Target one, Target other) {
    return one.board().id().equals(other.board().id())
        && one.opt() == other.opt()
        && one.fpu() == other.fpu()
        && one.clockHz() == other.clockHz();
  }

  /** Whether a sample runs a reference kernel whatever the library. */
  private static boolean isPlain(Sample sample) {
    LayerWork work = sample.layers().getFirst();
    return work.inputType() == DataType.FLOAT32
        || switch (work.operator()) {
          case DEQUANTIZE, RESHAPE -> true;
          default -> false;
        };
  }

  private static Figures<Term> plainTerms(CoefficientSet set) {
    Map<Term, Double> plain = set.cycles().toMap();
    plain.keySet().removeIf(term -> !term.reference());
    return Figures.of(Term.class, plain);
  }
}
