package dev.thumbprint.run.operators;

import dev.thumbprint.model.FlexMap;
import dev.thumbprint.model.Options;
import dev.thumbprint.run.Preparation;
import java.util.List;

/** The options of a custom operator, with messages that name it. */
final class CustomOptions {
  private final Preparation p;
  private final FlexMap map;

  private CustomOptions(Preparation p, FlexMap map) {
    this.p = p;
    this.map = map;
  }

  /** Options that the runtime reads by name. */
  static CustomOptions of(Preparation p) {
    return new CustomOptions(p, FlexMap.read(p.options(Options.Custom.class).bytes()));
  }

  /**
   * Options that the runtime reads by position in the alphabet, whatever their names: exactly these
   * must be there.
   */
  static CustomOptions ofExactly(Preparation p, String... names) {
    CustomOptions options = of(p);
    p.require(
        List.copyOf(options.map.keys()).equals(List.of(names)),
        "the options [" + String.join(", ", options.map.keys()) + "]",
        "[" + String.join(", ", names) + "]");
    return options;
  }

  boolean has(String key) {
    return map.has(key);
  }

  int integer(String key) {
    return map.integer(key);
  }

  /** An integer in a range. */
  int integer(String key, int min, int max) {
    int value = map.integer(key);
    p.require(value >= min && value <= max, key + " " + value, min + " to " + max);
    return value;
  }

  float real(String key) {
    return map.has(key) ? map.real(key) : 0;
  }

  boolean flag(String key) {
    return map.has(key) && map.flag(key);
  }
}
