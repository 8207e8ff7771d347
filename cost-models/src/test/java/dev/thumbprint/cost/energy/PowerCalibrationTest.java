package dev.thumbprint.cost.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Regulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerCalibrationTest {
  private final PowerCalibration calibration = new PowerCalibration(Boards.builtIn());

  /** Samples made from known numbers give the numbers back. */
  @Test
  void shouldFindWhatTheSamplesWereMadeOf() {
    long seed = 11;
    Random random = new Random(seed);
    List<EnergySample> samples = new ArrayList<>();
    for (int network = 0; network < 40; network++) {
      for (KernelKind kind : List.of(KernelKind.OPTIMISED, KernelKind.REFERENCE)) {
        for (double volts : new double[] {1.8, 3.0}) {
          double currentMa = (kind == KernelKind.REFERENCE ? 24.0 : 20.0) * noise(random, 0.02);
          samples.add(sample(kind, "net" + network, false, true, volts, currentMa * volts));
          samples.add(sample(kind, "net" + network, true, false, volts, 0.9 * currentMa * volts));
        }
      }
    }
    PowerFit fit = calibration.fit(samples);
    assertThat(fit.entries()).as("seed %d", seed).hasSize(2);
    for (PowerEntry entry : fit.entries()) {
      double expected = entry.kind() == KernelKind.REFERENCE ? 24.0 : 20.0;
      assertThat(entry.figure().currentMa().orElseThrow())
          .isCloseTo(expected, within(0.02 * expected));
      assertThat(entry.networks()).isEqualTo(40);
    }
    assertThat(fit.kindRatio().get("cortex-m4/reference").factor()).isCloseTo(1.2, within(0.02));
    assertThat(fit.lightRatio().get("cortex-m4").factor()).isCloseTo(0.9, within(0.01));
    assertThat(fit.networkSpread()).isBetween(0.01, 0.02);
  }

  @Test
  void shouldCountANetworkOnceHoweverManyLayersItHas() {
    List<EnergySample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      samples.add(sample(KernelKind.OPTIMISED, "large", true, true, 1.8, 40));
    }
    samples.add(sample(KernelKind.OPTIMISED, "small", true, true, 1.8, 10));
    PowerEntry entry = calibration.fit(samples).entries().getFirst();
    assertThat(entry.figure().milliwatts().orElseThrow()).isCloseTo(20, within(1e-9));
  }

  @Test
  void shouldReadBackWhatItWrites() {
    String text = PowerFits.write(PowerFits.builtIn(), "data", "command");
    assertThat(PowerFits.parse("written", text)).isEqualTo(PowerFits.builtIn());
    assertThatThrownBy(() -> PowerFits.parse("mine.yaml", text.replace("rows:", "rowz:")))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining("did you mean 'rows'?");
  }

  @Test
  void shouldRefuseABoardThatNobodyKnows() {
    EnergySample stranger =
        new EnergySample(
            "stranger",
            "cmsis-nn",
            KernelKind.OPTIMISED,
            "net",
            false,
            true,
            1,
            OptionalDouble.empty(),
            Optional.empty(),
            Boundary.MCU,
            1);
    assertThatThrownBy(() -> calibration.fit(List.of(stranger))).hasMessageContaining("stranger");
  }

  private static double noise(Random random, double spread) {
    return Math.exp(spread * random.nextGaussian());
  }

  private static EnergySample sample(
      KernelKind kind,
      String network,
      boolean layer,
      boolean multiplies,
      double volts,
      double powerMw) {
    return new EnergySample(
        "nucleo-l4r5zi",
        kind == KernelKind.REFERENCE ? "tflm-reference@2026" : "cmsis-nn@2026",
        kind,
        network,
        layer,
        multiplies,
        120_000_000,
        OptionalDouble.of(volts),
        Optional.of(Regulator.LDO),
        Boundary.MCU,
        powerMw);
  }
}
