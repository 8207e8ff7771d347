package dev.thumbprint.cost.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.energy.PowerTrace.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerTraceTest {

  /** The integral that a current probe computes: trapezoids between all neighbouring samples. */
  @Test
  void shouldIntegrateToTheEnergyOfItsSegments() throws IOException {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(12); i++) {
        segments.add(new Segment("layer " + i, random.nextDouble() * 5, random.nextDouble() * 500));
      }
      PowerTrace trace = new PowerTrace(segments);
      double stepMs = 0.01 + random.nextDouble();
      assertThat(integral(trace, stepMs))
          .as("seed %d, round %d", seed, round)
          .isCloseTo(trace.energyUj(), within(0.02 + 1e-6 * trace.energyUj()));
    }
  }

  @Test
  void shouldMarkSegmentsAndQuoteNames() throws IOException {
    StringBuilder csv = new StringBuilder();
    new PowerTrace(List.of(new Segment("a,\"b\"", 1, 2), new Segment("c", 1, 3))).writeCsv(csv, 10);
    assertThat(csv.toString().lines())
        .containsExactly(
            "time_ms,power_mw,marker,layer",
            "0.000000,2.000000,0,\"a,\"\"b\"\"\"",
            "1.000000,2.000000,0,\"a,\"\"b\"\"\"",
            "1.000000,3.000000,1,c",
            "2.000000,3.000000,1,c");
  }

  @Test
  void shouldRefuseAStepThatFillsTheDisk() {
    PowerTrace trace = new PowerTrace(List.of(new Segment("long", 1e6, 1)));
    assertThatThrownBy(() -> trace.writeCsv(new StringBuilder(), 1e-3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> trace.writeCsv(new StringBuilder(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double integral(PowerTrace trace, double stepMs) throws IOException {
    StringBuilder csv = new StringBuilder();
    trace.writeCsv(csv, stepMs);
    double energy = 0;
    double[] before = null;
    for (String line : csv.toString().lines().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      double[] now = {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])};
      if (before != null) {
        energy += (now[0] - before[0]) * (now[1] + before[1]) / 2;
      }
      before = now;
    }
    return energy;
  }
}
