package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class NonNegativeLeastSquaresTest {
  @Test
  void shouldFindTheCoefficientsOfExactRows() {
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(3);
    double[] truth = {2, 0, 5};
    Random random = new Random(1);
    for (int row = 0; row < 20; row++) {
      double[] features = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      problem.add(features, 2 * features[0] + 5 * features[2]);
    }
    double[] solution = problem.solve();
    for (int i = 0; i < truth.length; i++) {
      assertThat(solution[i]).isCloseTo(truth[i], within(1e-6));
    }
  }

  @Test
  void shouldSayHowMuchOfACoefficientTheRowsTell() {
    NonNegativeLeastSquares problem = new NonNegativeLeastSquares(4);
    for (int row = 0; row < 3; row++) {
      problem.add(new double[] {1, 0, 0, 0}, 2);
      // Two that always occur together: their sum is told, neither of them is.
      problem.add(new double[] {0, 1000, 1000, 0}, 2000);
    }
    for (int i = 0; i < 4; i++) {
      problem.pull(i, 1, 1);
    }
    double[] told = problem.told();
    assertThat(told[0]).as("three rows against one").isCloseTo(0.75, within(1e-9));
    assertThat(told[1]).as("half of a sum").isCloseTo(0.5, within(1e-6));
    assertThat(told[2]).as("the other half").isCloseTo(0.5, within(1e-6));
    assertThat(told[3]).as("in no row").isCloseTo(0, within(1e-9));
  }

  @Test
  void shouldSatisfyTheOptimalityConditionsOfRandomProblems() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int size = 1 + random.nextInt(8);
      int rows = 1 + random.nextInt(20);
      NonNegativeLeastSquares problem = new NonNegativeLeastSquares(size);
      double[][] features = new double[rows][size];
      double[] values = new double[rows];
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < size; i++) {
          features[row][i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
        }
        values[row] = random.nextGaussian();
        problem.add(features[row], values[row]);
      }
      double[] solution = problem.solve();
      for (int i = 0; i < size; i++) {
        double slope = 0;
        for (int row = 0; row < rows; row++) {
          double residual = values[row];
          for (int j = 0; j < size; j++) {
            residual -= features[row][j] * solution[j];
          }
          slope += residual * features[row][i];
        }
        // Karush, Kuhn, Tucker: no slope where a coefficient is free, none upwards where it is
        // zero.
        assertThat(solution[i]).as("seed %d round %d", seed, round).isGreaterThanOrEqualTo(0);
        assertThat(slope).as("seed %d round %d", seed, round).isLessThan(1e-5);
        if (solution[i] > 1e-9) {
          assertThat(slope).as("seed %d round %d", seed, round).isGreaterThan(-1e-5);
        }
      }
    }
  }
}
