package dev.thumbprint.cost.counts;

import java.util.Map;

/**
 * One call of one kernel function: what was executed, and how often what happened. The columns are
 * those of docs/sweeps.md.
 *
 * @param build library, core and options it was compiled for
 * @param signature operator, input, filter, output, stride and padding, blanks between
 * @param type element type of the input
 * @param figures counts by column
 */
public record KernelCount(Build build, String signature, String type, Map<String, Long> figures) {

  public KernelCount {
    figures = Map.copyOf(figures);
  }

  /**
   * A compiled library.
   *
   * @param library with generation, such as {@code cmsis-nn@2020-03}
   * @param core such as {@code cortex-m4}
   * @param opt optimisation level without the dash
   * @param fpu whether the floating-point unit is used
   */
  public record Build(String library, String core, String opt, boolean fpu) {}

  /** Whether the table of the build has a column; caches differ from core to core. */
  public boolean has(String column) {
    return figures.containsKey(column);
  }

  /**
   * A count.
   *
   * @throws IllegalArgumentException for a column that the table of the build does not have
   */
  public long figure(String column) {
    Long figure = figures.get(column);
    if (figure == null) {
      throw new IllegalArgumentException("no column " + column + " for " + build);
    }
    return figure;
  }

  /** Name of the operator. */
  public String operator() {
    return signature.substring(0, signature.indexOf(' '));
  }
}
