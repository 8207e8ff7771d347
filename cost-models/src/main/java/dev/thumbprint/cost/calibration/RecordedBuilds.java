package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The builds that were recorded well enough to have coefficients of their own, term by term. */
final class RecordedBuilds {
  /** Different layers, or networks, that a build needs to be fitted on its own. */
  static final int LAYERS_MIN = 100;

  private static final int NETWORKS_MIN = 18;
  private static final double PULL = 0.01;

  /** Kernels that a build is recorded with before its terms are held to what was executed. */
  private static final int KERNELS_MIN = 5;

  /**
   * Relative error that such a term twice its executed value counts like: residuals of 2 % over
   * departures of 20 % that another compiler makes.
   */
  private static final double KERNELS_PULL = 0.1;

  private static final double NETWORK_PULL = 0.1;

  private RecordedBuilds() {}

  static CostModel added(CostModel before, List<Sample> samples, BuildFit fit) {
    Map<Target, List<Sample>> builds = byTarget(samples);
    List<CoefficientSet> fitted = new ArrayList<>();
    for (Target home : referenceFirst(builds.keySet())) {
      List<Sample> rows = builds.get(home);
      List<Sample> layers = rows.stream().filter(row -> !row.network()).toList();
      if (home.opt() != OptLevel.OS && different(layers) >= LAYERS_MIN) {
        fitted.add(fit.of(home, layers, before, fitted, pull(layers), BuildFit.Way.RECORDED));
      } else if (layers.isEmpty() && enough(home, rows)) {
        fitted.add(fit.of(home, rows, before, fitted, NETWORK_PULL, BuildFit.Way.RECORDED));
      }
    }
    List<CoefficientSet> all = new ArrayList<>(fitted);
    all.addAll(fit.inSoftware(builds, fitted, before));
    return Calibration.with(before, all);
  }

  static Map<Target, List<Sample>> byTarget(List<Sample> samples) {
    Map<Target, List<Sample>> builds = new LinkedHashMap<>();
    for (Sample sample : samples) {
      builds.computeIfAbsent(sample.target(), key -> new ArrayList<>()).add(sample);
    }
    return builds;
  }

  /** What other libraries leave to the reference kernels has to be known before them. */
  static List<Target> referenceFirst(Iterable<Target> homes) {
    List<Target> sorted = new ArrayList<>();
    homes.forEach(sorted::add);
    sorted.sort(Comparator.comparing(home -> Calibration.isReference(home.kernels()) ? 0 : 1));
    return sorted;
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

  private static long different(List<Sample> layers) {
    return layers.stream().map(Sample::layers).distinct().count();
  }

  private static boolean enough(Target home, List<Sample> networks) {
    boolean coarse = KernelLibraries.find(home.kernels()).map(KernelLibrary::coarse).orElse(false);
    return !coarse && networks.size() >= NETWORKS_MIN && home.fpu() && home.opt() != OptLevel.OS;
  }
}
