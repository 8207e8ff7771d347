package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a cost model out of samples: instruction counts first, then what reads of RAM take, then
 * the builds that were recorded well enough to have coefficients of their own, then factors between
 * builds and cores, then builds of few layers, then two numbers for each further board, then builds
 * of few networks, then closed runtimes. The same samples give the same model.
 */
public final class Calibration {
  private Calibration() {}

  /**
   * The model of some samples; without any, what instruction counts and documents say. Fitted
   * twice: float layers of other boards with the same core count as well, brought to the home of
   * the coefficients by the ratio that the first model gives.
   */
  public static CostModel run(List<Sample> samples) {
    return withRuntimes(open(samples), samples);
  }

  /** The model without closed runtimes, which their samples tell nothing of. */
  public static CostModel open(List<Sample> samples) {
    List<Sample> known = samples.stream().filter(row -> !RuntimeFit.isClosed(row)).toList();
    return fit(known, Optional.of(fit(known, Optional.empty())));
  }

  /** A model without closed runtimes, with those of some samples. */
  public static CostModel withRuntimes(CostModel open, List<Sample> samples) {
    return RuntimeFit.added(open, samples);
  }

  private static CostModel fit(List<Sample> samples, Optional<CostModel> earlier) {
    CostModel executed = new CostModel(executed(), Priors.transfer());
    CostModel reading = RamReadsFit.added(executed, samples);
    CostModel counted = WorkFactors.correctCounts(reading, samples);
    BuildFit builds = new BuildFit(samples, earlier);
    CostModel recorded = RecordedBuilds.added(counted, samples, builds);
    CostModel factored = WorkFactors.ofFlagsAndCores(recorded, samples);
    CostModel derived = DerivedBuilds.added(factored, samples, builds);
    CostModel homes = DerivedBuilds.atHome(derived, samples, builds);
    CostModel boards = BoardNumbersFit.added(homes, samples);
    return NetworkBuilds.added(boards, samples);
  }

  /** What was executed on emulated cores: sweeps, and counts of what they do not hold. */
  private static List<CoefficientSet> executed() {
    List<CoefficientSet> all = new ArrayList<>(EmulatedSweeps.sets());
    all.addAll(InstructionCounts.sets());
    return all;
  }

  /** A model with more sets, behind its own. */
  static CostModel with(CostModel model, List<CoefficientSet> more) {
    List<CoefficientSet> sets = new ArrayList<>(model.sets());
    sets.addAll(more);
    return new CostModel(sets, model.transfer());
  }

  static boolean isReference(LibraryId library) {
    return library.family().equals("tflm-reference");
  }
}
