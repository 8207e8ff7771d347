package dev.thumbprint.profile;

import dev.thumbprint.cost.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A battery. Self-discharge, ageing and temperature are not counted.
 *
 * @param name name for reports
 * @param milliampereHours charge
 * @param volts mean voltage while it is emptied
 */
public record Battery(String name, double milliampereHours, double volts) {
  /**
   * What is usual: nominal charges that the makers of such cells give for small loads (unverified),
   * with the mean voltage of a discharge.
   */
  public static final List<Battery> USUAL =
      List.of(new Battery("CR2032", 220, 2.9), new Battery("2xAA", 2500, 2.5));

  private static final double DEFAULT_VOLTS = 3;

  /**
   * A battery by its name ({@code CR2032}, {@code AA}) or its charge ({@code 800mAh}, {@code
   * 800mAh@3.7V}; 3 V where none is given).
   *
   * @return empty where the text is none of these
   */
  public static Optional<Battery> parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    for (Battery battery : USUAL) {
      if (battery.name().toUpperCase(Locale.ROOT).equals(name)
          || battery.name().equals("2x" + name)) {
        return Optional.of(battery);
      }
    }
    int at = text.indexOf('@');
    OptionalDouble charge = Unit.AMPERE_HOURS.parse(at < 0 ? text : text.substring(0, at));
    OptionalDouble volts =
        at < 0 ? OptionalDouble.of(DEFAULT_VOLTS) : Unit.VOLTS.parse(text.substring(at + 1));
    boolean known =
        charge.isPresent()
            && volts.isPresent()
            && charge.getAsDouble() > 0
            && volts.getAsDouble() > 0;
    return known
        ? Optional.of(new Battery(text.strip(), charge.getAsDouble() * 1e3, volts.getAsDouble()))
        : Optional.empty();
  }
}
