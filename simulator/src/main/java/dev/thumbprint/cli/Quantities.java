package dev.thumbprint.cli;

import dev.thumbprint.cost.Unit;
import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of options that are numbers with a unit. */
final class Quantities {
  private Quantities() {}

  /** A frequency such as {@code 80MHz}, in Hz. */
  static final class Hertz implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Math.round(parse(text, Unit.HERTZ));
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
      return parse(text, Unit.SECONDS) * 1e3;
    }
  }

  /** An energy such as {@code 2mJ}, in microjoules. */
  static final class Microjoules implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return parse(text, Unit.JOULES) * 1e6;
    }
  }

  /** A size such as {@code 128KiB}, in bytes. */
  static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Math.round(parse(text, Unit.BYTES));
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

  private static double parse(String text, Unit unit) {
    OptionalDouble value = unit.parse(text);
    if (value.isEmpty()) {
      throw new TypeConversionException("'" + text + "' is not " + unit.example());
    }
    return value.getAsDouble();
  }
}
