package dev.thumbprint.report.chart;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small scatter plots side by side, as an SVG document: two values of the same unit against each
 * other on logarithmic axes, with the diagonal and a band of 10 % around it.
 */
public final class ScatterGrid {
  private static final int COLUMNS = 3;
  private static final int CELL = 300;
  private static final int LEFT = 62;
  private static final int TOP = 44;
  private static final int LINE = 18;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<String> caption;
  private final List<ScatterPanel> panels;

  /**
   * A grid.
   *
   * @param title what it shows
   * @param xLabel label of the horizontal axes
   * @param yLabel label of the vertical axes
   * @param caption lines below the title
   * @param panels the panels, row by row
   */
  public ScatterGrid(
      String title, String xLabel, String yLabel, List<String> caption, List<ScatterPanel> panels) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.caption = List.copyOf(caption);
    this.panels = List.copyOf(panels);
  }

  /** The SVG document. */
  public String render() {
    int head = 40 + LINE * (caption.size() + 1);
    int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
    Svg svg = new Svg(COLUMNS * CELL + 20, head + rows * CELL + 10, title);
    heading(svg, 16, 26, 15, title);
    for (int i = 0; i < caption.size(); i++) {
      svg.text(16, 46 + LINE * i, "start", caption.get(i));
    }
    legend(svg, 42 + LINE * caption.size());
    for (int i = 0; i < panels.size(); i++) {
      panels
          .get(i)
          .draw(svg, xLabel, yLabel, LEFT + i % COLUMNS * CELL, head + TOP + i / COLUMNS * CELL);
    }
    return svg.end();
  }

  static void heading(Svg svg, double x, double y, int size, String words) {
    svg.out()
        .format(
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" font-weight=\"bold\">%s</text>\n",
            x, y, size, Svg.escape(words));
  }

  private void legend(Svg svg, int y) {
    Map<Integer, String> names = new TreeMap<>();
    panels.forEach(panel -> panel.series().forEach(one -> names.put(one.colour(), one.name())));
    int x = 16;
    for (Map.Entry<Integer, String> one : names.entrySet()) {
      svg.out()
          .format(
              "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>\n",
              x + 6, y, Svg.colour(one.getKey()));
      svg.text(x + 16, y + 4, "start", one.getValue());
      x += 150;
    }
    svg.line(x, y, x + 20, y, "#333");
    svg.text(x + 26, y + 4, "start", "equal");
    svg.out()
        .format(
            "<rect x=\"%d\" y=\"%d\" width=\"20\" height=\"10\" fill=\"#d0d0d0\"/>\n",
            x + 120, y - 5);
    svg.text(x + 146, y + 4, "start", "within 10 %");
  }
}
