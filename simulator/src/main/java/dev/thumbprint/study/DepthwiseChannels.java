package dev.thumbprint.study;

import dev.thumbprint.report.chart.Chart;
import dev.thumbprint.study.Cases.Finding;
import dev.thumbprint.study.Setup.Kernels;

/** Table 4 and Fig. 8, depthwise convolutions: 100 to 120 channels on 24x24. */
final class DepthwiseChannels {
  private static final double[] PUBLISHED = {1.6, 2.2, 2.5};
  private static final double PIXELS = 24 * 24;
  private static final double CONVOLUTION_PIXELS = 32 * 32;
  private static final int CONVOLUTION_FILTERS = 60;

  private DepthwiseChannels() {}

  static void run(Lab lab, Outcome.Builder outcome) {
    Cases parity = new Cases(Parity::judge);
    Cases odd =
        new Cases(
            v -> {
              double even = (v[0] + v[2]) / 2;
              return Finding.of(v[1] < even, "%+.2f %%", 100 * (v[1] / even - 1));
            });
    Cases worse = new Cases(v -> Finding.of(worse(v) >= 5 && worse(v) <= 30, "%.1fx", worse(v)));
    Chart chart = new Chart("Depthwise convolution, L4", "channels", "latency, ms").fromZero();
    for (int i = 0; i < Sweep.DEPTHWISE.kernels().size(); i++) {
      int kernel = Sweep.DEPTHWISE.kernels().get(i);
      SweepFigures optimised = SweepFigures.of(lab, Sweep.DEPTHWISE, kernel, Kernels.CMSIS_NN);
      SweepFigures reference = SweepFigures.of(lab, Sweep.DEPTHWISE, kernel, Kernels.REFERENCE);
      String window = kernel + "x" + kernel;
      optimised.compare(outcome, "L4 CMSIS-NN " + window + ", %d channels");
      reference.compare(outcome, "L4 reference " + window + ", %d channels");
      new Speedups(optimised, reference)
          .report(
              outcome,
              "depthwise" + kernel,
              "depthwise " + window,
              PUBLISHED[i],
              v -> PIXELS * v * (kernel * kernel + 1.0));
      if (kernel > 1) {
        Parity.steps(parity, optimised, window + ", %d channels");
      } else {
        odd(odd, optimised);
      }
      if (Sweep.CONVOLUTION.kernels().contains(kernel)) {
        compareWithConvolution(lab, worse, optimised, kernel);
      }
      chart.add(optimised.recordedSeries(window + " recorded", i));
      chart.add(optimised.simulatedSeries(window + " simulated", i));
    }
    worse.state(
        outcome,
        "worse",
        "Depthwise costs 5 to 30 times as much for each multiply-accumulate as convolution of the"
            + " same window and channels, CMSIS-NN");
    parity.state(
        outcome,
        "parity",
        "3x3 and 5x5: multiples of 4 take less time than even, even less than odd, at every step");
    odd.state(
        outcome,
        "odd",
        "1x1: odd channel counts are a little faster (than the mean of their even neighbours)");
    outcome.plot("depthwise", "Depthwise convolutions, CMSIS-NN", chart.render());
  }

  private static void odd(Cases cases, SweepFigures figures) {
    for (int value : figures.values()) {
      if (value % 2 != 0) {
        int[] three = {value - 1, value, value + 1};
        cases.add(value + " channels", figures.pick(false, three), figures.pick(true, three));
      }
    }
  }

  private static void compareWithConvolution(
      Lab lab, Cases cases, SweepFigures depthwise, int kernel) {
    SweepFigures convolution = SweepFigures.of(lab, Sweep.CONVOLUTION, kernel, Kernels.CMSIS_NN);
    for (int value : depthwise.values()) {
      double taps = kernel * kernel * (double) value;
      cases.add(
          "%dx%d, %d channels".formatted(kernel, kernel, value),
          Cases.of(
              depthwise.recorded(value) / (PIXELS * taps),
              convolution.recorded(value) / (CONVOLUTION_PIXELS * CONVOLUTION_FILTERS * taps)),
          Cases.of(
              depthwise.simulated(value) / (PIXELS * taps),
              convolution.simulated(value) / (CONVOLUTION_PIXELS * CONVOLUTION_FILTERS * taps)));
    }
  }

  private static double worse(double... perMac) {
    return perMac[0] / perMac[1];
  }
}
