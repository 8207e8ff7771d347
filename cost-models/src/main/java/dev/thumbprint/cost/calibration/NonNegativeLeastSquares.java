package dev.thumbprint.cost.calibration;

import java.util.Arrays;

/**
 * Least squares with coefficients that are not negative, by the active-set method of Lawson and
 * Hanson on the normal equations (Bro and de Jong, 1997). Deterministic.
 */
final class NonNegativeLeastSquares {
  private static final int ITERATIONS_MAX = 2000;

  private final int size;
  private final double[][] gram;
  private final double[] moment;
  private final double[] pulls;

  /** A problem of {@code size} coefficients without rows yet. */
  NonNegativeLeastSquares(int size) {
    this.size = size;
    gram = new double[size][size];
    moment = new double[size];
    pulls = new double[size];
  }

  /** Adds a row that asks for {@code features . coefficients = value}. */
  void add(double[] features, double value) {
    for (int i = 0; i < size; i++) {
      if (features[i] != 0) {
        for (int j = 0; j < size; j++) {
          gram[i][j] += features[i] * features[j];
        }
        moment[i] += features[i] * value;
      }
    }
  }

  /** Draws one coefficient towards a value; the weight is that of a row. */
  void pull(int index, double towards, double weight) {
    gram[index][index] += weight * weight;
    moment[index] += weight * weight * towards;
    pulls[index] += weight * weight;
  }

  /**
   * How much of each coefficient the rows tell, 0 to 1; the rest is what it was drawn towards. The
   * diagonal of the model resolution matrix (Menke, Geophysical Data Analysis, chapter 4): two
   * coefficients that always occur together are told half each, however many rows they have.
   */
  double[] told() {
    double[] scale = scale();
    boolean[] all = new boolean[size];
    for (int i = 0; i < size; i++) {
      all[i] = scale[i] > 0;
    }
    double[] told = new double[size];
    for (int i = 0; i < size; i++) {
      double[] unit = new double[size];
      unit[i] = 1;
      double drawn = all[i] ? pulls[i] * restricted(all, scale, unit)[i] : 1;
      told[i] = Math.clamp(1 - drawn, 0, 1);
    }
    return told;
  }

  private double[] scale() {
    double[] scale = new double[size];
    for (int i = 0; i < size; i++) {
      scale[i] = gram[i][i] > 0 ? 1 / Math.sqrt(gram[i][i]) : 0;
    }
    return scale;
  }

  /** The coefficients. */
  double[] solve() {
    double[] scale = scale();
    double[] solution = new double[size];
    boolean[] active = new boolean[size];
    for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
      int enter = steepest(solution, active, scale);
      if (enter < 0) {
        break;
      }
      active[enter] = true;
      double[] trial = restricted(active, scale, moment);
      while (lowest(trial, active) <= 0) {
        double step = 1;
        for (int i = 0; i < size; i++) {
          if (active[i] && trial[i] <= 0) {
            step = Math.min(step, solution[i] / (solution[i] - trial[i]));
          }
        }
        for (int i = 0; i < size; i++) {
          solution[i] += step * (trial[i] - solution[i]);
          if (active[i] && trial[i] <= 0 && solution[i] * (gram[i][i] * scale[i]) <= 1e-12) {
            active[i] = false;
            solution[i] = 0;
          }
        }
        trial = restricted(active, scale, moment);
      }
      solution = trial;
    }
    return solution;
  }

  private int steepest(double[] solution, boolean[] active, double[] scale) {
    int best = -1;
    double steepest = 1e-9;
    for (int i = 0; i < size; i++) {
      if (!active[i] && scale[i] > 0) {
        double slope = moment[i];
        for (int j = 0; j < size; j++) {
          slope -= gram[i][j] * solution[j];
        }
        slope *= scale[i];
        if (slope > steepest) {
          steepest = slope;
          best = i;
        }
      }
    }
    return best;
  }

  private double lowest(double[] trial, boolean[] active) {
    double lowest = Double.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      if (active[i]) {
        lowest = Math.min(lowest, trial[i]);
      }
    }
    return lowest;
  }

  /** Solves for the active coefficients alone, scaled to a unit diagonal, by Cholesky. */
  private double[] restricted(boolean[] active, double[] scale, double[] moments) {
    int[] index = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (active[i]) {
        index[count++] = i;
      }
    }
    double[][] lower = new double[count][count];
    double[] right = new double[count];
    for (int i = 0; i < count; i++) {
      right[i] = moments[index[i]] * scale[index[i]];
      for (int j = 0; j <= i; j++) {
        double sum = gram[index[i]][index[j]] * scale[index[i]] * scale[index[j]];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-13)) : sum / lower[j][j];
      }
    }
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < i; k++) {
        right[i] -= lower[i][k] * right[k];
      }
      right[i] /= lower[i][i];
    }
    double[] solution = new double[size];
    Arrays.fill(solution, 0);
    for (int i = count - 1; i >= 0; i--) {
      for (int k = i + 1; k < count; k++) {
        right[i] -= lower[k][i] * right[k];
      }
      right[i] /= lower[i][i];
      solution[index[i]] = right[i] * scale[index[i]];
    }
    return solution;
  }
}
