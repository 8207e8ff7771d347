package dev.thumbprint.compare;

import dev.thumbprint.compare.ProfileDocument.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Two profiles beside each other.
 *
 * @param before the first
 * @param after the second
 * @param pairs layers that belong together; one side is null where a layer came or went
 */
public record Comparison(ProfileDocument before, ProfileDocument after, List<Pair> pairs) {
  /** Above this size of the search, layers are paired by their position. */
  private static final long CELLS_MAX = 4_000_000;

  /**
   * A layer before and after; null where there is none.
   *
   * @param before the layer of the first profile, or null
   * @param after the layer of the second profile, or null
   */
  public record Pair(Layer before, Layer after) {}

  public Comparison {
    pairs = List.copyOf(pairs);
  }

  /** Pairs the layers of two profiles: by operator, in order, as many as can be. */
  public static Comparison of(ProfileDocument before, ProfileDocument after) {
    return new Comparison(before, after, pairs(before.layers(), after.layers()));
  }

  private static List<Pair> pairs(List<Layer> before, List<Layer> after) {
    List<Pair> pairs = new ArrayList<>();
    int first = 0;
    while (first < Math.min(before.size(), after.size())
        && alike(before.get(first), after.get(first))) {
      pairs.add(new Pair(before.get(first), after.get(first)));
      first++;
    }
    List<Layer> left = before.subList(first, before.size());
    List<Layer> right = after.subList(first, after.size());
    if ((long) left.size() * right.size() > CELLS_MAX) {
      for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
        boolean both = i < left.size() && i < right.size() && alike(left.get(i), right.get(i));
        if (both) {
          pairs.add(new Pair(left.get(i), right.get(i)));
        } else {
          alone(
              pairs, i < left.size() ? left.get(i) : null, i < right.size() ? right.get(i) : null);
        }
      }
    } else {
      align(left, right, pairs);
    }
    return pairs;
  }

  private static void alone(List<Pair> pairs, Layer before, Layer after) {
    if (before != null) {
      pairs.add(new Pair(before, null));
    }
    if (after != null) {
      pairs.add(new Pair(null, after));
    }
  }

  /** The longest common sequence of operators. */
  private static void align(List<Layer> left, List<Layer> right, List<Pair> pairs) {
    int[][] longest = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        longest[i][j] =
            alike(left.get(i), right.get(j))
                ? 1 + longest[i + 1][j + 1]
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      boolean both = i < left.size() && j < right.size();
      if (both && alike(left.get(i), right.get(j))) {
        pairs.add(new Pair(left.get(i++), right.get(j++)));
      } else if (j >= right.size() || (i < left.size() && longest[i + 1][j] >= longest[i][j + 1])) {
        pairs.add(new Pair(left.get(i++), null));
      } else {
        pairs.add(new Pair(null, right.get(j++)));
      }
    }
  }

  private static boolean alike(Layer one, Layer other) {
    return one.op().equals(other.op());
  }

  /** Growth of a figure of the network as a part of it; empty where one side has none. */
  public OptionalDouble growth(String key) {
    OptionalDouble from = before.totals().get(key);
    OptionalDouble to = after.totals().get(key);
    if (from.isEmpty() || to.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (from.getAsDouble() == 0) {
      return OptionalDouble.of(to.getAsDouble() == 0 ? 0 : Double.POSITIVE_INFINITY);
    }
    return OptionalDouble.of(to.getAsDouble() / from.getAsDouble() - 1);
  }

  /** Figures that grew by more than a part of themselves, or that are not available any more. */
  public List<String> above(double part) {
    return ProfileDocument.TOTALS.stream()
        .filter(
            key ->
                growth(key).isPresent()
                    ? growth(key).getAsDouble() > part
                    : before.totals().get(key).isPresent())
        .toList();
  }

  /** Settings that differ: key, then what they were and are. */
  public Map<String, List<String>> settings() {
    Map<String, List<String>> changed = new LinkedHashMap<>();
    Map<String, String> all = new LinkedHashMap<>(before.target());
    after.target().forEach(all::putIfAbsent);
    for (String key : all.keySet()) {
      String from = before.target().getOrDefault(key, "not told");
      String to = after.target().getOrDefault(key, "not told");
      if (!from.equals(to)) {
        changed.put(key, List.of(from, to));
      }
    }
    return changed;
  }
}
