package dev.thumbprint.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis: a range of values and the marks on it.
 *
 * @param label what it shows, with the unit
 * @param low least value shown
 * @param high greatest value shown
 * @param logarithmic whether equal steps are equal factors
 */
record Axis(String label, double low, double high, boolean logarithmic) {
  private static final int MARKS_WANTED = 6;
  private static final double LEAST_SPAN = 1e-12;

  /** An axis over the values, with some room; a logarithmic one leaves out what is not positive. */
  static Axis over(String label, List<Double> values, boolean logarithmic, boolean fromZero) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value) && (!logarithmic || value > 0)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      return new Axis(label, logarithmic ? 1 : 0, logarithmic ? 10 : 1, logarithmic);
    }
    if (logarithmic) {
      return new Axis(label, low / 1.25, high * 1.25, true);
    }
    double room = Math.max((high - low) * 0.05, Math.max(Math.abs(high), 1) * LEAST_SPAN * 10);
    double start = fromZero ? Math.min(0, low) : low - room;
    return new Axis(label, start, high + room, false);
  }

  /** Where a value stands between the ends, 0 to 1. */
  double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Whether a value can be shown. */
  boolean shows(double value) {
    return Double.isFinite(value) && (!logarithmic || value > 0);
  }

  /** Round values to mark. */
  List<Double> marks() {
    return logarithmic ? decades() : steps();
  }

  /** A mark as text: no more digits than tell it from its neighbours. */
  String text(double mark) {
    double size = Math.abs(mark);
    if (size != 0 && (size >= 1e6 || size < 1e-3)) {
      return String.format(Locale.ROOT, "%.0e", mark);
    }
    String plain = String.format(Locale.ROOT, "%,.3f", mark);
    return plain.replaceFirst("\\.?0+$", "");
  }

  private List<Double> decades() {
    List<Double> marks = new ArrayList<>();
    boolean few = Math.log10(high / low) < 2.5;
    double[] within = few ? new double[] {1, 2, 5} : new double[] {1};
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (double digit : within) {
        double mark = digit * Math.pow(10, power);
        if (mark >= low && mark <= high) {
          marks.add(mark);
        }
      }
    }
    return marks;
  }

  private List<Double> steps() {
    double raw = (high - low) / MARKS_WANTED;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double digit : new double[] {1, 2, 5, 10}) {
      if (digit * power >= raw) {
        step = digit * power;
        break;
      }
    }
    List<Double> marks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      marks.add(i * step);
    }
    return marks;
  }
}
