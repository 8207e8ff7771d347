package dev.thumbprint.report;

import dev.thumbprint.explain.Explanation;
import dev.thumbprint.explain.Explanation.LayerWhy;
import dev.thumbprint.profile.LayerProfile;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/** The operators of a network from top to bottom, the darker the longer they take. */
final class GraphSvg {
  private static final int WIDTH = 420;
  private static final int STEP = 44;
  private static final int BOX = 30;
  private static final int LEFT = 70;

  /** More boxes than anyone looks at; the rest is in the table. */
  private static final int LAYERS_MAX = 400;

  private GraphSvg() {}

  static String render(Explanation explanation) {
    List<LayerWhy> layers = explanation.layers();
    int shown = Math.min(layers.size(), LAYERS_MAX);
    double most =
        layers.stream().mapToDouble(layer -> layer.profile().share().orElse(0)).max().orElse(1);
    Formatter svg = new Formatter(new StringBuilder(), Locale.ROOT);
    svg.format(
        "<svg class=\"graph\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"graph of"
            + " operators\">%n",
        WIDTH, shown * STEP + 10);
    for (int i = 0; i < shown; i++) {
      for (int from : explanation.producers().get(i)) {
        edge(svg, from, i);
      }
    }
    for (int i = 0; i < shown; i++) {
      node(svg, i, layers.get(i).profile(), most);
    }
    return svg.format("</svg>%n").toString();
  }

  /** Straight to the next operator, a curve at the side around others. */
  private static void edge(Formatter svg, int from, int to) {
    int x = LEFT + (WIDTH - LEFT) / 2;
    int start = from * STEP + 5 + BOX;
    int end = to * STEP + 5;
    if (to == from + 1) {
      svg.format("<path d=\"M%d %dV%d\" stroke=\"#5d6673\" fill=\"none\"/>%n", x, start, end);
    } else {
      int bow = Math.max(4, LEFT - 14 * Math.min(4, to - from));
      svg.format(
          "<path d=\"M%d %dC%d %d %d %d %d %d\" stroke=\"#5d6673\" fill=\"none\"/>%n",
          LEFT, start - BOX / 2, bow, start + STEP / 2, bow, end - STEP / 2, LEFT, end + BOX / 2);
    }
  }

  private static void node(Formatter svg, int position, LayerProfile layer, double most) {
    double heat = most > 0 ? layer.share().orElse(0) / most : 0;
    // From nearly white to dark red: one hue, so that it reads in print and for every eye.
    int red = (int) Math.round(250 - 90 * heat);
    int other = (int) Math.round(244 - 206 * heat);
    svg.format(
        "<g class=\"node\" data-layer=\"%d\" tabindex=\"0\"><rect x=\"%d\" y=\"%d\" width=\"%d\""
            + " height=\"%d\" rx=\"5\" fill=\"rgb(%d,%d,%d)\" stroke=\"#8a93a0\"/><text x=\"%d\""
            + " y=\"%d\" fill=\"%s\">%d  %s  %s</text><text x=\"%d\" y=\"%d\" fill=\"%s\""
            + " text-anchor=\"end\">%s</text><title>%s</title></g>%n",
        layer.index(),
        LEFT,
        position * STEP + 5,
        WIDTH - LEFT - 4,
        BOX,
        red,
        other,
        other,
        LEFT + 10,
        position * STEP + 24,
        heat > 0.6 ? "#ffffff" : "#1d2129",
        layer.index(),
        layer.work().operator(),
        layer.work().output(),
        WIDTH - 14,
        position * STEP + 24,
        heat > 0.6 ? "#ffffff" : "#1d2129",
        LayerTable.share(layer),
        TableForms.escaped(layer.name().isEmpty() ? layer.path() : layer.name()));
  }
}
