package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.count.CallStack;

/**
 * Beginning and end of every function, as chrome://tracing and Perfetto read them. A trace is cut
 * after a million events.
 *
 * @see <a
 *     href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">Trace
 *     Event Format</a>
 */
public final class ChromeTrace implements CallStack.Listener {
  private static final int EVENTS_MAX = 1_000_000;

  private final StringBuilder text = new StringBuilder("{\"traceEvents\":[");
  private final long clockHz;
  private int events;
  private int open;
  private int hidden;

  /** Times are in microseconds at this clock. */
  public ChromeTrace(long clockHz) {
    this.clockHz = clockHz;
  }

  @Override
  public void begin(String function, long cycles) {
    if (events >= EVENTS_MAX) {
      hidden++;
      return;
    }
    open++;
    event('B', function, cycles);
  }

  @Override
  public void end(long cycles) {
    if (hidden > 0) {
      hidden--;
    } else if (open > 0) {
      open--;
      event('E', "", cycles);
    }
  }

  private void event(char phase, String name, long cycles) {
    text.append(events++ == 0 ? "\n" : ",\n");
    text.append("{\"ph\":\"").append(phase).append("\",\"pid\":1,\"tid\":1,\"ts\":");
    text.append(cycles * 1e6 / clockHz);
    if (!name.isEmpty()) {
      text.append(",\"name\":\"")
          .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
    }
    text.append('}');
  }

  /** The trace. */
  public String write() {
    return text + "\n]}\n";
  }
}
