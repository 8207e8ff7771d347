package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.memory.CodeCache;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.WaitedWords;
import dev.thumbprint.cost.work.LayerWork;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Fits the cycles per trip of one build on one machine: non-negative least squares on relative
 * errors, every coefficient drawn a little towards what is known of it beforehand.
 */
final class Fitter {
  private static final double FACTOR_MIN = 0.1;
  private static final double FIRM = 10;
  private static final double FLOOR_CYCLES = 0.5;

  /**
   * Cycles that entering a layer takes in a whole program: dispatch, and code not in a cache yet.
   */
  private static final double ONCE_CYCLES = 1500;

  private static final double FLOOR_SHARE = 0.5;

  /**
   * Cycles that code takes which its cache loses between two uses, where another compiler makes it
   * outgrow the cache: half a KiB, 8 bytes a read, at 4 wait states.
   */
  private static final double FETCH_CYCLES = 256;

  /**
   * Relative error beyond which a recording does not count more for lying farther away, where few
   * layers were recorded: among hundreds none rules.
   */
  private static final double FAR = 0.05;

  /** Solutions after the first, each of which weighs the rows by the one before. */
  private static final int ROUNDS = 3;

  private final Target home;
  private final KernelLibrary library;
  private final SimdUnit build;
  private final Stall stall;
  private final Figures<Term> prior;
  private final double pull;
  private Figures<Term> fixed = Figures.none(Term.class);
  private double kindPull = Double.NaN;
  private double kernelPull = Double.NaN;
  private final List<Map<Term, Double>> features = new ArrayList<>();
  private final Map<Map<Term, Double>, Integer> recordings = new HashMap<>();
  private final Set<Map<Term, Double>> networks = new HashSet<>();
  private final List<Double> cycles = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();
  private final List<Double> counts = new ArrayList<>();

  /**
   * A fit without samples yet.
   *
   * @param home machine and build of the samples
   * @param prior cycles per trip known beforehand
   * @param pull relative error that a coefficient twice its prior counts like
   */
  Fitter(Target home, Figures<Term> prior, double pull) {
    this.home = home;
    this.library =
        KernelLibraries.find(home.kernels(), home.roundsDoubles(), !home.fpu())
            .orElseThrow(() -> new IllegalArgumentException("no library " + home.kernels()));
    this.build = home.board().core().simd();
    this.stall = Stall.of(home);
    this.prior = prior;
    this.pull = pull;
  }

  /** Takes coefficients of some terms as given; they are neither fitted nor part of the set. */
  Fitter fixing(Figures<Term> given) {
    fixed = given;
    return this;
  }

  /**
   * Brings the prior to this machine by one factor for each kind of work, fitted to the samples
   * before the terms are: what all terms of a kind have in common, such as a core that issues two
   * instructions at a time, is learnt from few samples and holds for terms that occur in none.
   *
   * @param towardsOne relative error that a factor of two counts like
   */
  Fitter scalingKinds(double towardsOne) {
    kindPull = towardsOne;
    return this;
  }

  /**
   * Brings the prior, by kind of work or not, to this build by one factor for each kernel: what all
   * loops of a function have in common, such as the compiler that it was built with.
   *
   * @param towardsOne relative error that a factor of two counts like
   */
  Fitter scalingKernels(double towardsOne) {
    kernelPull = towardsOne;
    return this;
  }

  /** Adds a sample; one with a layer that the library does not cover is left out. */
  void add(Sample sample) {
    add(sample, 1);
  }

  /**
   * Adds a sample.
   *
   * @param weight relative error of other samples to that of this one, 0 to 1
   */
  void add(Sample sample, double weight) {
    Map<Term, Double> sum = new EnumMap<>(Term.class);
    // The same code may have its weights and its arena elsewhere.
    Target target = sample.target();
    boolean here = target.weights() == home.weights() && target.arena().equals(home.arena());
    Stall memory = here ? stall : Stall.of(target);
    for (LayerWork work : sample.layers()) {
      if (!(library.decide(work, build) instanceof Trips trips)) {
        return;
      }
      for (int i = 0; i < trips.size(); i++) {
        sum.merge(trips.term(i), (double) trips.count(i), Double::sum);
      }
      double missed = WaitedWords.of(memory, prior, trips, work);
      if (missed > 0 && memory.weightWordCycles() > 0) {
        sum.merge(Term.WEIGHT_MISS, missed, Double::sum);
      }
      if (memory.tensorLineCycles() > 0) {
        sum.merge(Term.TENSOR_LINE, (double) Stall.tensorLines(work), Double::sum);
      }
    }
    if (sample.network()) {
      networks.add(sum);
    }
    features.add(sum);
    recordings.merge(sum, 1, Integer::sum);
    weights.add(weight);
    cycles.add(sample.cycles());
  }

  /** Adds a sample of which something was counted that may be nothing at all. */
  void addCount(Sample sample, double count) {
    add(sample);
    counts.add(count);
  }

  /** What was counted per trip of each term; errors are weighed against the cycles of a sample. */
  Figures<Term> counts() {
    List<Term> terms = occurring();
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(terms.size());
    for (int row = 0; row < features.size(); row++) {
      problem.add(row(row, terms), counts.get(row) / cycles.get(row));
    }
    double[] solution = problem.solve();
    Map<Term, Double> fitted = new EnumMap<>(Term.class);
    for (int i = 0; i < solution.length; i++) {
      fitted.put(terms.get(i), solution[i]);
    }
    return Figures.of(Term.class, fitted);
  }

  private List<Term> occurring() {
    List<Term> terms = new ArrayList<>();
    for (Term term : Term.values()) {
      if (!isGiven(term) && features.stream().anyMatch(row -> row.containsKey(term))) {
        terms.add(term);
      }
    }
    return terms;
  }

  private double[] row(int row, List<Term> terms) {
    double[] values = new double[terms.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = features.get(row).getOrDefault(terms.get(i), 0.0) / cycles.get(row);
    }
    return values;
  }

  /** Relative error of a solution on a row. */
  private double error(int row, double[] values, double[] solution) {
    double sum = given(features.get(row)) / cycles.get(row);
    for (int i = 0; i < solution.length; i++) {
      sum += values[i] * solution[i];
    }
    return sum - 1;
  }

  private double given(Map<Term, Double> row) {
    double sum = 0;
    for (Map.Entry<Term, Double> entry : row.entrySet()) {
      Term term = entry.getKey();
      sum += entry.getValue() * (fixed.has(term) ? fixed.get(term) : counted(term));
    }
    return sum;
  }

  private boolean isGiven(Term term) {
    return fixed.has(term)
        || (term.counted() && prior.has(term))
        || isHeld(term)
        || term.kind() == Kind.TENSORS;
  }

  private double counted(Term term) {
    if (term.kind() == Kind.TENSORS) {
      return stall.tensorLineCycles();
    }
    return term.counted() || isHeld(term) ? prior.getOr(term, 0) : 0;
  }

  /**
   * Code that a large cache holds is not brought again: layers that ask for it tell other terms.
   */
  private boolean isHeld(Term term) {
    return term.kind() == Kind.FETCH && !term.counted() && stall.codeCache() == CodeCache.LARGE;
  }

  int rows() {
    return cycles.size();
  }

  private Figures<Term> scaledPrior() {
    Figures<Term> byKind =
        Double.isNaN(kindPull) ? prior : scaled(prior, term -> Optional.of(term.kind()), kindPull);
    return Double.isNaN(kernelPull) ? byKind : scaled(byKind, Fitter::compiled, kernelPull);
  }

  /**
   * The kernel that a compiler made a term of; waiting for weights is none of its work, nor is its
   * runtime library.
   */
  private static Optional<String> compiled(Term term) {
    boolean given = term.kind() == Kind.WEIGHTS || term.ofCompilerLibrary();
    return given ? Optional.empty() : Optional.of(term.kernel());
  }

  /**
   * Coefficients scaled by one factor for each group of terms.
   *
   * @param group the group of a term, or empty where it keeps what is known
   */
  private <G> Figures<Term> scaled(
      Figures<Term> known, Function<Term, Optional<G>> group, double towardsOne) {
    List<Term> terms = occurring();
    List<G> groups = terms.stream().map(group).flatMap(Optional::stream).distinct().toList();
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(groups.size());
    for (int row = 0; row < features.size(); row++) {
      double[] trips = row(row, terms);
      double[] values = new double[groups.size()];
      double kept = 0;
      for (int i = 0; i < trips.length; i++) {
        double cycles = trips[i] * known.getOr(terms.get(i), 0);
        Optional<G> own = group.apply(terms.get(i));
        if (own.isPresent()) {
          values[groups.indexOf(own.get())] += cycles;
        } else {
          kept += cycles;
        }
      }
      add(problem, row, values, kept, 1);
    }
    for (int i = 0; i < groups.size(); i++) {
      problem.pull(i, 1, towardsOne);
    }
    double[] factors = problem.solve();
    Map<Term, Double> scaled = known.toMap();
    scaled.replaceAll(
        (term, value) -> {
          int i = group.apply(term).map(groups::indexOf).orElse(-1);
          return i < 0 ? value : value * Math.max(FACTOR_MIN, factors[i]);
        });
    return Figures.of(Term.class, scaled);
  }

  /**
   * Adds a row with the weight of its layer. A layer that was recorded many times errs each time in
   * the same way, so that all its recordings together count as one.
   *
   * @param furtherGiven share of the cycles that is known beside the terms that are given
   * @param trust what it counts beside another
   */
  private void add(
      NonNegativeLeastSquares problem,
      int row,
      double[] values,
      double furtherGiven,
      double trust) {
    double weight = trust * weights.get(row) / Math.sqrt(recordings.get(features.get(row)));
    double[] weighted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      weighted[i] = weight * values[i];
    }
    double given = given(features.get(row)) / cycles.get(row) + furtherGiven;
    problem.add(weighted, weight * (1 - given));
  }

  /** What a coefficient may depart from next to nothing, in cycles: half a static count. */
  private static double floor(Term term) {
    boolean once =
        switch (term) {
          case OPERATOR, CONV_CALL, DENSE_CALL, DEQUANTIZE_CALL -> true;
          default -> false;
        };
    if (once) {
      return ONCE_CYCLES;
    }
    if (term.kind() == Kind.FETCH) {
      return FETCH_CYCLES;
    }
    return Math.max(FLOOR_CYCLES, FLOOR_SHARE * InstructionCounts.staticCycles().getOr(term, 0));
  }

  /** The fitted coefficients of all terms that occur. */
  CoefficientSet set(Source source) {
    Figures<Term> expectations = scaledPrior();
    List<Term> terms = occurring();
    NonNegativeLeastSquares problem = problem(terms, expectations, Optional.empty());
    double[] solution = problem.solve();
    if (source == Source.CALIBRATED && recordings.size() < RecordedBuilds.LAYERS_MIN) {
      for (int round = 0; round < ROUNDS; round++) {
        problem = problem(terms, expectations, Optional.of(solution));
        solution = problem.solve();
      }
    }
    double[] resolution = problem.told();
    Map<Term, Double> fitted = new EnumMap<>(Term.class);
    Map<Term, Double> told = new EnumMap<>(Term.class);
    for (int i = 0; i < solution.length; i++) {
      fitted.put(terms.get(i), solution[i]);
      told.put(terms.get(i), resolution[i]);
    }
    for (Term term : Term.values()) {
      if (isHeld(term) && features.stream().anyMatch(row -> row.containsKey(term))) {
        fitted.put(term, counted(term));
      }
    }
    return new CoefficientSet(
        home,
        source,
        rows(),
        networks.size(),
        Figures.of(Term.class, fitted),
        Map.of(),
        Figures.none(Term.class),
        source == Source.CALIBRATED ? Figures.of(Term.class, told) : Figures.none(Term.class),
        Double.NaN);
  }

  /**
   * The equations of all rows, and what draws their solution.
   *
   * @param last a solution, beside which rows that lie far away count in proportion to the distance
   *     and not to its square (Huber, Annals of Mathematical Statistics 35, 1964)
   */
  private NonNegativeLeastSquares problem(
      List<Term> terms, Figures<Term> expectations, Optional<double[]> last) {
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(terms.size());
    for (int row = 0; row < features.size(); row++) {
      double[] values = row(row, terms);
      double far = last.isPresent() ? Math.abs(error(row, values, last.get())) : 0;
      add(problem, row, values, 0, far > FAR ? Math.sqrt(FAR / far) : 1);
    }
    for (int i = 0; i < terms.size(); i++) {
      double expected = expectations.get(terms.get(i));
      if (expected >= 0) {
        // Waiting for weights is documented, and the runtime library is the same code everywhere;
        // what they share with the loops is not told apart here.
        boolean known = terms.get(i).kind() == Kind.WEIGHTS || terms.get(i).ofCompilerLibrary();
        double firmness = known ? FIRM : 1;
        problem.pull(i, expected, firmness * pull / Math.max(expected, floor(terms.get(i))));
      }
    }
    return problem;
  }
}
