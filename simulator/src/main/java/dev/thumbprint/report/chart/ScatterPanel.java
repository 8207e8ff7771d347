package dev.thumbprint.report.chart;

import dev.thumbprint.report.chart.Series.Point;
import java.util.List;
import java.util.stream.Stream;

/**
 * One panel of a {@link ScatterGrid}.
 *
 * @param name what its points are of
 * @param remark a second line below the name
 * @param series the points; those of one colour and name stand in one line of the legend
 */
public record ScatterPanel(String name, String remark, List<Series> series) {
  private static final int SIDE = 220;
  private static final double BAND = 0.1;
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  public ScatterPanel {
    series = List.copyOf(series);
  }

  /**
   * The range of both axes, so that the diagonal is where both values are the same: whole powers of
   * ten, and no point outside.
   */
  Axis axis() {
    List<Double> values =
        series.stream()
            .flatMap(one -> one.points().stream())
            .flatMap(point -> Stream.of(point.x(), point.y()))
            .toList();
    Axis tight = Axis.over("", values, true, false);
    return new Axis(
        "",
        Math.pow(10, Math.floor(Math.log10(tight.low()))),
        Math.pow(10, Math.ceil(Math.log10(tight.high()))),
        true);
  }

  /** Draws it, the upper left corner of its frame at a place. */
  void draw(Svg svg, String xLabel, String yLabel, int left, int top) {
    Axis axis = axis();
    int bottom = top + SIDE;
    ScatterGrid.heading(svg, left, top - 24, 12, name);
    svg.text(left, top - 8, "start", remark);
    for (double mark = axis.low(); mark < axis.high() * 2; mark *= 10) {
      double along = axis.place(mark) * SIDE;
      svg.line(left + along, top, left + along, bottom, "#ececec");
      svg.line(left, bottom - along, left + SIDE, bottom - along, "#ececec");
      svg.text(left + along, bottom + 15, "middle", power(mark));
      svg.text(left - 5, bottom - along + 4, "end", power(mark));
    }
    diagonal(svg, axis, left, bottom);
    svg.out()
        .format(
            "<path d=\"M%d %dh%dv%dh-%dz\" stroke=\"#999\" fill=\"none\"/>\n",
            left, top, SIDE, SIDE, SIDE);
    series.forEach(one -> dots(svg, axis, one, left, bottom));
    svg.text(left + SIDE / 2.0, bottom + 31, "middle", xLabel);
    svg.out()
        .format(
            "<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
            left - 38, top + SIDE / 2, Svg.escape(yLabel));
  }

  private static void diagonal(Svg svg, Axis axis, int left, int bottom) {
    double above = SIDE * axis.place(axis.low() * (1 + BAND));
    double below = SIDE * axis.place(axis.low() / (1 - BAND));
    svg.out()
        .format(
            "<path d=\"M%1$d %2$dV%3$.1fL%4$.1f %5$dH%6$dV%7$.1fL%8$.1f %2$dz\" fill=\"#d0d0d0\"/>\n",
            left,
            bottom,
            bottom - above,
            left + SIDE - above,
            bottom - SIDE,
            left + SIDE,
            bottom - SIDE + below,
            left + below);
    svg.line(left, bottom, left + SIDE, bottom - SIDE, "#333");
  }

  /** All dots of a colour as one path of round ends: a third of the text of circles. */
  private static void dots(Svg svg, Axis axis, Series series, int left, int bottom) {
    svg.out()
        .format(
            "<path stroke=\"%s\" stroke-width=\"3.4\" stroke-linecap=\"round\""
                + " stroke-opacity=\"0.6\" fill=\"none\" d=\"",
            Svg.colour(series.colour()));
    for (Point point : series.points()) {
      svg.out()
          .format(
              "M%.1f %.1fh0",
              left + axis.place(point.x()) * SIDE, bottom - axis.place(point.y()) * SIDE);
    }
    svg.out().format("\"/>\n");
  }

  private static String power(double mark) {
    long exponent = Math.round(Math.log10(mark));
    StringBuilder text = new StringBuilder(exponent < 0 ? "10⁻" : "10");
    Long.toString(Math.abs(exponent))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }
}
