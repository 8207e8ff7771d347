package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.work.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds of a known library on another core or at another optimisation level, recorded by few
 * layers: what is carried over from the nearest build is brought there by kind of work, and terms
 * depart from that as far as the recordings ask.
 */
final class DerivedBuilds {
  private static final int LAYERS_MIN = 8;
  private static final double PULL = 0.1;

  private DerivedBuilds() {}

  static CostModel added(CostModel before, List<Sample> samples, BuildFit fit) {
    Map<Target, List<Sample>> builds =
        RecordedBuilds.byTarget(samples.stream().filter(row -> !row.network()).toList());
    List<Target> derivable =
        builds.keySet().stream()
            .filter(home -> home.fpu() && isNew(before, home))
            .filter(home -> integerLayers(builds.get(home)) >= LAYERS_MIN)
            .toList();
    List<CoefficientSet> fitted = new ArrayList<>();
    for (Target home : RecordedBuilds.referenceFirst(derivable)) {
      if (derivable.stream().noneMatch(other -> isRicher(other, home, builds))) {
        fitted.add(fit.of(home, builds.get(home), before, fitted, PULL, BuildFit.Way.DERIVED));
      }
    }
    List<CoefficientSet> all = new ArrayList<>(fitted);
    all.addAll(fit.inSoftware(builds, fitted, before));
    return Calibration.with(before, all);
  }

  /**
   * Those of boards whose build is known by another board of the same core: drawn to what is
   * carried over from there.
   */
  static CostModel atHome(CostModel before, List<Sample> samples, BuildFit fit) {
    Map<Target, List<Sample>> builds =
        RecordedBuilds.byTarget(samples.stream().filter(row -> !row.network()).toList());
    List<CoefficientSet> fitted = new ArrayList<>();
    for (Target home : RecordedBuilds.referenceFirst(builds.keySet())) {
      if (home.fpu()
          && isKnown(home)
          && integerLayers(builds.get(home)) >= LAYERS_MIN
          && before.sets().stream().noneMatch(set -> isOf(set, home))) {
        fitted.add(fit.of(home, builds.get(home), before, fitted, PULL, BuildFit.Way.RECORDED));
      }
    }
    List<CoefficientSet> all = new ArrayList<>(fitted);
    all.addAll(fit.inSoftware(builds, fitted, before));
    return Calibration.with(before, all);
  }

  private static boolean isOf(CoefficientSet set, Target home) {
    return set.source() == Source.CALIBRATED && set.home().equals(home);
  }

  private static boolean isKnown(Target home) {
    return home.kernels().dated()
        && KernelLibraries.find(home.kernels()).map(found -> !found.coarse()).orElse(false);
  }

  /** Whether no board with the core has coefficients of this build yet. */
  static boolean isNew(CostModel model, Target home) {
    return isKnown(home)
        && model.sets().stream()
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
}
