package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
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
import dev.thumbprint.cost.work.LayerWork;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Factors by kind of work: of instruction counts, of -Os against -Ofast, of cores. */
final class WorkFactors {
  private static final double PULL = 0.05;
  private static final double FACTOR_MIN = 0.05;

  private WorkFactors() {}

  /**
   * Corrects the cycles per instruction of the counted builds with the recordings of the
   * generations whose loops they share on the core that was counted.
   */
  static CostModel correctCounts(CostModel model, List<Sample> samples) {
    Figures<Kind> none = Figures.none(Kind.class);
    Figures<Kind> factors = refitted(model, samples, WorkFactors::sharesCountedLoops, none);
    if (factors.size() == 0) {
      return model;
    }
    List<CoefficientSet> sets =
        model.sets().stream()
            .map(set -> sharesCorrection(set) ? scaled(set, factors) : set)
            .toList();
    return new CostModel(sets, model.transfer());
  }

  private static boolean sharesCorrection(CoefficientSet set) {
    boolean counted =
        InstructionCounts.sets().stream().anyMatch(each -> each.home().equals(set.home()));
    return counted && set.core() == Core.CORTEX_M4 && set.library().family().equals("cmsis-nn");
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

  /**
   * Factors of -Os against -Ofast, and of cores against the Cortex-M4. Code that was executed with
   * what a factor stands for takes none and is left out: the factor would fit what is left.
   */
  static CostModel ofFlagsAndCores(CostModel model, List<Sample> samples) {
    CostModel fast = without(model, set -> set.opt() == OptLevel.OS);
    Figures<Kind> size =
        refitted(
            fast,
            samples,
            row -> isHardLayer(row) && row.target().opt() == OptLevel.OS && fittedFast(fast, row),
            model.transfer().optFactors(OptLevel.OS));
    CostModel result = with(model, model.transfer().withOpt(OptLevel.OS, size));
    for (Core core : List.of(Core.CORTEX_M33, Core.CORTEX_M7)) {
      CostModel others = without(result, set -> set.core() == core);
      Figures<Kind> factors =
          refitted(
              others,
              samples,
              row ->
                  isHardLayer(row)
                      && row.target().board().core() == core
                      && others.sets().stream().anyMatch(set -> isOnM4(set, row.target())),
              result.transfer().coreFactors(core));
      result = with(result, result.transfer().withCore(core, factors));
    }
    return result;
  }

  private static CostModel without(CostModel model, Predicate<CoefficientSet> unwanted) {
    return new CostModel(
        model.sets().stream().filter(unwanted.negate()).toList(), model.transfer());
  }

  private static CostModel with(CostModel model, Transfer transfer) {
    return new CostModel(model.sets(), transfer);
  }

  private static boolean isHardLayer(Sample row) {
    return !row.network() && row.target().fpu();
  }

  private static boolean isOnM4(CoefficientSet set, Target target) {
    return set.source() == Source.CALIBRATED
        && set.core() == Core.CORTEX_M4
        && set.library().equals(target.kernels())
        && set.opt() == target.opt();
  }

  private static boolean fittedFast(CostModel model, Sample row) {
    Target target = row.target();
    return model.sets().stream()
        .anyMatch(
            set ->
                set.home().board().id().equals(target.board().id())
                    && set.library().equals(target.kernels())
                    && set.home().fpu() == target.fpu()
                    && set.opt() == OptLevel.OFAST);
  }

  /**
   * Refits the factors of the rows that are asked for, starting from and drawn towards what is.
   * Waiting for data has none: it is that of the memory, whatever the flags and the core.
   */
  private static Figures<Kind> refitted(
      CostModel model, List<Sample> samples, Predicate<Sample> asked, Figures<Kind> now) {
    Kind[] kinds = Kind.values();
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(kinds.length);
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
          if (!kinds[i].waitsForData()) {
            features[i] =
                parts.getOrDefault(kinds[i], 0.0) / now.getOr(kinds[i], 1) / sample.cycles();
          }
        }
        double waiting =
            parts.getOrDefault(Kind.WEIGHTS, 0.0) + parts.getOrDefault(Kind.TENSORS, 0.0);
        problem.add(features, 1 - waiting / sample.cycles());
        rows++;
      }
    }
    if (rows == 0) {
      return now;
    }
    for (int i = 0; i < kinds.length; i++) {
      problem.pull(i, now.getOr(kinds[i], 1), PULL);
    }
    double[] solution = problem.solve();
    Map<Kind, Double> result = new EnumMap<>(Kind.class);
    for (int i = 0; i < kinds.length; i++) {
      if (!kinds[i].waitsForData()) {
        result.put(kinds[i], Math.max(solution[i], FACTOR_MIN));
      }
    }
    return Figures.of(Kind.class, result);
  }

  /** Cycles of a sample by kind of work; empty where it cannot be priced. */
  private static Map<Kind, Double> parts(Pricer pricer, Sample sample) {
    Map<Kind, Double> parts = new EnumMap<>(Kind.class);
    for (LayerWork work : sample.layers()) {
      LayerCost cost = pricer.layer(work);
      if (cost.cycles() instanceof Unavailable) {
        return Map.of();
      }
      for (LayerCost.Share share : cost.breakdown()) {
        parts.merge(share.term().kind(), share.cycles(), Double::sum);
      }
    }
    return parts;
  }
}
