package dev.thumbprint.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Why rows were refused, as a reader can take it in: a table of thousands of damaged rows has
 * nearly as many reasons, each naming its line.
 */
public final class Reasons {
  private static final int SHOWN_MAX = 20;

  private Reasons() {}

  /** The reasons that hold for most rows, and how much is left out. */
  public static List<String> shown(Map<String, Integer> reasons) {
    List<Map.Entry<String, Integer>> most =
        reasons.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .toList();
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Integer> one : most.subList(0, Math.min(SHOWN_MAX, most.size()))) {
      lines.add(line(one.getValue(), one.getKey()));
    }
    if (most.size() > SHOWN_MAX) {
      List<Map.Entry<String, Integer>> left = most.subList(SHOWN_MAX, most.size());
      int rows = left.stream().mapToInt(Map.Entry::getValue).sum();
      lines.add(line(rows, "for %,d other reasons".formatted(left.size())));
    }
    return lines;
  }

  private static String line(int rows, String reason) {
    return String.format(Locale.ROOT, "%5d  %s", rows, reason);
  }
}
