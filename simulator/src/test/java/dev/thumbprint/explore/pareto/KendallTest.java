package dev.thumbprint.explore.pareto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tau by merging against tau by looking at every pair, with and without ties. */
final class KendallTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void isWhatEveryPairSays(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int size = random.nextInt(40);
      int levels = 1 + random.nextInt(60);
      double[] a = random.ints(size, 0, levels).asDoubleStream().toArray();
      double[] b = random.ints(size, 0, levels).asDoubleStream().toArray();
      assertThat(Double.valueOf(new Kendall(a).tau(b)))
          .as("seed %d, round %d, %d values of %d levels", seed, round, size, levels)
          .isEqualTo(Double.valueOf(literal(a, b)));
    }
  }

  private static double literal(double[] a, double[] b) {
    long balance = 0;
    long untiedA = 0;
    long untiedB = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        int inA = Double.compare(a[i], a[j]);
        int inB = Double.compare(b[i], b[j]);
        balance += (long) Integer.signum(inA) * Integer.signum(inB);
        untiedA += inA == 0 ? 0 : 1;
        untiedB += inB == 0 ? 0 : 1;
      }
    }
    return balance / Math.sqrt((double) untiedA * untiedB);
  }
}
