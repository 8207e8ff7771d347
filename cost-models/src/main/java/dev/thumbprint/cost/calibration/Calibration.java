package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.pricing.Transfer;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Makes a cost model out of samples: instruction counts first, then the builds that were recorded
 * well enough to have coefficients of their own, then factors between builds and cores, then two
 * numbers for each further board. The same samples give the same model.
 */
public final class Calibration {
  /** Layers or networks that a build needs to be fitted on its own. */
  private static final int LAYERS_MIN = 100;

  private static final int NETWORKS_MIN = 18;
  private static final int COARSE_MIN = 3;
  private static final int BOARD_ROWS_MIN = 3;
  private static final int DERIVED_LAYERS_MIN = 8;
  private static final double PULL = 0.01;

  /** Kernels that a build is recorded with before its terms are held to what was executed. */
  private static final int KERNELS_MIN = 5;

  /**
   * Relative error that such a term twice its executed value counts like: residuals of 2 % over
   * departures of 20 % that another compiler makes.
   */
  private static final double KERNELS_PULL = 0.1;

  private static final double KERNEL_PULL = 0.05;
  private static final double DERIVED_PULL = 0.1;
  private static final double KIND_PULL = 0.05;
  private static final double NETWORK_PULL = 0.1;
  private static final double FACTOR_PULL = 0.05;
  private static final double BOARD_PULL = 0.1;

  private final List<Sample> samples;
  private final Optional<CostModel> earlier;
  private final List<CoefficientSet> sets = new ArrayList<>(executed());
  private Transfer transfer = Priors.transfer();

  private Calibration(List<Sample> samples, Optional<CostModel> earlier) {
    this.samples = samples;
    this.earlier = earlier;
  }

  /**
   * The model of some samples; without any, what instruction counts and documents say. Fitted
   * twice: float layers of other boards with the same core count as well, brought to the home of
   * the coefficients by the ratio that the first model gives.
   */
  public static CostModel run(List<Sample> samples) {
    return new Calibration(samples, Optional.of(new Calibration(samples, Optional.empty()).fit()))
        .fit();
  }

  private CostModel fit() {
    correctCounts();
    fitBuilds();
    fitFactors();
    fitDerivedBuilds();
    fitBoards();
    return model();
  }

  /** What was executed on emulated cores: sweeps, and counts of the builds without sweeps. */
  private static List<CoefficientSet> executed() {
    List<CoefficientSet> all = new ArrayList<>(EmulatedSweeps.sets());
    for (CoefficientSet counted : InstructionCounts.sets()) {
      if (all.stream().noneMatch(set -> set.home().equals(counted.home()))) {
        all.add(counted);
      }
    }
    return all;
  }

  private CostModel model() {
    return new CostModel(sets, transfer);
  }

  /**
   * Corrects the cycles per instruction of the counted builds, by kind of work, with the recordings
   * of the generations whose loops they share on the core that was counted.
   */
  private void correctCounts() {
    Figures<Kind> none = Figures.none(Kind.class);
    Figures<Kind> factors = factors(Calibration::sharesCountedLoops, none);
    if (factors.size() == 0) {
      return;
    }
    sets.replaceAll(
        set ->
            isCounted(set)
                    && set.core() == Core.CORTEX_M4
                    && set.library().family().equals("cmsis-nn")
                ? scaled(set, factors)
                : set);
  }

  private static boolean isCounted(CoefficientSet set) {
    return InstructionCounts.sets().stream().anyMatch(each -> each.home().equals(set.home()));
  }

  private static boolean sharesCountedLoops(Sample sample) {
    LibraryId library = sample.target().kernels();
    return sample.target().board().core() == Core.CORTEX_M4
        && library.family().equals("cmsis-nn")
        && (library.generation().equals("2022") || library.generation().equals("2024"));
  }

  private static CoefficientSet scaled(CoefficientSet set, Figures<Kind> factors) {
    Map<Term, Double> cycles = set.cycles().toMap();
    cycles.replaceAll(
        (term, value) -> term.reference() ? value : value * factors.getOr(term.kind(), 1));
    return set.withCycles(Figures.of(Term.class, cycles));
  }

  private void fitBuilds() {
    Map<Target, List<Sample>> builds = new LinkedHashMap<>();
    for (Sample sample : samples) {
      builds.computeIfAbsent(sample.target(), key -> new ArrayList<>()).add(sample);
    }
    CostModel before = model();
    List<CoefficientSet> fitted = new ArrayList<>();
    List<Target> homes = new ArrayList<>(builds.keySet());
    homes.sort(Comparator.comparing(home -> isReference(home) ? 0 : 1));
    homes.forEach(
        home -> {
          List<Sample> rows = builds.get(home);
          List<Sample> layers = rows.stream().filter(row -> !row.network()).toList();
          boolean enough = home.opt() != OptLevel.OS;
          if (enough && layers.size() >= LAYERS_MIN) {
            fitted.add(fit(home, layers, before, fitted, pull(layers), false));
          } else if (layers.isEmpty() && enough(home, rows)) {
            fitted.add(fit(home, rows, before, fitted, NETWORK_PULL, false));
          }
        });
    sets.addAll(fitted);
    builds.forEach(
        (home, rows) ->
            fitted.stream()
                .filter(set -> isSoftFloatOf(home, set.home()))
                .findFirst()
                .ifPresent(base -> sets.add(fitSoftFloat(home, rows, base, before))));
  }

  /**
   * Builds of a known library on another core or at another optimisation level, recorded by few
   * layers: what is carried over from the nearest build is brought there by kind of work, and terms
   * depart from that as far as the recordings ask.
   */
  private void fitDerivedBuilds() {
    Map<Target, List<Sample>> builds = new LinkedHashMap<>();
    for (Sample sample : samples) {
      if (!sample.network()) {
        builds.computeIfAbsent(sample.target(), key -> new ArrayList<>()).add(sample);
      }
    }
    CostModel before = model();
    List<Target> homes = new ArrayList<>(builds.keySet());
    homes.removeIf(home -> !derivable(home, builds.get(home)));
    List<Target> derivable = List.copyOf(homes);
    homes.removeIf(home -> derivable.stream().anyMatch(other -> isRicher(other, home, builds)));
    homes.sort(Comparator.comparing(home -> isReference(home) ? 0 : 1));
    List<CoefficientSet> fitted = new ArrayList<>();
    for (Target home : homes) {
      fitted.add(fit(home, builds.get(home), before, fitted, DERIVED_PULL, true));
    }
    sets.addAll(fitted);
    builds.forEach(
        (home, rows) ->
            fitted.stream()
                .filter(set -> isSoftFloatOf(home, set.home()))
                .findFirst()
                .ifPresent(base -> sets.add(fitSoftFloat(home, rows, base, before))));
  }

  /** Whether no board has coefficients of this build yet, and these layers can give some. */
  private boolean derivable(Target home, List<Sample> layers) {
    return home.fpu()
        && home.kernels().dated()
        && KernelLibraries.find(home.kernels()).map(found -> !found.coarse()).orElse(false)
        && integerLayers(layers) >= DERIVED_LAYERS_MIN
        && sets.stream()
            .noneMatch(
                set ->
                    set.source() == Source.CALIBRATED
                        && set.library().equals(home.kernels())
                        && set.core() == home.board().core()
                        && set.home().fpu() == home.fpu()
                        && set.opt() == home.opt());
  }

  /** Whether another board has more layers of the same build. */
  private static boolean isRicher(Target other, Target home, Map<Target, List<Sample>> builds) {
    return other.kernels().equals(home.kernels())
        && other.board().core() == home.board().core()
        && other.opt() == home.opt()
        && other.fpu() == home.fpu()
        && integerLayers(builds.get(other)) > integerLayers(builds.get(home));
  }

  /** Different layers that do not compute in floating point. */
  private static long integerLayers(List<Sample> samples) {
    return samples.stream()
        .map(sample -> sample.layers().getFirst())
        .filter(work -> work.inputType() != DataType.FLOAT32)
        .distinct()
        .count();
  }

  /**
   * Thousands of shapes of one kernel tell its terms apart. Whole networks of many kernels with few
   * shapes each leave combinations open, which other networks then ask for.
   */
  private static double pull(List<Sample> layers) {
    long operators =
        layers.stream().map(sample -> sample.layers().getFirst().operator()).distinct().count();
    return operators >= KERNELS_MIN ? KERNELS_PULL : PULL;
  }

  private static boolean enough(Target home, List<Sample> networks) {
    boolean coarse = KernelLibraries.find(home.kernels()).map(KernelLibrary::coarse).orElse(false);
    return coarse
        ? networks.size() >= COARSE_MIN
        : networks.size() >= NETWORKS_MIN && home.fpu() && home.opt() != OptLevel.OS;
  }

  private static boolean isSoftFloatOf(Target soft, Target hard) {
    return !soft.fpu()
        && hard.fpu()
        && soft.board().id().equals(hard.board().id())
        && soft.kernels().equals(hard.kernels())
        && soft.kernels().family().equals("tflm-reference")
        && soft.opt() == hard.opt();
  }

  private static boolean isReference(Target home) {
    return home.kernels().family().equals("tflm-reference");
  }

  /**
   * Fits a build. What a library leaves to the reference kernels is fitted with those of the same
   * board and flags, and only there, where both were recorded.
   */
  private CoefficientSet fit(
      Target home,
      List<Sample> rows,
      CostModel before,
      List<CoefficientSet> fitted,
      double pull,
      boolean derived) {
    Fitter fitter = new Fitter(home, before.on(home).cyclesPerTrip(), pull);
    if (derived) {
      fitter.scalingKinds(KIND_PULL);
    } else if (isReference(home)) {
      // Plain loops are what the compiler makes of them: the study's is older than the one of the
      // sweeps, and its convolutions, dense layers and pools differ each by a factor.
      fitter.scalingKernels(KERNEL_PULL);
    }
    if (isReference(home)) {
      samples.stream()
          .filter(row -> !row.network() && isSibling(row.target(), home))
          .filter(row -> !isReference(row.target()) && isPlain(row))
          .forEach(fitter::add);
      borrowed(home).forEach(fitter::add);
    } else {
      fitted.stream()
          .filter(set -> isReference(set.home()) && isSibling(home, set.home()))
          .findFirst()
          .ifPresent(set -> fitter.fixing(plainTerms(set)));
    }
    rows.forEach(fitter::add);
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
      boolean real = sample.layers().getFirst().inputType() == DataType.FLOAT32;
      if (!sample.network() && real && isTwin(target, home)) {
        Pricer there = pricers.computeIfAbsent(target, earlier.get()::on);
        LayerWork work = sample.layers().getFirst();
        if (here.layer(work).cycles() instanceof Estimate near
            && there.layer(work).cycles() instanceof Estimate far) {
          double cycles = sample.cycles() * near.value() / far.value();
          borrowed.add(
              new Sample(
                  sample.id(), sample.layers(), false, home, cycles, OptionalDouble.empty()));
        }
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

  /**
   * Software floating point changes the float terms only; all others are those of the FPU build.
   */
  private CoefficientSet fitSoftFloat(
      Target home, List<Sample> rows, CoefficientSet base, CostModel before) {
    Map<Term, Double> fixed = base.cycles().toMap();
    fixed.keySet().removeIf(term -> term.kind() == Kind.FLOAT);
    Fitter fitter =
        new Fitter(home, before.on(home).cyclesPerTrip(), PULL)
            .fixing(Figures.of(Term.class, fixed));
    borrowed(home).forEach(fitter::add);
    for (Sample row : rows) {
      if (!row.network()) {
        fitter.add(row);
      }
    }
    return fitter.set(Source.CALIBRATED);
  }

  /** Factors of -Os against -Ofast, and of cores against the Cortex-M4, by kind of work. */
  private void fitFactors() {
    // Code that was executed with what a factor stands for takes none: it would fit what is left.
    List<CoefficientSet> withSize = List.copyOf(sets);
    sets.removeIf(set -> set.opt() == OptLevel.OS);
    Figures<Kind> size =
        factors(
            row ->
                !row.network()
                    && row.target().fpu()
                    && row.target().opt() == OptLevel.OS
                    && fittedOn(row.target(), OptLevel.OFAST),
            transfer.optFactors(OptLevel.OS));
    sets.clear();
    sets.addAll(withSize);
    transfer = transfer.withOpt(OptLevel.OS, size);
    for (Core core : List.of(Core.CORTEX_M33, Core.CORTEX_M7)) {
      List<CoefficientSet> all = List.copyOf(sets);
      sets.removeIf(set -> set.core() == core);
      Figures<Kind> factors =
          factors(
              row ->
                  !row.network()
                      && row.target().fpu()
                      && row.target().board().core() == core
                      && sets.stream().anyMatch(set -> isOnM4(set, row.target())),
              transfer.coreFactors(core));
      sets.clear();
      sets.addAll(all);
      transfer = transfer.withCore(core, factors);
    }
  }

  private static boolean isOnM4(CoefficientSet set, Target target) {
    return set.source() == Source.CALIBRATED
        && set.core() == Core.CORTEX_M4
        && set.library().equals(target.kernels())
        && set.opt() == target.opt();
  }

  private boolean fittedOn(Target target, OptLevel level) {
    return sets.stream()
        .anyMatch(
            set ->
                set.home().board().id().equals(target.board().id())
                    && set.library().equals(target.kernels())
                    && set.home().fpu() == target.fpu()
                    && set.opt() == level);
  }

  /** Refits the factors of the rows that are asked for, starting from and drawn towards what is. */
  private Figures<Kind> factors(Predicate<Sample> asked, Figures<Kind> now) {
    Kind[] kinds = Kind.values();
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(kinds.length);
    CostModel model = model();
    Map<Target, Pricer> pricers = new LinkedHashMap<>();
    int rows = 0;
    for (Sample sample : samples) {
      if (!asked.test(sample)) {
        continue;
      }
      Pricer pricer = pricers.computeIfAbsent(sample.target(), model::on);
      Map<Kind, Double> parts = parts(pricer, sample);
      if (!parts.isEmpty()) {
        double[] features = new double[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
          features[i] = parts.getOrDefault(kinds[i], 0.0) / now.getOr(kinds[i], 1);
          features[i] /= sample.cycles();
        }
        problem.add(features, 1);
        rows++;
      }
    }
    if (rows == 0) {
      return now;
    }
    for (int i = 0; i < kinds.length; i++) {
      problem.pull(i, now.getOr(kinds[i], 1), FACTOR_PULL);
    }
    double[] solution = problem.solve();
    Map<Kind, Double> result = new EnumMap<>(Kind.class);
    for (int i = 0; i < kinds.length; i++) {
      result.put(kinds[i], Math.max(solution[i], 0.05));
    }
    return Figures.of(Kind.class, result);
  }

  /** Cycles of a sample by kind of work; empty where it cannot be priced. */
  private static Map<Kind, Double> parts(Pricer pricer, Sample sample) {
    Map<Kind, Double> parts = new EnumMap<>(Kind.class);
    for (LayerWork work : sample.layers()) {
      LayerCost cost = pricer.layer(work);
      if (cost.cycles() instanceof dev.thumbprint.cost.Unavailable) {
        return Map.of();
      }
      for (LayerCost.Share share : cost.breakdown()) {
        parts.merge(share.term().kind(), share.cycles(), Double::sum);
      }
    }
    return parts;
  }

  /** Two numbers for each board that has recordings of known builds but no coefficients. */
  private void fitBoards() {
    Map<String, List<Sample>> boards = new LinkedHashMap<>();
    for (Sample sample : samples) {
      String id = sample.target().board().id();
      if (sets.stream().noneMatch(set -> isHome(set, id))) {
        boards.computeIfAbsent(id, key -> new ArrayList<>()).add(sample);
      }
    }
    CostModel model = model();
    boards.forEach(
        (id, rows) -> {
          // Float kernels are less well known than the board: they count where there is no else.
          List<Sample> whole = rows.stream().filter(Calibration::isIntegerLayer).toList();
          List<Sample> used = whole.size() >= BOARD_ROWS_MIN ? whole : rows;
          if (used.size() >= BOARD_ROWS_MIN) {
            transfer = transfer.withBoard(id, boardNumbers(model, used));
          }
        });
  }

  private static boolean isIntegerLayer(Sample sample) {
    LayerWork work = sample.layers().getFirst();
    return !sample.network()
        && work.inputType() != DataType.FLOAT32
        && work.outputType() != DataType.FLOAT32;
  }

  private static boolean isHome(CoefficientSet set, String board) {
    return set.source() == Source.CALIBRATED && set.home().board().id().equals(board);
  }

  private static Transfer.BoardNumbers boardNumbers(CostModel model, List<Sample> rows) {
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(2);
    Map<Target, Pricer> pricers = new LinkedHashMap<>();
    int used = 0;
    for (Sample sample : rows) {
      Pricer pricer = pricers.computeIfAbsent(sample.target(), model::on);
      double computing = 0;
      double code = 0;
      double weights = 0;
      for (LayerWork work : sample.layers()) {
        LayerCost cost = pricer.layer(work);
        for (LayerCost.Share share : cost.breakdown()) {
          computing += share.trips() * share.computeCycles();
          code += share.trips() * share.codeFetchCycles();
          weights += share.trips() * share.weightFetchCycles();
        }
      }
      if (computing > 0) {
        problem.add(
            new double[] {code / sample.cycles(), weights / sample.cycles()},
            1 - computing / sample.cycles());
        used++;
      }
    }
    problem.pull(0, 1, BOARD_PULL);
    problem.pull(1, 1, BOARD_PULL);
    double[] solution = problem.solve();
    return new Transfer.BoardNumbers(solution[0], solution[1], used);
  }
}
