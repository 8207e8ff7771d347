package dev.thumbprint.explore.space;

import dev.thumbprint.cost.Suggestion;
import java.util.List;
import java.util.Locale;

/**
 * A goal.
 *
 * @param measure what is optimised
 * @param maximise whether more is better
 */
public record Objective(Measure measure, boolean maximise) {

  /**
   * Reads {@code latency}, {@code minimise latency} or {@code maximise life}.
   *
   * @throws IllegalArgumentException if it is none of them; the message says what was expected
   */
  static Objective parse(String text) {
    List<String> words = List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    String name = words.getLast();
    Measure measure =
        Measure.of(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "found '%s', expected something to optimise; hint: %s"
                            .formatted(
                                text,
                                Suggestion.hint(
                                    name,
                                    Measure.labels(),
                                    "one of " + String.join(", ", Measure.labels())))));
    if (words.size() == 1) {
      return new Objective(measure, measure.moreIsBetter());
    }
    boolean minimise = words.getFirst().matches("minimi[sz]e|min");
    boolean maximise = words.getFirst().matches("maximi[sz]e|max");
    if (words.size() > 2 || !(minimise || maximise)) {
      throw new IllegalArgumentException(
          "found '%s', expected 'minimise %s' or 'maximise %s'".formatted(text, name, name));
    }
    return new Objective(measure, maximise);
  }

  /** A figure as dominance wants it: smaller is better. */
  public double cost(double value) {
    return maximise ? -value : value;
  }

  @Override
  public String toString() {
    return (maximise ? "maximise " : "minimise ") + measure.label();
  }
}
