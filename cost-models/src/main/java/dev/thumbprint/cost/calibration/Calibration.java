package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.pricing.Transfer;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final int BOARD_ROWS_MIN = 3;
  private static final double PULL = 0.03;
  private static final double NETWORK_PULL = 0.1;
  private static final double FACTOR_PULL = 0.05;
  private static final double BOARD_PULL = 0.1;

  private final List<Sample> samples;
  private final List<CoefficientSet> sets = new ArrayList<>(InstructionCounts.sets());
  private Transfer transfer = Priors.transfer();

  private Calibration(List<Sample> samples) {
    this.samples = samples;
  }

  /** The model of some samples; without any, what instruction counts and documents say. */
  public static CostModel run(List<Sample> samples) {
    Calibration calibration = new Calibration(samples);
    calibration.fitBuilds();
    calibration.fitFactors();
    calibration.fitBoards();
    return calibration.model();
  }

  private CostModel model() {
    return new CostModel(sets, transfer);
  }

  private void fitBuilds() {
    Map<Target, List<Sample>> builds = new LinkedHashMap<>();
    for (Sample sample : samples) {
      builds.computeIfAbsent(sample.target(), key -> new ArrayList<>()).add(sample);
    }
    CostModel before = model();
    List<CoefficientSet> fitted = new ArrayList<>();
    builds.forEach(
        (home, rows) -> {
          List<Sample> layers = rows.stream().filter(row -> !row.network()).toList();
          boolean enough = home.opt() != OptLevel.OS;
          if (enough && layers.size() >= LAYERS_MIN) {
            fitted.add(fit(home, layers, before, PULL));
          } else if (enough && layers.isEmpty() && rows.size() >= NETWORKS_MIN && home.fpu()) {
            fitted.add(fit(home, rows, before, NETWORK_PULL));
          }
        });
    sets.addAll(fitted);
    builds.forEach(
        (home, rows) ->
            fitted.stream()
                .filter(set -> isSoftFloatOf(home, set.home()))
                .findFirst()
                .ifPresent(base -> sets.add(fitSoftFloat(home, rows, base))));
  }

  private static boolean isSoftFloatOf(Target soft, Target hard) {
    return !soft.fpu()
        && hard.fpu()
        && soft.board().id().equals(hard.board().id())
        && soft.kernels().equals(hard.kernels())
        && soft.kernels().family().equals("tflm-reference")
        && soft.opt() == hard.opt();
  }

  private static CoefficientSet fit(Target home, List<Sample> rows, CostModel before, double pull) {
    Fitter fitter = new Fitter(home, before.on(home).cyclesPerTrip(), pull);
    rows.forEach(fitter::add);
    return fitter.set(Source.CALIBRATED);
  }

  /**
   * Software floating point changes the float terms only; all others are those of the FPU build.
   */
  private static CoefficientSet fitSoftFloat(Target home, List<Sample> rows, CoefficientSet base) {
    Map<Term, Double> fixed = base.cycles().toMap();
    fixed.keySet().removeIf(term -> term.kind() == Kind.FLOAT);
    Fitter fitter =
        new Fitter(home, Figures.none(Term.class), PULL).fixing(Figures.of(Term.class, fixed));
    for (Sample row : rows) {
      if (!row.network()) {
        fitter.add(row);
      }
    }
    return fitter.set(Source.CALIBRATED);
  }

  /** Factors of -Os against -Ofast, and of cores against the Cortex-M4, by kind of work. */
  private void fitFactors() {
    Figures<Kind> size =
        factors(
            row -> row.target().opt() == OptLevel.OS && fittedOn(row.target(), OptLevel.OFAST),
            transfer.optFactors(OptLevel.OS));
    transfer = transfer.withOpt(OptLevel.OS, size);
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
      if (sample.network() || !asked.test(sample)) {
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
          if (rows.size() >= BOARD_ROWS_MIN) {
            transfer = transfer.withBoard(id, boardNumbers(model, rows));
          }
        });
  }

  private static boolean isHome(CoefficientSet set, String board) {
    return set.source() == Source.CALIBRATED && set.home().board().id().equals(board);
  }

  private static Transfer.BoardNumbers boardNumbers(CostModel model, List<Sample> rows) {
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(2);
    Map<Target, Pricer> pricers = new LinkedHashMap<>();
    int used = 0;
    for (Sample sample : rows) {
      Map<Kind, Double> parts = parts(pricers.computeIfAbsent(sample.target(), model::on), sample);
      if (parts.isEmpty()) {
        continue;
      }
      double weights = parts.getOrDefault(Kind.WEIGHTS, 0.0);
      double rest = parts.values().stream().mapToDouble(Double::doubleValue).sum() - weights;
      problem.add(new double[] {rest / sample.cycles(), weights / sample.cycles()}, 1);
      used++;
    }
    problem.pull(0, 1, BOARD_PULL);
    problem.pull(1, 1, BOARD_PULL);
    double[] solution = problem.solve();
    return new Transfer.BoardNumbers(Math.max(solution[0], 0.05), solution[1], used);
  }

  /** Cores that have recordings; for the reader of a report. */
  static List<Core> cores(List<Sample> samples) {
    return samples.stream().map(row -> row.target().board().core()).distinct().sorted().toList();
  }
}
