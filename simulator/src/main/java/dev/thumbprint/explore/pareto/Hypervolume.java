package dev.thumbprint.explore.pareto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Hypervolume: the volume between a front and a reference point that every member beats. Exact, by
 * sweeping the last coordinate and measuring the slices in one dimension less.
 */
public final class Hypervolume {
  private Hypervolume() {}

  /**
   * Volume that is dominated by points and bounded by a reference; smaller is better.
   *
   * @param points the points; those that do not beat the reference add nothing
   * @param reference one value for each coordinate
   */
  public static double of(List<double[]> points, double... reference) {
    List<double[]> inside = new ArrayList<>();
    for (double[] point : points) {
      if (point.length != reference.length) {
        throw new IllegalArgumentException(
            "%d coordinates, reference has %d".formatted(point.length, reference.length));
      }
      if (beats(point, reference)) {
        inside.add(point);
      }
    }
    return volume(inside, reference, reference.length);
  }

  private static boolean beats(double[] point, double[] reference) {
    for (int i = 0; i < point.length; i++) {
      if (!(point[i] < reference[i])) {
        return false;
      }
    }
    return true;
  }

  private static double volume(List<double[]> points, double[] reference, int dimensions) {
    if (points.isEmpty()) {
      return 0;
    }
    if (dimensions == 1) {
      double best = points.stream().mapToDouble(point -> point[0]).min().orElseThrow();
      return reference[0] - best;
    }
    int last = dimensions - 1;
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(point -> point[last]));
    double sum = 0;
    List<double[]> slice = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      add(slice, sorted.get(i), last);
      double next = i + 1 < sorted.size() ? sorted.get(i + 1)[last] : reference[last];
      double depth = next - sorted.get(i)[last];
      if (depth > 0) {
        sum += depth * volume(slice, reference, last);
      }
    }
    return sum;
  }

  /** Adds a point to a slice and drops what it makes superfluous there. */
  private static void add(List<double[]> slice, double[] point, int dimensions) {
    for (double[] other : slice) {
      if (weaklyDominates(other, point, dimensions)) {
        return;
      }
    }
    slice.removeIf(other -> weaklyDominates(point, other, dimensions));
    slice.add(Arrays.copyOf(point, point.length));
  }

  private static boolean weaklyDominates(double[] a, double[] b, int dimensions) {
    for (int i = 0; i < dimensions; i++) {
      if (a[i] > b[i]) {
        return false;
      }
    }
    return true;
  }
}
