package dev.thumbprint.report.chart;

import java.util.Formatter;
import java.util.Locale;

/** Writes SVG text: the same in every locale, every word escaped. */
public final class Svg {
  /** Colours that the colour-blind can tell apart (Okabe and Ito, jfly.uni-koeln.de/color). */
  private static final String[] COLOURS = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#000000"
  };

  private final Formatter out = new Formatter(new StringBuilder(), Locale.ROOT);

  Svg(int width, int height, String title) {
    out.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n",
        width, height, width, height);
    out.format("<title>%s</title>\n", escape(title));
    out.format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", width, height);
  }

  static String colour(int number) {
    return COLOURS[Math.floorMod(number, COLOURS.length)];
  }

  /** Takes further elements. */
  Formatter out() {
    return out;
  }

  void text(double x, double y, String anchor, String words) {
    out.format(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escape(words));
  }

  void line(double x1, double y1, double x2, double y2, String stroke) {
    out.format(
        "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\" fill=\"none\"/>\n", x1, y1, x2, y2, stroke);
  }

  String end() {
    return out.format("</svg>\n").toString();
  }

  /** Text without characters that mean something in SVG or HTML. */
  public static String escape(String words) {
    StringBuilder safe = new StringBuilder(words.length());
    words
        .chars()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.append(c < ' ' ? ' ' : (char) c);
              }
            });
    return safe.toString();
  }
}
