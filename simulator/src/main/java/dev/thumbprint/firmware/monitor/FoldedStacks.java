package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.count.CallStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One line for each path of calls: functions from the outermost, and the cycles in the innermost.
 *
 * @see <a href="https://github.com/brendangregg/FlameGraph">FlameGraph, the tool that reads it</a>
 */
public final class FoldedStacks {
  private FoldedStacks() {}

  /** Writes the tree, in alphabetical order. */
  public static String write(CallStack.Node root) {
    List<String> lines = new ArrayList<>();
    root.children().forEach(child -> add(child, "", lines));
    lines.sort(Comparator.naturalOrder());
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static void add(CallStack.Node node, String path, List<String> lines) {
    String here = path.isEmpty() ? node.function() : path + ";" + node.function();
    if (node.selfCycles() > 0) {
      lines.add(here + " " + node.selfCycles());
    }
    node.children().forEach(child -> add(child, here, lines));
  }
}
