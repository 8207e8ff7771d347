package dev.thumbprint.explore.space;

import java.util.List;

/**
 * One thing that is varied.
 *
 * @param name its name in the file
 * @param labels its values as reports show them, at least one
 */
public record Axis(String name, List<String> labels) {
  public Axis {
    labels = List.copyOf(labels);
  }

  /** Number of values. */
  public int size() {
    return labels.size();
  }
}
