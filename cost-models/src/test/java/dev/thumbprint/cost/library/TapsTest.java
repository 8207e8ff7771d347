package dev.thumbprint.cost.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class TapsTest {
  @Test
  void shouldCountWhatAWalkOverAllPositionsCounts() {
    long seed = 20_261_120;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      int input = 1 + random.nextInt(20);
      int output = 1 + random.nextInt(20);
      int window = 1 + random.nextInt(9);
      int stride = 1 + random.nextInt(4);
      int dilation = 1 + random.nextInt(3);
      int before = random.nextInt(8);
      long walked = 0;
      for (int y = 0; y < output; y++) {
        for (int k = 0; k < window; k++) {
          int at = y * stride - before + k * dilation;
          walked += at >= 0 && at < input ? 1 : 0;
        }
      }
      assertThat(Taps.inside(input, output, window, stride, dilation, before))
          .as("seed %d round %d", seed, round)
          .isEqualTo(walked);
    }
  }
}
