package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How fast a closed runtime is on a target: cycles of each kind of work, brought there from the
 * versions and cores that were recorded. A version that was not recorded on the core is as much
 * faster or slower there as versions that were recorded on both.
 *
 * @param cycles cycles per trip
 * @param own whether this version was recorded on this board
 * @param reach how far the errors of new networks on recorded builds are carried
 * @param notes where the figures come from
 */
record ClosedSpeed(Figures<Term> cycles, boolean own, double reach, List<String> notes) {

  /** Closed runtimes differ from their mean by up to a factor of 2.5, by more where calls rule. */
  private static final double UNKNOWN = 15;

  /** Whether the kernels of a target are known by totals only. */
  static boolean isClosed(LibraryId kernels) {
    return KernelLibraries.find(kernels).map(KernelLibrary::coarse).orElse(false);
  }

  /** The speed on a target; empty where no closed runtime was recorded. */
  static Optional<ClosedSpeed> of(Target target, List<CoefficientSet> closed) {
    if (closed.isEmpty()) {
      return Optional.empty();
    }
    String family = target.kernels().family();
    List<CoefficientSet> own =
        closed.stream().filter(set -> set.library().family().equals(family)).toList();
    if (own.isEmpty()) {
      List<Map<Term, Double>> all = new ArrayList<>();
      closed.stream()
          .collect(Collectors.groupingBy(set -> set.library().family()))
          .forEach(
              (other, members) -> all.add(new ClosedCarrier(target, members, closed).newest()));
      return Optional.of(
          new ClosedSpeed(
              figures(mean(all)),
              false,
              Math.sqrt(1 + UNKNOWN),
              List.of(
                  "coarse: no recording of %s, the mean of other closed runtimes"
                      .formatted(family))));
    }
    return Optional.of(new ClosedCarrier(target, own, closed).speed());
  }

  /** Geometric mean, term by term. */
  static Map<Term, Double> mean(List<Map<Term, Double>> all) {
    Map<Term, Double> mean = new EnumMap<>(Term.class);
    for (Term term : all.getFirst().keySet()) {
      mean.put(
          term,
          Math.exp(
              all.stream()
                  .filter(each -> each.containsKey(term))
                  .mapToDouble(each -> Math.log(each.get(term)))
                  .average()
                  .orElseThrow()));
    }
    return mean;
  }

  static Figures<Term> figures(Map<Term, Double> cycles) {
    return Figures.of(Term.class, cycles);
  }
}
