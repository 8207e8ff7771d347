package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.work.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds of a known library that are new and were recorded by a few whole networks: one factor for
 * each kind of work. Totals of networks do not tell one loop from another, so what they say stays
 * on the board that they were recorded on.
 */
final class NetworkBuilds {
  /** Different networks that tell more than one of them does. */
  private static final int NETWORKS_MIN = 3;

  /** Pull of terms that no factor moves. */
  private static final double FIRM = 100;

  private NetworkBuilds() {}

  static CostModel added(CostModel before, List<Sample> samples) {
    List<CoefficientSet> fitted = new ArrayList<>();
    RecordedBuilds.byTarget(samples.stream().filter(NetworkBuilds::isInteger).toList())
        .forEach(
            (home, networks) -> {
              if (DerivedBuilds.isNew(before, home) && different(networks) >= NETWORKS_MIN) {
                fitted.add(fit(before, home, networks));
              }
            });
    return Calibration.with(before, fitted);
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

  private static CoefficientSet fit(CostModel before, Target home, List<Sample> networks) {
    Fitter fitter =
        new Fitter(home, before.on(home).cyclesPerTrip(), FIRM).scalingKinds(BuildFit.KIND_PULL);
    networks.forEach(fitter::add);
    return fitter.set(Source.CALIBRATED);
  }
}
