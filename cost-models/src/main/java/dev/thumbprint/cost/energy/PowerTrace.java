package dev.thumbprint.cost.energy;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * A synthetic power trace: constant power within each segment, as a current probe would see it with
 * markers at the edges. Its trapezoid integral is the energy of the segments.
 *
 * @param segments what happens one after another
 */
public record PowerTrace(List<Segment> segments) {
  /** More samples than a spreadsheet can hold help nobody. */
  public static final int SAMPLES_MAX = 1_000_000;

  public PowerTrace {
    segments = List.copyOf(segments);
  }

  /**
   * A stretch of constant power.
   *
   * @param label name, such as that of a layer
   * @param durationMs length in ms
   * @param powerMw power in mW
   */
  public record Segment(String label, double durationMs, double powerMw) {
    public Segment {
      if (!(durationMs >= 0 && powerMw >= 0 && durationMs < 1e12 && powerMw < 1e9)) {
        throw new IllegalArgumentException(
            "segment %s: %s ms at %s mW".formatted(label, durationMs, powerMw));
      }
    }

    /** Energy in uJ. */
    public double energyUj() {
      return durationMs * powerMw;
    }
  }

  /** Length in ms. */
  public double durationMs() {
    return segments.stream().mapToDouble(Segment::durationMs).sum();
  }

  /** Energy in uJ. */
  public double energyUj() {
    return segments.stream().mapToDouble(Segment::energyUj).sum();
  }

  /**
   * Writes the trace as CSV with the columns {@code time_ms, power_mw, marker, layer}: a row at
   * both edges of each segment (two rows at one time where the power steps) and rows in between at
   * the sampling step. Rows of one marker belong to one segment.
   *
   * @param out where to write
   * @param stepMs time between samples inside a segment, more than 0
   * @throws IllegalArgumentException if the step would give more than {@link #SAMPLES_MAX} rows
   */
  public void writeCsv(Appendable out, double stepMs) throws IOException {
    if (!(stepMs > 0) || durationMs() / stepMs + 2.0 * segments.size() > SAMPLES_MAX) {
      throw new IllegalArgumentException(
          "a step of %s ms over %s ms gives more than %d rows"
              .formatted(stepMs, durationMs(), SAMPLES_MAX));
    }
    out.append("time_ms,power_mw,marker,layer\n");
    double start = 0;
    for (int marker = 0; marker < segments.size(); marker++) {
      Segment segment = segments.get(marker);
      double end = start + segment.durationMs();
      long inner = (long) Math.ceil(segment.durationMs() / stepMs) - 1;
      row(out, start, segment, marker);
      for (long i = 1; i <= inner; i++) {
        row(out, start + i * stepMs, segment, marker);
      }
      row(out, end, segment, marker);
      start = end;
    }
  }

  private static void row(Appendable out, double timeMs, Segment segment, int marker)
      throws IOException {
    out.append(
        String.format(
            Locale.ROOT, "%.6f,%.6f,%d,%s%n", timeMs, segment.powerMw(), marker, quoted(segment)));
  }

  private static String quoted(Segment segment) {
    String label = segment.label().replaceAll("\\p{Cntrl}", " ");
    return label.indexOf(',') >= 0 || label.indexOf('"') >= 0
        ? '"' + label.replace("\"", "\"\"") + '"'
        : label;
  }
}
