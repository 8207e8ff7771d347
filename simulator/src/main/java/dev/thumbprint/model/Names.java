package dev.thumbprint.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known name nearest to a mistyped one. */
public final class Names {
  private static final int LENGTH_MAX = 64;

  private Names() {}

  /**
   * The nearest of the known names by edit distance, where it is near enough to be meant: at most a
   * third of the letters differ.
   */
  public static Optional<String> nearest(String typed, Collection<String> known) {
    if (typed.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    String wanted = typed.toLowerCase(Locale.ROOT);
    String nearest = null;
    int least = Math.max(1, typed.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Levenshtein distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
