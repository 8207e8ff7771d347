package dev.thumbprint.explore.space;

import dev.thumbprint.cost.Suggestion;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit that a design has to keep.
 *
 * @param text as it was written
 * @param measure what is limited
 * @param comparison {@code <=}, {@code >=}, {@code <} or {@code >}
 * @param limit the limit, in the unit of the measure's column
 * @param currency currency of a price, else empty
 * @param surely whether the worse end of the 90 % interval has to keep the limit, not only the best
 *     estimate
 */
public record Constraint(
    String text,
    Measure measure,
    String comparison,
    double limit,
    Optional<String> currency,
    boolean surely) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z_-]+)\\s*(<=|>=|<|>|==|=)\\s*(.+?)(\\s+surely)?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(?:\\.[0-9]{1,18})?");
  private static final Pattern LONG_TIME =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*(h|d|y)");
  private static final Pattern MONEY =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*([A-Z]{3})");

  /**
   * Reads a limit such as {@code latency <= 50 ms} or {@code energy <= 2 mJ surely}.
   *
   * @throws IllegalArgumentException if it is none; the message says what was expected
   */
  static Constraint parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "found '%s', expected a limit such as 'latency <= 50 ms', or 'fits'".formatted(text));
    }
    String name = form.group(1);
    Measure measure =
        Measure.of(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "found '%s', expected something to limit; hint: %s"
                            .formatted(
                                name,
                                Suggestion.hint(
                                    name,
                                    Measure.labels(),
                                    "one of " + String.join(", ", Measure.labels())))));
    String comparison = form.group(2);
    if (comparison.equals("=") || comparison.equals("==")) {
      throw new IllegalArgumentException(
          "found '%s', expected <=, >=, < or >: estimates are never exactly equal"
              .formatted(comparison));
    }
    String quantity = form.group(3).strip();
    OptionalDouble limit = limit(measure, quantity);
    if (limit.isEmpty()) {
      throw new IllegalArgumentException(
          "found '%s', expected %s".formatted(quantity, measure.kind().example()));
    }
    Matcher money = MONEY.matcher(quantity);
    return new Constraint(
        text.strip(),
        measure,
        comparison,
        limit.getAsDouble(),
        measure.kind() == Measure.Kind.MONEY && money.matches()
            ? Optional.of(money.group(2))
            : Optional.empty(),
        form.group(4) != null);
  }

  private static OptionalDouble limit(Measure measure, String quantity) {
    Matcher time = LONG_TIME.matcher(quantity);
    Matcher money = MONEY.matcher(quantity);
    return switch (measure.kind()) {
      case COUNT ->
          NUMBER.matcher(quantity).matches()
              ? OptionalDouble.of(Double.parseDouble(quantity))
              : OptionalDouble.empty();
      case LONG_TIME ->
          time.matches()
              ? OptionalDouble.of(Double.parseDouble(time.group(1)) * days(time.group(2)))
              : OptionalDouble.empty();
      case MONEY ->
          money.matches()
              ? OptionalDouble.of(Double.parseDouble(money.group(1)))
              : OptionalDouble.empty();
      default -> {
        OptionalDouble value = measure.kind().unit().orElseThrow().parse(quantity);
        yield value.isPresent()
            ? OptionalDouble.of(value.getAsDouble() * measure.perUnit())
            : value;
      }
    };
  }

  private static double days(String unit) {
    return switch (unit) {
      case "h" -> 1 / 24.0;
      case "d" -> 1;
      default -> 365;
    };
  }

  /** Whether the limit is an upper one. */
  public boolean upper() {
    return comparison.startsWith("<");
  }

  /**
   * Whether a figure keeps the limit.
   *
   * @param value best estimate
   * @param low lower end of its interval
   * @param high upper end of its interval
   */
  public boolean holds(double value, double low, double high) {
    double judged = surely ? (upper() ? high : low) : value;
    return switch (comparison) {
      case "<=" -> judged <= limit;
      case ">=" -> judged >= limit;
      case "<" -> judged < limit;
      default -> judged > limit;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
