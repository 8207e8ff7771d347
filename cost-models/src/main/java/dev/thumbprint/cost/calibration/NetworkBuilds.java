package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.work.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds of a known library that are new and were recorded by a few whole networks: one factor for
 * each kind of work. Totals of networks do not tell one loop from another, so what they say stays
 * on the board that they were recorded on. Networks of one build with their weights in different
 * memories, as an Arduino program for Teensy has them by size, tell the same loops.
 */
final class NetworkBuilds {
  /** Different networks that tell more than one of them does. */
  private static final int NETWORKS_MIN = 3;

  /** Pull of terms that no factor moves. */
  private static final double FIRM = 100;

  private NetworkBuilds() {}

  static CostModel added(CostModel before, List<Sample> samples) {
    List<CoefficientSet> fitted = new ArrayList<>();
    Map<Target, List<Sample>> builds =
        RecordedBuilds.byTarget(samples.stream().filter(NetworkBuilds::isInteger).toList());
    builds.forEach(
        (home, networks) -> {
          List<Sample> all = new ArrayList<>();
          builds.forEach((other, more) -> all.addAll(isSameCode(home, other) ? more : List.of()));
          if (DerivedBuilds.isNew(before, home) && different(all) >= NETWORKS_MIN) {
            fitted.add(fit(before, home, slowest(builds.keySet(), home), all));
          }
        });
    return Calibration.with(before, fitted);
  }

  /** Whether nothing differs but where the weights lie. */
  private static boolean isSameCode(Target one, Target other) {
    return one.withWeights(other.weights()).equals(other);
  }

  /** The build with its weights in the slowest of the memories that they were recorded in. */
  private static Target slowest(Set<Target> builds, Target home) {
    return builds.stream()
        .filter(other -> isSameCode(home, other))
        .max(Comparator.comparingDouble(other -> Stall.of(other).weightWordCycles()))
        .orElse(home);
  }

  /** Whether it is a network whose products are of integers: float kernels are another library. */
  private static boolean isInteger(Sample sample) {
    return sample.network()
        && sample.layers().stream()
            .noneMatch(work -> work.filter().rank() > 0 && work.inputType() == DataType.FLOAT32);
  }

  private static long different(List<Sample> networks) {
    return networks.stream().map(Sample::layers).distinct().count();
  }

  private static CoefficientSet fit(
      CostModel before, Target home, Target slowest, List<Sample> networks) {
    Fitter fitter =
        new Fitter(slowest, before.on(slowest).cyclesPerTrip(), FIRM)
            .scalingKinds(BuildFit.KIND_PULL);
    networks.forEach(fitter::add);
    CoefficientSet fitted = fitter.set(Source.CALIBRATED);
    if (home.equals(slowest)) {
      return fitted;
    }
    Map<Term, Double> cycles = fitted.cycles().toMap();
    cycles.keySet().removeIf(term -> term.kind() == Kind.WEIGHTS);
    return fitted.at(home, Figures.of(Term.class, cycles));
  }
}
