package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.RuntimeVersion;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.pricing.ClosedExpectation;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fits closed runtimes to totals of whole networks. Four networks of a build cannot tell seven
 * kinds of work apart, so that the logarithm of a rate is a sum of effects that builds share: what
 * all runtimes have in common, the runtime, each step from a version to the next, the core. Every
 * effect is drawn to zero as firmly as such effects are small ({@link RuntimeEffects}).
 */
final class RuntimeFit {
  /** Different networks that a version needs. */
  private static final int NETWORKS_MIN = 3;

  private RuntimeFit() {}

  /** The model with sets for closed runtimes, one for each version on each board. */
  static CostModel added(CostModel model, List<Sample> samples) {
    List<Sample> totals =
        samples.stream()
            .filter(Sample::network)
            .filter(row -> row.target().kernels().dated() && isClosed(row))
            .toList();
    Map<LibraryId, Long> networks =
        totals.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.target().kernels(),
                    Collectors.mapping(
                        Sample::layers,
                        Collectors.collectingAndThen(
                            Collectors.toSet(), different -> (long) different.size()))));
    List<Sample> told =
        totals.stream()
            .filter(row -> networks.get(row.target().kernels()) >= NETWORKS_MIN)
            .sorted(Comparator.comparing(Sample::id))
            .toList();
    return told.isEmpty() ? model : Calibration.with(model, sets(model, told));
  }

  /** Whether a sample tells of kernels that are known by totals only. */
  static boolean isClosed(Sample sample) {
    return KernelLibraries.find(sample.target().kernels()).map(KernelLibrary::coarse).orElse(false);
  }

  private static List<CoefficientSet> sets(CostModel model, List<Sample> rows) {
    RuntimeEffects effects = new RuntimeEffects(versions(rows));
    List<RuntimeRow> features = new ArrayList<>();
    for (Sample row : rows) {
      double word = model.transfer().board(row.target().board().id()).weights();
      features.add(RuntimeRow.of(row, word, repeats(row, rows)));
    }
    effects.fit(features);
    Map<String, List<Target>> builds = new TreeMap<>();
    for (Sample row : rows) {
      Target home = row.target();
      builds
          .computeIfAbsent(home.kernels() + " " + home.board().id(), key -> new ArrayList<>())
          .add(home);
    }
    List<CoefficientSet> sets = new ArrayList<>();
    builds.values().forEach(homes -> sets.add(set(homes, effects)));
    return sets;
  }

  private static long repeats(Sample row, List<Sample> rows) {
    return rows.stream()
        .filter(other -> other.target().equals(row.target()) && other.layers().equals(row.layers()))
        .count();
  }

  /** Versions of each family, oldest first. */
  private static Map<String, List<String>> versions(List<Sample> rows) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    rows.stream()
        .map(row -> row.target().kernels())
        .distinct()
        .sorted(Comparator.comparing(LibraryId::family).thenComparing(id -> RuntimeVersion.of(id)))
        .forEach(
            id ->
                versions
                    .computeIfAbsent(id.family(), key -> new ArrayList<>())
                    .add(id.generation()));
    return versions;
  }

  private static CoefficientSet set(List<Target> homes, RuntimeEffects effects) {
    Target home = homes.getFirst();
    Map<Term, Double> cycles = new EnumMap<>(Term.class);
    for (Term term : ClosedExpectation.TERMS) {
      cycles.put(
          term,
          ClosedExpectation.cycles(term, home.board().core())
              * Math.exp(effects.logRate(home.kernels(), home.board().core(), term)));
    }
    return new CoefficientSet(
        home,
        Source.CALIBRATED,
        homes.size(),
        homes.size(),
        Figures.of(Term.class, cycles),
        Map.of(),
        Figures.none(Term.class),
        Figures.none(Term.class),
        Double.NaN);
  }
}
