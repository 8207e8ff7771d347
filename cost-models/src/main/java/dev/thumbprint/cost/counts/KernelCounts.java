package dev.thumbprint.cost.counts;

import dev.thumbprint.cost.counts.KernelCount.Build;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shipped tables of counts, read at first use. */
public final class KernelCounts {
  private static final String FOLDER = "sweeps/";

  /** Columns that tell what was called; the others are counts. */
  private static final Set<String> WORDS =
      Set.of(
          "library",
          "core",
          "opt",
          "fpu",
          "asserts",
          "op",
          "input",
          "filter",
          "output",
          "stride",
          "padding",
          "type",
          "dilation",
          "path");

  /** Paths that tell of values. */
  private static final Set<String> VALUES = Set.of(CountTable.ZEROS, CountTable.HALF_ZEROS);

  private record Key(Build build, String signature, String type) {}

  private final Map<Key, KernelCount> counts = new HashMap<>();
  private final Set<Build> builds = new HashSet<>();

  private KernelCounts() {}

  private static final class Shipped {
    static final KernelCounts COUNTS = read();
  }

  /** All shipped tables. */
  public static KernelCounts shipped() {
    return Shipped.COUNTS;
  }

  /** Whether a build was executed. */
  public boolean has(Build build) {
    return builds.contains(build);
  }

  /** Number of rows. */
  public int size() {
    return counts.size();
  }

  /**
   * The counts of a call.
   *
   * @param signature operator, input, filter, output, stride, padding; absent ones empty, each with
   *     the blank before it
   */
  public Optional<KernelCount> find(Build build, String signature, String type) {
    return Optional.ofNullable(counts.get(new Key(build, signature, type)));
  }

  private static KernelCounts read() {
    KernelCounts all = new KernelCounts();
    CountTable.lines(FOLDER + "index.txt").forEach(all::readTable);
    return all;
  }

  private void readTable(String name) {
    for (Map<String, String> row : CountTable.rows(FOLDER + name)) {
      // A dilation, a detail such as an axis, or values are in no signature: nothing could be found
      // by them.
      if (row.get("dilation").isEmpty()
          && row.getOrDefault("detail", "").isEmpty()
          && !VALUES.contains(row.get("path"))) {
        Map<String, Long> figures = new HashMap<>();
        row.forEach(
            (column, cell) -> {
              if (!WORDS.contains(column)) {
                figures.put(column, Long.valueOf(cell));
              }
            });
        add(row, figures);
      }
    }
  }

  private void add(Map<String, String> row, Map<String, Long> figures) {
    Build build =
        new Build(row.get("library"), row.get("core"), row.get("opt"), row.get("fpu").equals("on"));
    String signature =
        String.join(
            " ",
            row.get("op"),
            row.get("input"),
            row.get("filter"),
            row.get("output"),
            row.get("stride"),
            row.get("padding"));
    builds.add(build);
    counts.putIfAbsent(
        new Key(build, signature, row.get("type")),
        new KernelCount(build, signature, row.get("type"), figures));
  }
}
