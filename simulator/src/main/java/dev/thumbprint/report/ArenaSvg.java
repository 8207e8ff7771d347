package dev.thumbprint.report;

import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.PlannedBuffer;
import dev.thumbprint.report.chart.Svg;
import java.util.Formatter;
import java.util.Locale;

/**
 * The head of the arena as a picture: steps from left to right, offsets from bottom to top. A
 * document of its own, which a page may also hold as it is.
 */
public final class ArenaSvg {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final int LEFT = 84;
  private static final int RIGHT = 16;
  private static final int TOP = 64;
  private static final int BOTTOM = 130;

  /** Rectangles that a picture still shows as such; more are left out from the small end. */
  private static final int RECTANGLES_MAX = 2_000;

  /** Names along the axis, as many as stay legible. */
  private static final int NAMES_MAX = 48;

  private static final int GRID_LINES = 4;

  /** Smallest rectangle that gets its size written into it, in picture units. */
  private static final double LABEL_WIDTH = 40;

  private static final double LABEL_HEIGHT = 13;

  private static final String TENSOR = "#4c86c6";
  private static final String SCRATCH = "#e08a2e";
  private static final String PEAK_TENSOR = "#c8413b";
  private static final String PEAK_SCRATCH = "#8a2be2";

  private final Formatter svg = new Formatter(new StringBuilder(), Locale.ROOT);
  private final MemoryPlan plan;
  private final int peak;
  private final double stepWidth;
  private final double scale;

  private ArenaSvg(MemoryPlan plan) {
    this.plan = plan;
    this.peak = plan.peakStep();
    this.stepWidth = (double) (WIDTH - LEFT - RIGHT) / Math.max(1, plan.steps().size());
    this.scale = (double) (HEIGHT - TOP - BOTTOM) / Math.max(1, plan.headBytes());
  }

  /**
   * An SVG document. What is alive at the peak is red (tensors) or violet (scratch buffers), other
   * tensors blue, other scratch buffers orange; titles hold the exact figures.
   */
  public static String render(MemoryPlan plan) {
    ArenaSvg picture = new ArenaSvg(plan);
    picture.draw();
    return picture.svg.toString();
  }

  private void draw() {
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " font-family=\"sans-serif\" font-size=\"11\" fill=\"#222\">%n",
        WIDTH, HEIGHT);
    svg.format(
        "<title>%s: arena head of %,d bytes, %s</title>%n",
        Svg.escape(plan.model()), plan.headBytes(), Svg.escape(plan.build().label()));
    svg.format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", WIDTH, HEIGHT);
    heading();
    grid();
    if (!plan.steps().isEmpty()) {
      svg.format(
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#fbe3e1\"/>%n",
          x(peak), TOP, Math.max(1, stepWidth), HEIGHT - TOP - BOTTOM);
    }
    plan.buffers().stream()
        .filter(buffer -> buffer.first() >= 0 && buffer.bytes() > 0)
        .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
        .limit(RECTANGLES_MAX)
        .forEach(this::rectangle);
    aliveLine();
    axes();
    svg.format("</svg>%n");
  }

  private void heading() {
    svg.format(
        "<text x=\"%d\" y=\"20\" font-size=\"14\" font-weight=\"bold\">%s: arena over operators,"
            + " %s</text>%n",
        LEFT, Svg.escape(shortened(plan.model(), 60)), Svg.escape(plan.build().label()));
    svg.format(
        "<text x=\"%d\" y=\"36\">head %,d bytes (no placement below %,d), kept structures %,d,"
            + " arena_used_bytes() %,d, to allocate %,d</text>%n",
        LEFT,
        plan.headBytes(),
        plan.lowestPossibleHeadBytes(),
        plan.tailBytes(),
        plan.arenaUsedBytes(),
        plan.arenaBytesToAllocate());
    int x = LEFT;
    x = legend(x, PEAK_TENSOR, "tensor at the peak");
    x = legend(x, PEAK_SCRATCH, "scratch at the peak");
    x = legend(x, TENSOR, "other tensor");
    x = legend(x, SCRATCH, "other scratch");
    svg.format(
        "<path d=\"M%d 50h14\" stroke=\"#111\" stroke-dasharray=\"4 2\"/><text x=\"%d\""
            + " y=\"54\">bytes alive</text>%n",
        x, x + 18);
  }

  private int legend(int x, String colour, String text) {
    svg.format(
        "<rect x=\"%d\" y=\"45\" width=\"12\" height=\"10\" fill=\"%s\"/><text x=\"%d\""
            + " y=\"54\">%s</text>%n",
        x, colour, x + 16, text);
    return x + 130;
  }

  private void rectangle(PlannedBuffer buffer) {
    double left = x(buffer.first());
    double width = (buffer.last() - buffer.first() + 1) * stepWidth;
    double height = buffer.request().bytes() * scale;
    double top = y(buffer.end());
    boolean atPeak = buffer.aliveAt(peak);
    String colour =
        buffer.scratch() ? (atPeak ? PEAK_SCRATCH : SCRATCH) : atPeak ? PEAK_TENSOR : TENSOR;
    svg.format(
        "<g><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\""
            + " fill-opacity=\"0.8\" stroke=\"#222\" stroke-width=\"0.5\"/><title>%s: %,d bytes at"
            + " %,d, from %s to %s</title>",
        left,
        top,
        width,
        height,
        colour,
        Svg.escape(buffer.name().isEmpty() ? "tensor " + buffer.tensor() : buffer.name()),
        buffer.bytes(),
        buffer.offset(),
        Svg.escape(step(buffer.first())),
        Svg.escape(step(buffer.last())));
    if (width >= LABEL_WIDTH && height >= LABEL_HEIGHT) {
      svg.format(
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#fff\""
              + " font-size=\"10\">%,d</text>",
          left + width / 2, top + height / 2 + 4, buffer.bytes());
    }
    svg.format("</g>%n");
  }

  /** Bytes alive in every step: what the rectangles add up to. */
  private void aliveLine() {
    long[] live = plan.liveBytes();
    svg.format("<path fill=\"none\" stroke=\"#111\" stroke-dasharray=\"4 2\" d=\"");
    for (int step = 0; step < live.length; step++) {
      svg.format(
          "%s%.1f %.1fH%.1f", step == 0 ? "M" : "L", x(step), y(live[step]), x(step) + stepWidth);
    }
    svg.format("\"/>%n");
  }

  private void grid() {
    for (int line = 0; line <= GRID_LINES; line++) {
      long bytes = plan.headBytes() * line / GRID_LINES;
      svg.format(
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%,d</text>%n",
          LEFT, y(bytes), WIDTH - RIGHT, LEFT - 6, y(bytes) + 4, bytes);
    }
    svg.format(
        "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">offset in bytes"
            + "</text>%n",
        (TOP + HEIGHT - BOTTOM) / 2);
  }

  private void axes() {
    int bottom = HEIGHT - BOTTOM;
    svg.format(
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#222\"/>%n",
        LEFT, TOP, bottom, WIDTH - RIGHT);
    int every = Math.ceilDiv(Math.max(1, plan.steps().size()), NAMES_MAX);
    for (int step = 0; step < plan.steps().size(); step++) {
      if (step % every == 0 || step == peak) {
        boolean crowded = step != peak && every > 1 && Math.abs(step - peak) < every;
        if (!crowded) {
          name(step, bottom);
        }
      }
    }
  }

  private void name(int step, int bottom) {
    svg.format(
        "<text transform=\"translate(%.1f %d) rotate(-60)\" text-anchor=\"end\" font-size=\"9\""
            + "%s>%s</text>%n",
        x(step) + stepWidth / 2 + 3,
        bottom + 10,
        step == peak ? " font-weight=\"bold\" fill=\"" + PEAK_TENSOR + "\"" : "",
        Svg.escape(shortened(step(step), 22)));
  }

  private String step(int step) {
    return step + " " + plan.steps().get(step);
  }

  private double x(int step) {
    return LEFT + step * stepWidth;
  }

  private double y(long bytes) {
    return HEIGHT - BOTTOM - bytes * scale;
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "\u2026";
  }
}
