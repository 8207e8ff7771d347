package dev.thumbprint.report;

import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.PlannedBuffer;
import java.util.Formatter;
import java.util.Locale;

/** The head of the arena as a picture: steps from left to right, offsets from bottom to top. */
public final class ArenaSvg {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 480;
  private static final int MARGIN = 60;

  /** Rectangles that a picture still shows as such; more are left out from the small end. */
  private static final int RECTANGLES_MAX = 2_000;

  private ArenaSvg() {}

  /** An SVG document. Tensors are blue, scratch buffers orange; titles hold the exact figures. */
  public static String render(MemoryPlan plan) {
    double stepWidth = (double) (WIDTH - 2 * MARGIN) / Math.max(1, plan.steps().size());
    double scale = (double) (HEIGHT - 2 * MARGIN) / Math.max(1, plan.headBytes());
    Formatter svg = new Formatter(new StringBuilder(), Locale.ROOT);
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"11\">%n",
        WIDTH, HEIGHT);
    svg.format(
        "<title>%s: arena head of %,d bytes, %s</title>%n",
        escape(plan.model()), plan.headBytes(), escape(plan.build().label()));
    plan.buffers().stream()
        .filter(buffer -> buffer.first() >= 0 && buffer.bytes() > 0)
        .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
        .limit(RECTANGLES_MAX)
        .forEach(buffer -> rectangle(svg, plan, buffer, stepWidth, scale));
    axes(svg, plan, stepWidth);
    return svg.format("</svg>%n").toString();
  }

  private static void rectangle(
      Formatter svg, MemoryPlan plan, PlannedBuffer buffer, double stepWidth, double scale) {
    double x = MARGIN + buffer.first() * stepWidth;
    double width = (buffer.last() - buffer.first() + 1) * stepWidth;
    double height = buffer.request().bytes() * scale;
    double y = HEIGHT - MARGIN - buffer.end() * scale;
    svg.format(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\""
            + " fill-opacity=\"0.75\" stroke=\"#333\" stroke-width=\"0.5\"><title>%s: %,d bytes at"
            + " %,d, %s to %s</title></rect>%n",
        x,
        y,
        width,
        height,
        buffer.scratch() ? "#e08020" : "#4080c0",
        escape(buffer.name()),
        buffer.bytes(),
        buffer.offset(),
        escape(plan.steps().get(buffer.first())),
        escape(plan.steps().get(buffer.last())));
  }

  private static void axes(Formatter svg, MemoryPlan plan, double stepWidth) {
    int bottom = HEIGHT - MARGIN;
    svg.format(
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#333\"/>%n",
        MARGIN, MARGIN, bottom, WIDTH - MARGIN);
    svg.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%,d B</text>%n",
        MARGIN - 4, MARGIN + 4, plan.headBytes());
    svg.format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>%n", MARGIN - 4, bottom);
    int every = Math.max(1, plan.steps().size() / 24);
    for (int step = 0; step < plan.steps().size(); step += every) {
      double x = MARGIN + (step + 0.5) * stepWidth;
      svg.format(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d<title>%s</title></text>%n",
          x, bottom + 14, step, escape(plan.steps().get(step)));
    }
    svg.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">operator (step)</text>%n",
        WIDTH / 2, bottom + 34);
  }

  private static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.chars()
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
