package dev.thumbprint.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.calibration.Calibration;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.pricing.CoefficientSet;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.recorded.Fold;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.recorded.Splits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** X-CUBE-AI on rows that its rates have not seen, beside one constant for each board. */
final class ClosedRuntimesHeldOutTest {
  private static final Map<Recording, Sample> SAMPLES = new HashMap<>();
  private static CostModel open;

  @BeforeAll
  static void readRows() {
    Samples resolver = new Samples();
    for (Recording row : Recordings.builtIn()) {
      if (!row.isLayer() && Validation.isClosed(row) && Validation.fittable(row)) {
        resolver.find(row).ifPresent(sample -> SAMPLES.put(row, sample));
      }
    }
    CostModel shipped = CostModel.shipped();
    open =
        new CostModel(
            shipped.sets().stream().filter(set -> !isCoarse(set)).toList(), shipped.transfer());
  }

  @Test
  void shouldTellAVersionOnABoardFromOtherBoardsAndVersions() {
    assertThat(meanPct(Splits.byBuild(rows()))).isLessThan(7);
  }

  @Test
  void shouldTellAnotherBoardFromThoseThatWereRecorded() {
    assertThat(meanPct(Splits.byBoard(rows()))).isLessThan(10);
  }

  @Test
  void shouldTellAnotherVersionAndAnotherNetworkBetterThanAConstantDoes() {
    assertThat(meanPct(Splits.byVersion(rows()))).isLessThan(16);
    assertThat(meanPct(Splits.byNetwork(rows()))).isLessThan(15);
    assertThat(constantPct(Splits.byVersion(rows()))).isGreaterThan(30);
  }

  private static boolean isCoarse(CoefficientSet set) {
    return KernelLibraries.find(set.library()).map(KernelLibrary::coarse).orElse(false);
  }

  private static List<Recording> rows() {
    return Recordings.builtIn().stream().filter(SAMPLES::containsKey).toList();
  }

  /** Mean absolute percentage error of the rows of X-CUBE-AI that are held out. */
  private static double meanPct(List<Fold> folds) {
    List<Double> errors = new ArrayList<>();
    for (Fold fold : folds) {
      CostModel model =
          Calibration.withRuntimes(open, fold.fit().stream().map(SAMPLES::get).toList());
      for (Recording row : judged(fold)) {
        Sample sample = SAMPLES.get(row);
        Estimate cycles = (Estimate) model.on(sample.target()).network(sample.layers()).cycles();
        errors.add(100 * Math.abs(cycles.value() / sample.cycles() - 1));
      }
    }
    return mean(errors);
  }

  /** The same of multiply-accumulates times a constant of the board. */
  private static double constantPct(List<Fold> folds) {
    List<Double> errors = new ArrayList<>();
    for (Fold fold : folds) {
      Baselines baselines = new Baselines(fold.fit(), SAMPLES);
      for (Recording row : judged(fold)) {
        Sample sample = SAMPLES.get(row);
        Workload workload = new Workload(sample.layers(), true, sample.target(), 0);
        double cycles = baselines.of(row, workload, Map.of()).getFirst();
        if (!Double.isNaN(cycles)) {
          errors.add(100 * Math.abs(cycles / sample.cycles() - 1));
        }
      }
    }
    return mean(errors);
  }

  private static List<Recording> judged(Fold fold) {
    return fold.test().stream()
        .filter(row -> row.setting().library().name().equals("x-cube-ai"))
        .toList();
  }

  private static double mean(List<Double> errors) {
    assertThat(errors).hasSizeGreaterThan(60);
    return errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
