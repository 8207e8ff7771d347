package dev.thumbprint.cost;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Physical units that files and options give with their numbers, such as {@code 80 MHz}. */
public enum Unit {
  HERTZ("Hz", "a frequency such as 80 MHz"),
  BYTES("B", "a size such as 512 KiB"),
  VOLTS("V", "a voltage such as 3.3 V"),
  AMPERES("A", "a current such as 24.9 mA"),
  WATTS("W", "a power such as 45.7 mW"),
  SECONDS("s", "a time such as 50 ms"),
  JOULES("J", "an energy such as 2 mJ"),
  AMPERE_HOURS("Ah", "a charge such as 220 mAh");

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?)\\s{0,3}([A-Za-z\u00b5\u03bc]{0,4})");

  private final String symbol;
  private final String example;

  Unit(String symbol, String example) {
    this.symbol = symbol;
    this.example = example;
  }

  /** The symbol without prefix. */
  public String symbol() {
    return symbol;
  }

  /** What to write, for an error message. */
  public String example() {
    return example;
  }

  /**
   * Reads a number with its unit into the unit without prefix: {@code 80 MHz} is 80,000,000. The
   * unit is never optional, except with a bare {@code 0}. Prefixes are n, u, m, k, M, G; bytes take
   * Ki, Mi, Gi (1,024) and k, M, G (1,000).
   *
   * @return the value, or empty where the text is no such quantity
   */
  public OptionalDouble parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return OptionalDouble.empty();
    }
    BigDecimal number = new BigDecimal(form.group(1));
    String suffix = form.group(2);
    if (suffix.isEmpty()) {
      return number.signum() == 0 ? OptionalDouble.of(0) : OptionalDouble.empty();
    }
    if (!suffix.endsWith(symbol)) {
      return OptionalDouble.empty();
    }
    BigDecimal factor = factor(suffix.substring(0, suffix.length() - symbol.length()));
    return factor.signum() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(number.multiply(factor).doubleValue());
  }

  /** The factor of a prefix, or 0 where this unit takes no such prefix. */
  private BigDecimal factor(String prefix) {
    boolean bytes = this == BYTES;
    return switch (prefix) {
      case "" -> BigDecimal.ONE;
      case "k", "K" -> BigDecimal.valueOf(1_000);
      case "M" -> BigDecimal.valueOf(1_000_000);
      case "G" -> BigDecimal.valueOf(1_000_000_000);
      case "m" -> bytes ? BigDecimal.ZERO : new BigDecimal("0.001");
      case "u", "\u00b5", "\u03bc" -> bytes ? BigDecimal.ZERO : new BigDecimal("0.000001");
      case "n" -> bytes ? BigDecimal.ZERO : new BigDecimal("0.000000001");
      case "Ki" -> BigDecimal.valueOf(bytes ? 1 << 10 : 0);
      case "Mi" -> BigDecimal.valueOf(bytes ? 1 << 20 : 0);
      case "Gi" -> BigDecimal.valueOf(bytes ? 1 << 30 : 0);
      default -> BigDecimal.ZERO;
    };
  }
}
