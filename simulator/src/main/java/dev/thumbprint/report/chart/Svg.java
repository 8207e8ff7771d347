package dev.thumbprint.report.chart;

import java.util.Locale;

/** Writes SVG text: the same in every locale, every word escaped. */
public final class Svg {
  /** Colours that the colour-blind can tell apart (Okabe and Ito, jfly.uni-koeln.de/color). */
  private static final String[] COLOURS = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#000000"
  };

  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String title) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n",
        width, height, width, height);
    add("<title>%s</title>\n", escape(title));
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", width, height);
  }

  static String colour(int number) {
    return COLOURS[Math.floorMod(number, COLOURS.length)];
  }

  Svg add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
    return this;
  }

  Svg text(double x, double y, String anchor, String words) {
    return add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, escape(words));
  }

  Svg line(double x1, double y1, double x2, double y2, String stroke) {
    return add(
        "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\" fill=\"none\"/>\n", x1, y1, x2, y2, stroke);
  }

  String end() {
    return text.append("</svg>\n").toString();
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
