package dev.thumbprint.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** How far long work is, with its rate and the time left; on a terminal only. */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long REDRAWN_NS = 200_000_000;

  private final PrintWriter err;
  private final long whole;
  private final boolean shown;
  private final long startNs = System.nanoTime();
  private long firstCount = -1;
  private long drawnNs;
  private boolean drawn;

  /**
   * A bar.
   *
   * @param whole what there is to do
   * @param shown whether anybody wants to see it
   */
  ProgressBar(PrintWriter err, long whole, boolean shown) {
    this.err = err;
    this.whole = whole;
    this.shown = shown;
  }

  /** Tells how much is done. */
  void tell(long count) {
    long now = System.nanoTime();
    if (firstCount < 0) {
      firstCount = count;
    }
    if (!shown || now - drawnNs < REDRAWN_NS) {
      return;
    }
    drawnNs = now;
    drawn = true;
    err.print('\r' + line(count, (now - startNs) / 1e9));
    err.flush();
  }

  /** The bar as a line. */
  String line(long count, double seconds) {
    double part = whole == 0 ? 1 : Math.min(1, (double) count / whole);
    int full = (int) (part * WIDTH);
    double rate = (count - Math.max(0, firstCount)) / Math.max(seconds, 1e-3);
    double left = rate > 0 ? (whole - count) / rate : 0;
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %,d of %,d  %,.0f/s  %s left ",
        "#".repeat(full),
        ".".repeat(WIDTH - full),
        100 * part,
        count,
        whole,
        rate,
        left < 90
            ? String.format(Locale.ROOT, "%.0f s", left)
            : String.format(Locale.ROOT, "%.0f min", left / 60));
  }

  /** Takes the bar away. */
  void done() {
    if (drawn) {
      err.print("\r" + " ".repeat(100) + "\r");
      err.flush();
    }
  }
}
