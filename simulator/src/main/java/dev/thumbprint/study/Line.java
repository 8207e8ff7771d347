package dev.thumbprint.study;

/** A straight line through points, by least squares. */
final class Line {
  private int count;
  private double sumX;
  private double sumY;
  private double sumXx;
  private double sumXy;
  private double sumYy;

  /** Adds a point; one that is not known is left out. */
  void add(double x, double y) {
    if (Double.isFinite(x) && Double.isFinite(y)) {
      count++;
      sumX += x;
      sumY += y;
      sumXx += x * x;
      sumXy += x * y;
      sumYy += y * y;
    }
  }

  /** Number of points. */
  int count() {
    return count;
  }

  /** Slope with an intercept of its own, NaN for fewer than two points. */
  double slope() {
    double spread = count * sumXx - sumX * sumX;
    return count < 2 || spread <= 0 ? Double.NaN : (count * sumXy - sumX * sumY) / spread;
  }

  /** Value at x = 0. */
  double intercept() {
    return count == 0 ? Double.NaN : (sumY - slope() * sumX) / count;
  }

  /** Pearson's correlation, NaN for fewer than two points. */
  double correlation() {
    double spread = (count * sumXx - sumX * sumX) * (count * sumYy - sumY * sumY);
    return count < 2 || spread <= 0
        ? Double.NaN
        : (count * sumXy - sumX * sumY) / Math.sqrt(spread);
  }
}
