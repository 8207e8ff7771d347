package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.count.CallStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first calls of a run, in order: when, how deep, which function. */
final class CallLog implements CallStack.Listener {
  private static final int LINES_MAX = 200;
  private static final int INDENT_MAX = 40;

  private final List<String> lines = new ArrayList<>();
  private int depth;

  @Override
  public void begin(String function, long cycles) {
    if (lines.size() < LINES_MAX) {
      String indent = "  ".repeat(Math.min(depth, INDENT_MAX));
      lines.add(String.format(Locale.ROOT, "%,14d  %s%s", cycles, indent, function));
    }
    depth++;
  }

  @Override
  public void end(long cycles) {
    depth = Math.max(0, depth - 1);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
