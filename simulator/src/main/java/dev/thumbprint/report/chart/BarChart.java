package dev.thumbprint.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups of horizontal bars, as an SVG document; a value that is not known leaves a gap. */
public final class BarChart {
  private static final int WIDTH = 820;
  private static final int LEFT = 210;
  private static final int RIGHT = 90;
  private static final int TOP = 62;
  private static final int BOTTOM = 48;
  private static final int BAR = 12;
  private static final int GAP = 10;

  private final String title;
  private final String label;
  private final List<String> names;
  private final Map<String, double[]> groups = new LinkedHashMap<>();
  private boolean logarithmic;

  /**
   * An empty plot.
   *
   * @param title what it shows
   * @param label label of the axis, with its unit
   * @param names names of the bars in each group
   */
  public BarChart(String title, String label, List<String> names) {
    this.title = title;
    this.label = label;
    this.names = List.copyOf(names);
  }

  /** Makes the axis logarithmic. */
  public BarChart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** Adds a group with one value for each name, NaN where it is not known. */
  public BarChart group(String name, double... values) {
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          "%s: %d values for %d names".formatted(name, values.length, names.size()));
    }
    groups.put(name, values.clone());
    return this;
  }

  /** The SVG document. */
  public String render() {
    List<Double> all = new ArrayList<>();
    groups.values().forEach(values -> addAll(all, values));
    Axis axis = Axis.over(label, all, logarithmic, true);
    int step = names.size() * BAR + GAP;
    int bottom = TOP + groups.size() * step;
    Svg svg = new Svg(WIDTH, bottom + BOTTOM, title);
    svg.out()
        .format(
            "<text x=\"12\" y=\"22\" font-size=\"14\" font-weight=\"bold\">%s</text>\n",
            Svg.escape(title));
    legend(svg);
    for (double mark : axis.marks()) {
      svg.line(px(axis, mark), TOP - 6, px(axis, mark), bottom, "#e4e4e4");
      svg.text(px(axis, mark), bottom + 16, "middle", axis.text(mark));
    }
    int row = 0;
    for (Map.Entry<String, double[]> group : groups.entrySet()) {
      double top = TOP + row * (double) step;
      svg.text(LEFT - 8, top + names.size() * BAR / 2.0 + 4, "end", group.getKey());
      for (int i = 0; i < names.size(); i++) {
        bar(svg, axis, top + i * BAR, i, group.getValue()[i]);
      }
      row++;
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, bottom + 36, "middle", label);
    return svg.end();
  }

  private static void addAll(List<Double> all, double[] values) {
    for (double value : values) {
      all.add(value);
    }
  }

  private static double px(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static void bar(Svg svg, Axis axis, double top, int colour, double value) {
    if (!axis.shows(value)) {
      return;
    }
    double end = Math.max(px(axis, value), LEFT + 1);
    svg.out()
        .format(
            "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
            LEFT, top, end - LEFT, BAR - 2, Svg.colour(colour));
    svg.out()
        .format(
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"10\">%s</text>\n",
            end + 4, top + BAR - 3, Svg.escape(dev.thumbprint.report.Numbers.significant(value)));
  }

  private void legend(Svg svg) {
    int left = LEFT;
    for (int i = 0; i < names.size(); i++) {
      svg.out()
          .format(
              "<rect x=\"%d\" y=\"34\" width=\"12\" height=\"12\" fill=\"%s\"/>\n",
              left, Svg.colour(i));
      svg.text(left + 17, 44, "start", names.get(i));
      left += 40 + 7 * names.get(i).length();
    }
  }
}
