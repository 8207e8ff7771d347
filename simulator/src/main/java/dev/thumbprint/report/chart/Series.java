package dev.thumbprint.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Values that belong together.
 *
 * @param name name in the legend, empty to leave it out of the legend
 * @param mark how they are drawn
 * @param colour number of the colour; series of one number belong together
 * @param points the values
 */
public record Series(String name, Mark mark, int colour, List<Point> points) {
  /** How values are drawn. */
  public enum Mark {
    /** Filled dots: what was measured. */
    DOTS,
    /** Open circles: what was simulated. */
    RINGS,
    /** A line through the values. */
    LINE,
    /** A dashed line. */
    DASHES
  }

  /**
   * One value.
   *
   * @param x position
   * @param y value; NaN breaks a line
   * @param label shown when a reader points at it; may be empty
   */
  public record Point(double x, double y, String label) {}

  public Series {
    points = List.copyOf(points);
  }

  /** An empty series to add points to. */
  public static Builder of(String name, Mark mark, int colour) {
    return new Builder(name, mark, colour);
  }

  /** Collects points. */
  public static final class Builder {
    private final String name;
    private final Mark mark;
    private final int colour;
    private final List<Point> points = new ArrayList<>();

    private Builder(String name, Mark mark, int colour) {
      this.name = name;
      this.mark = mark;
      this.colour = colour;
    }

    /** Adds a value. */
    public Builder add(double x, double y) {
      return add(x, y, "");
    }

    /** Adds a value with a label. */
    public Builder add(double x, double y, String label) {
      points.add(new Point(x, y, label));
      return this;
    }

    /** The series. */
    public Series build() {
      return new Series(name, mark, colour, points);
    }
  }
}
