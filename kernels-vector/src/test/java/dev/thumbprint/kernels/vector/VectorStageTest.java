package dev.thumbprint.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requantisation in vectors against the reference, most of all where a result steps. */
final class VectorStageTest {
  private static final int CASES = 3000;
  private static final int ROWS = 256;

  @Test
  void roundsTwiceAsTheReference() {
    compare(Rounding.DOUBLE);
  }

  @Test
  void roundsOnceAsTheReference() {
    compare(Rounding.SINGLE);
  }

  private static void compare(Rounding rounding) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      int channels = 1 + random.nextInt(3 * Lanes.COUNT);
      int[] bias = new int[channels];
      int[] multipliers = new int[channels];
      int[] shifts = new int[channels];
      long[] limits = new long[channels];
      for (int c = 0; c < channels; c++) {
        do {
          multipliers[c] = multiplier(random);
          shifts[c] = random.nextInt(8) == 0 ? random.nextInt(39) - 31 : -random.nextInt(16);
          limits[c] = 1L << (1 + random.nextInt(30));
        } while (!VectorStage.suits(limits[c], multipliers[c], shifts[c]));
        bias[c] = (int) ((random.nextDouble() - 0.5) * limits[c]);
      }
      int min = -128 + random.nextInt(2) * random.nextInt(100);
      int max = 127 - random.nextInt(2) * random.nextInt(100);
      int zeroPoint = random.nextInt(256) - 128;
      Requantization exact =
          new Requantization(
              multipliers, shifts, zeroPoint, Math.min(min, max), Math.max(min, max), rounding);
      int step = Lanes.padded(channels) + random.nextInt(3);
      int[] sums = new int[ROWS * step];
      byte[] theirs = new byte[ROWS * channels];
      for (int row = 0; row < ROWS; row++) {
        for (int c = 0; c < channels; c++) {
          int x = sum(random, limits[c], multipliers[c], shifts[c]);
          sums[row * step + c] = x - bias[c];
          theirs[row * channels + c] = (byte) exact.apply(x, c);
        }
      }
      byte[] ours = new byte[theirs.length];
      new VectorStage(exact, bias).rows(sums, 0, step, ROWS, ours, 0, new byte[Lanes.COUNT]);
      assertThat(ours).as("seed %d, %s", seed, exact).isEqualTo(theirs);
    }
  }

  private static int multiplier(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 1 << 30;
      case 2 -> Integer.MAX_VALUE;
      case 3 -> random.nextInt(1 << 30);
      default -> (1 << 30) + random.nextInt(1 << 30);
    };
  }

  /** A sum below {@code limit}: any, one of the ends, near 0, or where a result steps. */
  private static int sum(Random random, long limit, int multiplier, int shift) {
    long x =
        switch (random.nextInt(8)) {
          case 0 -> (long) ((random.nextDouble() * 2 - 1) * limit);
          case 1 -> random.nextBoolean() ? limit : -limit;
          case 2 -> random.nextInt(5) - 2;
          default -> {
            double unit = multiplier * 0x1p-31 * Math.pow(2, shift);
            yield Math.round((random.nextInt(300) - 150 + 0.5) / unit) + random.nextInt(3) - 1;
          }
        };
    return Math.toIntExact(Math.clamp(x, -limit, limit));
  }
}
