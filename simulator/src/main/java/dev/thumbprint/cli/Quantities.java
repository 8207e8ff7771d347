package dev.thumbprint.cli;

import dev.thumbprint.cost.Unit;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of options that are numbers with a unit. */
final class Quantities {
  private static final long TICKS_HZ_MAX = 10_000_000_000L;
  private static final double PERIOD_MS_MAX = 365 * 86_400e3;

  private static final Pattern BYTES =
      Pattern.compile("([0-9.]{1,30}) {0,3}([kKmMgG]?)([iI]?)([bB]?)");

  private Quantities() {}

  /** A frequency such as {@code 80MHz}, in Hz. */
  static final class Hertz implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Math.round(parse(text, Unit.HERTZ));
    }
  }

  /** The rate of a timer such as {@code 1MHz}, in Hz. */
  static final class TickRate implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      long hz = Math.round(parse(text, Unit.HERTZ));
      if (hz < 1 || hz > TICKS_HZ_MAX) {
        throw new TypeConversionException("'" + text + "' is no rate from 1 Hz to 10 GHz");
      }
      return hz;
    }
  }

  /** A voltage such as {@code 1.8V}, in volts. */
  static final class Volts implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return parse(text, Unit.VOLTS);
    }
  }

  /** A time such as {@code 50ms}, in milliseconds. */
  static final class Millis implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return generous(text, Unit.SECONDS) * 1e3;
    }
  }

  /** A time above 0 such as {@code 1s}, in milliseconds. */
  static final class Period implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double ms = generous(text, Unit.SECONDS) * 1e3;
      if (!(ms > 0 && ms < PERIOD_MS_MAX)) {
        throw new TypeConversionException("'" + text + "' is no time above 0 and below a year");
      }
      return ms;
    }
  }

  /** An energy such as {@code 2mJ}, in microjoules. */
  static final class Microjoules implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return generous(text, Unit.JOULES) * 1e6;
    }
  }

  /** A size such as {@code 128KiB}, in bytes. */
  static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Math.round(generous(text, Unit.BYTES));
    }
  }

  /** A part such as {@code 5%}, as a fraction. */
  static final class Percent implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double part =
            text.endsWith("%") ? Double.parseDouble(text.substring(0, text.length() - 1)) : -1;
        if (part >= 0 && Double.isFinite(part)) {
          return part / 100;
        }
      } catch (NumberFormatException notANumber) {
        // Told below, with what was expected.
      }
      throw new TypeConversionException("'" + text + "' is not a percentage such as 5%");
    }
  }

  /**
   * Reads units in any case; bytes also without a unit or as {@code 128K}, which are powers of two
   * as memories are.
   */
  private static double generous(String text, Unit unit) {
    String plain = text.strip();
    OptionalDouble exact = unit.parse(plain);
    if (exact.isPresent()) {
      return exact.getAsDouble();
    }
    if (unit != Unit.BYTES) {
      String lower = plain.toLowerCase(Locale.ROOT);
      return parse(unit == Unit.JOULES ? lower.replaceFirst("j$", "J") : lower, unit, text);
    }
    Matcher bytes = BYTES.matcher(plain);
    if (!bytes.matches()) {
      return parse(plain, unit, text);
    }
    String prefix = bytes.group(2).toUpperCase(Locale.ROOT);
    boolean thousands = bytes.group(3).isEmpty() && !bytes.group(4).isEmpty();
    String suffix = prefix.isEmpty() ? "B" : thousands ? prefix + "B" : prefix + "iB";
    return parse(bytes.group(1) + suffix, unit, text);
  }

  private static double parse(String text, Unit unit) {
    return parse(text, unit, text);
  }

  private static double parse(String text, Unit unit, String given) {
    OptionalDouble value = unit.parse(text);
    if (value.isEmpty()) {
      throw new TypeConversionException("'" + given + "' is not " + unit.example());
    }
    return value.getAsDouble();
  }
}
