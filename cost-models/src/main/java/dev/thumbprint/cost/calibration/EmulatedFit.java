package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.calibration.FittedTable.Stage;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.CodeCache;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.Figures;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The coefficients of one build that was executed, without wait states. */
final class EmulatedFit {
  /** Relative error that a coefficient twice its static count counts like. */
  private static final double PULL = 0.01;

  private static final Map<CodeCache, String> MISS_COLUMNS = missColumns();

  /**
   * What stands around a kernel. One call of a kernel was executed, without the interpreter around
   * it: whole programs tell that.
   */
  private static final Set<Term> AROUND =
      Set.of(
          Term.OPERATOR, Term.CONV_CALL, Term.DENSE_CALL, Term.QUANTIZE_CALL, Term.DEQUANTIZE_CALL);

  private final Target home;
  private final List<CountedRow> rows;
  private final List<Sample> samples;

  private EmulatedFit(Target home, List<CountedRow> rows) {
    this.home = home;
    this.rows = rows;
    this.samples = rows.stream().map(row -> sample(home, row)).toList();
  }

  /** The coefficients of a build; a later stage tells the terms that those before do not. */
  static CoefficientSet of(Target home, Map<Stage, List<CountedRow>> stages) {
    CoefficientSet set = new EmulatedFit(home, stages.get(Stage.KERNELS)).set(fetchTerms());
    for (Stage stage : List.of(Stage.FURTHER_KERNELS, Stage.CALLS)) {
      if (stages.containsKey(stage)) {
        Map<Term, Double> known = set.cycles().toMap();
        if (stage == Stage.CALLS) {
          dispatch(home).ifPresent(cycles -> known.put(Term.OPERATOR, cycles));
        }
        set = set.with(new EmulatedFit(home, stages.get(stage)).set(Figures.of(Term.class, known)));
      }
    }
    return set;
  }

  /** What the interpreter takes around an operator, as whole programs tell. */
  private static OptionalDouble dispatch(Target home) {
    return InstructionCounts.sets().stream()
        .filter(set -> set.library().equals(home.kernels()) && set.has(Term.OPERATOR))
        .filter(set -> set.core() == home.board().core() && !set.home().asserts())
        .mapToDouble(set -> set.cyclesPerTrip(Term.OPERATOR))
        .findFirst();
  }

  private static Sample sample(Target home, CountedRow row) {
    return new Sample(
        String.join(" ", row.get("op"), row.get("input"), row.get("filter")),
        List.of(row.layer()),
        false,
        home,
        row.number("cycles"),
        OptionalDouble.empty());
  }

  private CoefficientSet set(Figures<Term> given) {
    Fitter fitter = new Fitter(home, InstructionCounts.staticCycles(home), PULL).fixing(given);
    samples.forEach(fitter::add);
    Map<Term, Double> cycles = fitter.set(Source.MODELLED).cycles().toMap();
    cycles.putAll(fetchTerms().toMap());
    cycles.keySet().removeAll(AROUND);
    Map<CodeCache, Figures<Term>> misses = new EnumMap<>(CodeCache.class);
    MISS_COLUMNS.forEach(
        (cache, column) -> {
          if (rows.stream().allMatch(row -> row.has(column))) {
            misses.put(cache, counts(row -> row.number(column)));
          }
        });
    return new CoefficientSet(
        home,
        Source.MODELLED,
        rows.size(),
        0,
        Figures.of(Term.class, cycles),
        misses,
        counts(row -> row.number("loads") - row.number("flash_reads")),
        Figures.none(Term.class),
        Double.NaN);
  }

  private Figures<Term> counts(ToDoubleFunction<CountedRow> count) {
    Fitter counts = new Fitter(home, Figures.none(Term.class), 0);
    for (int i = 0; i < rows.size(); i++) {
      counts.addCount(samples.get(i), count.applyAsDouble(rows.get(i)));
    }
    return counts.counts();
  }

  private static Map<CodeCache, String> missColumns() {
    Map<CodeCache, String> columns = new EnumMap<>(CodeCache.class);
    columns.put(CodeCache.UNCACHED, "fetch8");
    columns.put(CodeCache.ONE_KIB, "l4_code_miss");
    columns.put(CodeCache.ART, "f4_code_miss");
    columns.put(CodeCache.TWO_KIB, "c2k_code_miss");
    return columns;
  }

  private static Figures<Term> fetchTerms() {
    Map<Term, Double> fetch = new EnumMap<>(Term.class);
    for (Term term : Term.values()) {
      if (term.kind() == Kind.FETCH) {
        fetch.put(term, 0.0);
      }
    }
    return Figures.of(Term.class, fetch);
  }
}
