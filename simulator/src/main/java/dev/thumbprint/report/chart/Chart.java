package dev.thumbprint.report.chart;

import dev.thumbprint.report.chart.Series.Mark;
import dev.thumbprint.report.chart.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Points and lines over two axes, as an SVG document. */
public final class Chart {
  private static final int WIDTH = 820;
  private static final int HEIGHT = 420;
  private static final int LEFT = 76;
  private static final int RIGHT = 210;
  private static final int TOP = 40;
  private static final int BOTTOM = 52;
  private static final int LEGEND_STEP = 18;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<Series> series = new ArrayList<>();
  private boolean xLogarithmic;
  private boolean yLogarithmic;
  private boolean yFromZero;
  private Axis x;
  private Axis y;

  /**
   * An empty plot.
   *
   * @param title what it shows
   * @param xLabel label of the horizontal axis, with its unit
   * @param yLabel label of the vertical axis, with its unit
   */
  public Chart(String title, String xLabel, String yLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /** Makes both axes logarithmic. */
  public Chart logarithmic() {
    xLogarithmic = true;
    yLogarithmic = true;
    return this;
  }

  /** Makes the vertical axis start at zero. */
  public Chart fromZero() {
    yFromZero = true;
    return this;
  }

  /** Adds values. */
  public Chart add(Series one) {
    series.add(one);
    return this;
  }

  /** Adds values. */
  public Chart add(Series.Builder one) {
    return add(one.build());
  }

  /** The SVG document. */
  public String render() {
    x = Axis.over(xLabel, values(true), xLogarithmic, false);
    y = Axis.over(yLabel, values(false), yLogarithmic, yFromZero);
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.out()
        .format(
            "<text x=\"%d\" y=\"22\" font-size=\"14\" font-weight=\"bold\">%s</text>\n",
            LEFT, Svg.escape(title));
    grid(svg);
    series.forEach(one -> draw(svg, one));
    legend(svg);
    return svg.end();
  }

  private List<Double> values(boolean horizontal) {
    List<Double> values = new ArrayList<>();
    for (Series one : series) {
      for (Point point : one.points()) {
        if (Double.isFinite(point.x()) && Double.isFinite(point.y())) {
          values.add(horizontal ? point.x() : point.y());
        }
      }
    }
    return values;
  }

  private double px(double value) {
    return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double value) {
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  private void grid(Svg svg) {
    int bottom = HEIGHT - BOTTOM;
    int right = WIDTH - RIGHT;
    for (double mark : x.marks()) {
      svg.line(px(mark), TOP, px(mark), bottom, "#e4e4e4");
      svg.text(px(mark), bottom + 17, "middle", x.text(mark));
    }
    for (double mark : y.marks()) {
      svg.line(LEFT, py(mark), right, py(mark), "#e4e4e4");
      svg.text(LEFT - 6, py(mark) + 4, "end", y.text(mark));
    }
    svg.out()
        .format(
            "<path d=\"M%d %dV%dH%d\" stroke=\"#333\" fill=\"none\"/>\n", LEFT, TOP, bottom, right);
    svg.text((LEFT + right) / 2.0, HEIGHT - 14, "middle", xLabel);
    svg.out()
        .format(
            "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
            (TOP + bottom) / 2, Svg.escape(yLabel));
  }

  private void draw(Svg svg, Series one) {
    String colour = Svg.colour(one.colour());
    if (one.mark() == Mark.LINE || one.mark() == Mark.DASHES) {
      svg.out()
          .format(
              "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s/>\n",
              path(one), colour, one.mark() == Mark.DASHES ? " stroke-dasharray=\"6 4\"" : "");
      return;
    }
    for (Point point : one.points()) {
      if (x.shows(point.x()) && y.shows(point.y())) {
        dot(svg, px(point.x()), py(point.y()), one.mark(), colour, point.label());
      }
    }
  }

  private String path(Series one) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (Point point : one.points()) {
      boolean shown = x.shows(point.x()) && y.shows(point.y());
      if (shown) {
        path.append(
            String.format(
                Locale.ROOT, "%s%.1f %.1f", drawing ? "L" : "M", px(point.x()), py(point.y())));
      }
      drawing = shown;
    }
    return path.toString();
  }

  private static void dot(Svg svg, double cx, double cy, Mark mark, String colour, String label) {
    String words = label.isEmpty() ? "" : "<title>" + Svg.escape(label) + "</title>";
    if (mark == Mark.DOTS) {
      svg.out()
          .format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\">%s</circle>\n",
              cx, cy, colour, words);
    } else {
      svg.out()
          .format(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"#fff\" fill-opacity=\"0\" stroke=\"%s\""
                  + " stroke-width=\"1.4\">%s</circle>\n",
              cx, cy, colour, words);
    }
  }

  private void legend(Svg svg) {
    int row = 0;
    int left = WIDTH - RIGHT + 16;
    for (Series one : series) {
      if (one.name().isEmpty()) {
        continue;
      }
      double middle = TOP + 8 + row * LEGEND_STEP;
      String colour = Svg.colour(one.colour());
      switch (one.mark()) {
        case DOTS, RINGS -> dot(svg, left + 8, middle, one.mark(), colour, "");
        case LINE, DASHES ->
            svg.out()
                .format(
                    "<path d=\"M%d %.1fh16\" stroke=\"%s\" stroke-width=\"1.6\"%s/>\n",
                    left,
                    middle,
                    colour,
                    one.mark() == Mark.DASHES ? " stroke-dasharray=\"6 4\"" : "");
      }
      svg.text(left + 22, middle + 4, "start", one.name());
      row++;
    }
  }
}
