package dev.thumbprint.study;

import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.study.Setup.Kernels;

/** Table 4, dense layers: 440 to 499 inputs into 450 units. */
final class DenseSpeedup {
  private static final int UNITS = 450;
  private static final double PUBLISHED = 3.0;

  private DenseSpeedup() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    SweepFigures optimised = SweepFigures.of(lab, Sweep.DENSE, 0, Kernels.CMSIS_NN);
    SweepFigures reference = SweepFigures.of(lab, Sweep.DENSE, 0, Kernels.REFERENCE);
    optimised.compare(outcome, "L4 CMSIS-NN, %d inputs");
    reference.compare(outcome, "L4 reference, %d inputs");
    Speedups speedups = new Speedups(optimised, reference);
    // The authors count one more operation for each output: the bias.
    speedups.report(outcome, "dense", "dense", PUBLISHED, inputs -> (inputs + 1.0) * UNITS);
    speedups.parityOfMeans(outcome, "dense-parity", "dense");
    Parity.steps(optimised, "%d inputs")
        .state(
            outcome,
            "dense-steps",
            "Multiples of 4 take less time than even, even less than odd, at every step");
    Chart chart =
        new Chart("Dense layer, L4, -Ofast", "inputs (450 units)", "latency, ms").fromZero();
    chart.add(reference.recordedSeries("reference, recorded", 1));
    chart.add(reference.simulatedSeries("reference, simulated", 1));
    chart.add(optimised.recordedSeries("CMSIS-NN, recorded", 0));
    chart.add(optimised.simulatedSeries("CMSIS-NN, simulated", 0));
    outcome.plot("dense", "Dense layers", chart.render());
  }
}
