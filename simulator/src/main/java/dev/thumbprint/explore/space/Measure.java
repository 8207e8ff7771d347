package dev.thumbprint.explore.space;

import dev.thumbprint.cost.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is known of a design, and can be limited or optimised. */
public enum Measure {
  CYCLES("cycles", "cycles", Kind.COUNT, 1),
  LATENCY("latency", "latency_ms", Kind.SECONDS, 1e3),
  ENERGY("energy", "energy_uj", Kind.JOULES, 1e6),
  POWER("power", "power_mw", Kind.WATTS, 1e3),
  LIFE("life", "life_days", Kind.LONG_TIME, 1 / 86_400.0),
  ARENA("arena", "arena_bytes", Kind.BYTES, 1),
  RAM("ram", "ram_bytes", Kind.BYTES, 1),
  FLASH("flash", "flash_bytes", Kind.BYTES, 1),
  PRICE("price", "price", Kind.MONEY, 1),
  MACS("macs", "macs", Kind.COUNT, 1),
  WEIGHTS("constants", "constant_bytes", Kind.BYTES, 1);

  private static final List<Measure> ALL = List.of(values());

  private final String label;
  private final String column;
  private final Kind kind;
  private final double perUnit;

  /** How a limit is written. */
  enum Kind {
    COUNT(null, "a number such as 2000000"),
    SECONDS(Unit.SECONDS, Unit.SECONDS.example()),
    JOULES(Unit.JOULES, Unit.JOULES.example()),
    WATTS(Unit.WATTS, Unit.WATTS.example()),
    LONG_TIME(null, "a time such as 365 d, 1 y or 100 h"),
    BYTES(Unit.BYTES, Unit.BYTES.example()),
    MONEY(null, "an amount with its currency such as 12 EUR");

    private final Unit unit;
    private final String example;

    Kind(Unit unit, String example) {
      this.unit = unit;
      this.example = example;
    }

    Optional<Unit> unit() {
      return Optional.ofNullable(unit);
    }

    String example() {
      return example;
    }
  }

  Measure(String label, String column, Kind kind, double perUnit) {
    this.label = label;
    this.column = column;
    this.kind = kind;
    this.perUnit = perUnit;
  }

  /** All of them; their position is the place in arrays of figures. */
  public static List<Measure> all() {
    return ALL;
  }

  /** The measure of a name such as {@code latency}, or empty. */
  public static Optional<Measure> of(String label) {
    return ALL.stream().filter(measure -> measure.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Measure::label).toList();
  }

  /** The name in files and reports. */
  public String label() {
    return label;
  }

  /** The name of the column, with the unit. */
  public String column() {
    return column;
  }

  /** Place in arrays of figures. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  public int place() {
    return ordinal();
  }

  /** Whether more of it is better. */
  public boolean moreIsBetter() {
    return this == LIFE;
  }

  /** Whether its figures come with an interval. */
  public boolean uncertain() {
    return place() <= LIFE.place();
  }

  Kind kind() {
    return kind;
  }

  /** Figures of the column in one unit without prefix: 1,000 ms in a second. */
  double perUnit() {
    return perUnit;
  }
}
