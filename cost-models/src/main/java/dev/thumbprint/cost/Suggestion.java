package dev.thumbprint.cost;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known word nearest to a mistyped one. */
public final class Suggestion {
  /** Longer words are cut, so that a hostile input costs no time. */
  private static final int LENGTH_MAX = 64;

  private Suggestion() {}

  /**
   * The known word with the fewest edits to {@code word}, or empty where none is near: at most a
   * third of the letters may differ, unless one begins with or contains the other.
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String sought = plain(word);
    String best = null;
    double bestScore = Double.MAX_VALUE;
    for (String candidate : known) {
      String other = plain(candidate);
      int distance = distance(sought, other);
      boolean near = distance <= Math.max(1, Math.max(sought.length(), other.length()) / 3);
      boolean within = sought.length() >= 3 && other.contains(sought);
      boolean around = other.length() >= 3 && sought.contains(other);
      if (!near && !within && !around) {
        continue;
      }
      double score = near ? distance : distance / 2.0;
      if (score < bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The hint of an error about {@code word}: "did you mean 'x'?", or {@code otherwise}. */
  public static String hint(String word, Collection<String> known, String otherwise) {
    return nearest(word, known).map(near -> "did you mean '" + near + "'?").orElse(otherwise);
  }

  /** Edits that turn one into the other: insert, delete, replace, or exchange two neighbours. */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      edits[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      edits[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (exchanged) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }

  private static String plain(String word) {
    String cut = word.length() > LENGTH_MAX ? word.substring(0, LENGTH_MAX) : word;
    return cut.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }
}
