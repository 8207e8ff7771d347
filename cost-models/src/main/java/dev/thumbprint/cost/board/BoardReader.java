package dev.thumbprint.cost.board;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Unit;
import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.ActivePower.Workload;
import dev.thumbprint.cost.board.WaitStates.Limit;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.yaml.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads the YAML form of a board, version 1. */
final class BoardReader {
  static final int VERSION = 1;

  private static final String NAME_FORM = "[a-z0-9][a-z0-9._-]{0,63}";
  private static final double HERTZ_MAX = 5e9;
  private static final double BYTES_MAX = 1L << 32;
  private static final double CACHE_BYTES_MAX = 1 << 24;
  private static final double LINE_BYTES_MAX = 1 << 10;
  private static final long LEVEL1_BYTES_MIN = 4 << 10;
  private static final long LEVEL1_BYTES_MAX = 64 << 10;
  private static final double VOLTS_MAX = 6;

  private BoardReader() {}

  /**
   * Reads a board from the root section of a file.
   *
   * @throws BadDescription if a key is missing, unknown or out of range
   */
  static Board read(Section root) {
    root.allow(
            "version",
            "id",
            "aliases",
            "title",
            "vendor",
            "mcu",
            "core",
            "fpu",
            "long_multiply",
            "clock",
            "flash",
            "caches",
            "ram",
            "arena",
            "external_flash",
            "supply",
            "active_power",
            "sleep_power",
            "price",
            "notes",
            "calibration")
        .version(VERSION);
    String id = name(root, "id");
    List<String> aliases = root.texts("aliases");
    String core = root.word("core", labels(Core.values(), Core::label));
    List<Ram> ram = list(root, "ram", BoardReader::ram);
    if (ram.isEmpty()) {
      throw root.problem("ram", "found an empty list, expected at least one region", "");
    }
    Set<String> regions =
        ram.stream().map(Ram::name).collect(Collectors.toCollection(LinkedHashSet::new));
    if (regions.size() < ram.size()) {
      throw root.problem("ram", "two regions have the same name", "rename one of them");
    }
    Clock clock = clock(root.section("clock"));
    Optional<Flash> flash = block(root, "flash", BoardReader::flash);
    Optional<ExternalFlash> external =
        knownBlock(root, "external_flash", BoardReader::externalFlash);
    List<Cache> caches = knownList(root, "caches", BoardReader::cache);
    String arena = root.word("arena", regions);
    Supply supply = supply(root.section("supply"));
    List<ActivePower> active = knownList(root, "active_power", BoardReader::activePower);
    List<SleepPower> sleep = knownList(root, "sleep_power", BoardReader::sleepPower);
    Optional<Price> price = knownBlock(root, "price", BoardReader::price);
    Optional<BoardCalibration> calibration =
        root.has("calibration")
            ? Optional.of(calibration(root.section("calibration")))
            : Optional.empty();
    return valid(
        root,
        "flash",
        () ->
            new Board(
                id,
                aliases,
                root.text("title"),
                root.text("vendor"),
                root.text("mcu"),
                Core.ofLabel(core).orElseThrow(),
                word(root, "fpu", Fpu.values()),
                longMultiply(root, Core.ofLabel(core).orElseThrow()),
                clock,
                flash,
                caches,
                ram,
                arena,
                external,
                supply,
                active,
                sleep,
                price,
                root.texts("notes"),
                calibration,
                root.unknown()));
  }

  /** May be left out: most boards run what the compiler brings. */
  private static Optional<LongMultiply> longMultiply(Section root, Core core) {
    if (!root.has("long_multiply")) {
      return Optional.empty();
    }
    if (core.multipliesLong()) {
      throw root.problem(
          "long_multiply",
          "found on a %s, which multiplies to 64 bits itself".formatted(core.label()),
          "leave it out");
    }
    Section section = root.section("long_multiply").allow("cycles", "source");
    return Optional.of(new LongMultiply(section.integer("cycles", 1, 1000), source(section)));
  }

  /** May be left out: no maker's document has it. */
  private static BoardCalibration calibration(Section section) {
    section.allow("scale", "weights", "spread", "rows", "source");
    return new BoardCalibration(
        section.number("scale", 0.01, 100),
        section.number("weights", 0, 100),
        section.number("spread", 0, 10),
        section.integer("rows", 1, 10_000_000),
        source(section));
  }

  private static Clock clock(Section section) {
    section.allow("default", "max", "bus_divider", "source");
    long maxHz = hertz(section, "max");
    long defaultHz = hertz(section, "default");
    if (defaultHz > maxHz) {
      throw section.problem("default", "is above 'max'", "exchange the two");
    }
    return new Clock(defaultHz, maxHz, section.integer("bus_divider", 1, 64), source(section));
  }

  private static Flash flash(Section section) {
    section.allow("size", "read_bits", "accelerator", "prefetch", "wait_states", "source");
    return new Flash(
        bytes(section, "size"),
        integer(section, "read_bits", 8, 4096),
        section.known("accelerator") ? Optional.of(section.text("accelerator")) : Optional.empty(),
        section.known("prefetch")
            ? word(section, "prefetch", Flash.Prefetch.values())
            : Flash.Prefetch.UNKNOWN,
        knownList(section, "wait_states", BoardReader::waitStates),
        source(section));
  }

  private static WaitStates waitStates(Section section) {
    section.allow("mode", "supply", "up_to", "source");
    Section supply = section.section("supply").allow("min", "max");
    Section upTo = section.section("up_to");
    List<Limit> limits = new ArrayList<>();
    for (String key : upTo.keys()) {
      if (!key.matches("[0-9]|1[0-5]")) {
        throw upTo.problem(key, "found this key, expected wait states from 0 to 15", "");
      }
      limits.add(new Limit(Integer.parseInt(key), hertz(upTo, key)));
    }
    return valid(
        section,
        "up_to",
        () ->
            new WaitStates(
                section.text("mode"),
                supply.quantity("min", Unit.VOLTS, 0, VOLTS_MAX),
                supply.quantity("max", Unit.VOLTS, 0, VOLTS_MAX),
                limits,
                source(section)));
  }

  private static Cache cache(Section section) {
    section.allow("name", "place", "holds", "size", "line", "ways", "source");
    Cache cache =
        new Cache(
            section.text("name"),
            word(section, "place", Cache.Place.values()),
            word(section, "holds", Cache.Holds.values()),
            Math.round(section.quantity("size", Unit.BYTES, 1, CACHE_BYTES_MAX)),
            section.known("line")
                ? OptionalInt.of((int) section.quantity("line", Unit.BYTES, 4, LINE_BYTES_MAX))
                : OptionalInt.empty(),
            integer(section, "ways", 1, 65_536),
            source(section));
    requireShape(section, cache);
    return cache;
  }

  /** Sizes that fit each other, of which a cache can be made. */
  private static void requireShape(Section section, Cache cache) {
    int line = cache.lineBytes().orElse(1);
    if (Integer.bitCount(line) != 1) {
      throw section.problem("line", "found %d B, expected a power of two".formatted(line), "");
    }
    long setBytes = (long) line * cache.ways().orElse(1);
    if (cache.bytes() % setBytes != 0) {
      throw section.problem(
          "size",
          "found %d B, expected a multiple of %d B".formatted(cache.bytes(), setBytes),
          "a cache holds whole sets, of 'line' times 'ways'");
    }
    // Arm DDI 0489, DDI 0553: 4 to 64 KiB each.
    boolean level1 = cache.place() == Cache.Place.CORE;
    if (level1
        && (Long.bitCount(cache.bytes()) != 1
            || cache.bytes() < LEVEL1_BYTES_MIN
            || cache.bytes() > LEVEL1_BYTES_MAX)) {
      throw section.problem(
          "size",
          "found %d B, expected 4, 8, 16, 32 or 64 KiB for a cache of the core"
              .formatted(cache.bytes()),
          "'place: flash' is a cache in front of the flash");
    }
  }

  private static Ram ram(Section section) {
    section.allow("name", "size", "kind", "wait_states", "source");
    return new Ram(
        section.text("name"),
        bytes(section, "size"),
        word(section, "kind", Ram.Kind.values()),
        integer(section, "wait_states", 0, 255),
        source(section));
  }

  private static ExternalFlash externalFlash(Section section) {
    section.allow("size", "bus", "clock", "data_bits", "read", "source");
    return new ExternalFlash(
        bytes(section, "size"),
        section.text("bus"),
        section.known("clock") ? OptionalLong.of(hertz(section, "clock")) : OptionalLong.empty(),
        integer(section, "data_bits", 1, 64),
        section.has("read") ? Optional.of(serialRead(section.section("read"))) : Optional.empty(),
        source(section));
  }

  private static ExternalFlash.SerialRead serialRead(Section section) {
    section.allow("core_divider", "setup_clocks", "bytes", "prefetch", "stays_selected", "source");
    return new ExternalFlash.SerialRead(
        section.has("core_divider")
            ? OptionalInt.of(section.integer("core_divider", 1, 256))
            : OptionalInt.empty(),
        section.number("setup_clocks", 0, 256),
        section.integer("bytes", 1, 4096),
        section.word("prefetch", Set.of("on", "off")).equals("on"),
        section.has("stays_selected") ? section.integer("stays_selected", 0, 100_000) : 0,
        source(section));
  }

  private static Supply supply(Section section) {
    section.allow("default", "min", "max", "regulator", "regulators", "source");
    Optional<Regulator> regulator = regulator(section);
    List<Regulator> regulators = new ArrayList<>();
    if (section.known("regulators")) {
      for (String label : section.texts("regulators")) {
        regulators.add(
            Arrays.stream(Regulator.values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(
                    () ->
                        section.problem(
                            "regulators",
                            "found '%s', expected ldo or smps".formatted(label),
                            "")));
      }
    }
    if (regulator.isPresent() && !regulators.isEmpty() && !regulators.contains(regulator.get())) {
      throw section.problem("regulator", "is not among 'regulators'", "");
    }
    return new Supply(
        volts(section, "default"),
        volts(section, "min"),
        volts(section, "max"),
        regulator,
        regulators,
        source(section));
  }

  private static ActivePower activePower(Section section) {
    section.allow(
        "workload", "clock", "supply", "regulator", "boundary", "current", "power", "source");
    if (section.has("current") == section.has("power")) {
      throw section.problem("workload", "expected either 'current' or 'power' beside it", "");
    }
    return new ActivePower(
        word(section, "workload", Workload.values()),
        hertz(section, "clock"),
        volts(section, "supply"),
        regulator(section),
        word(section, "boundary", Boundary.values()),
        section.has("current")
            ? OptionalDouble.of(scaled(section.quantity("current", Unit.AMPERES, 1e-6, 10), 3))
            : OptionalDouble.empty(),
        section.has("power")
            ? OptionalDouble.of(scaled(section.quantity("power", Unit.WATTS, 1e-6, 50), 3))
            : OptionalDouble.empty(),
        source(section));
  }

  private static SleepPower sleepPower(Section section) {
    section.allow("mode", "current", "source");
    return new SleepPower(
        section.text("mode"),
        scaled(section.quantity("current", Unit.AMPERES, 0, 1), 6),
        source(section));
  }

  private static Price price(Section section) {
    section.allow("amount", "currency", "date", "source");
    return new Price(
        section.number("amount", 0, 1e6),
        section.text("currency"),
        section.text("date"),
        source(section));
  }

  private static Citation source(Section section) {
    return new Citation(section.text("source"));
  }

  private static String name(Section section, String key) {
    String text = section.text(key);
    if (!text.matches(NAME_FORM)) {
      throw section.problem(
          key, "found '%s', expected lower-case letters, digits and dashes".formatted(text), "");
    }
    return text;
  }

  private static long hertz(Section section, String key) {
    return Math.round(section.quantity(key, Unit.HERTZ, 1, HERTZ_MAX));
  }

  private static long bytes(Section section, String key) {
    return Math.round(section.quantity(key, Unit.BYTES, 1, BYTES_MAX));
  }

  /** A value in a smaller unit, without binary rounding: 0.0248 A are 24.8 mA. */
  private static double scaled(double value, int decimals) {
    return BigDecimal.valueOf(value).movePointRight(decimals).doubleValue();
  }

  private static OptionalDouble volts(Section section, String key) {
    return section.known(key)
        ? OptionalDouble.of(section.quantity(key, Unit.VOLTS, 0.5, VOLTS_MAX))
        : OptionalDouble.empty();
  }

  private static Optional<Regulator> regulator(Section section) {
    return section.known("regulator")
        ? Optional.of(word(section, "regulator", Regulator.values()))
        : Optional.empty();
  }

  private static OptionalInt integer(Section section, String key, int min, int max) {
    return section.known(key)
        ? OptionalInt.of(section.integer(key, min, max))
        : OptionalInt.empty();
  }

  /** A block that may be {@code none}. */
  private static <T> Optional<T> block(Section parent, String key, Function<Section, T> reader) {
    return parent.isWord(key, "none")
        ? Optional.empty()
        : Optional.of(reader.apply(parent.section(key)));
  }

  /** A block that may be {@code none} or {@code unknown}. */
  private static <T> Optional<T> knownBlock(
      Section parent, String key, Function<Section, T> reader) {
    return parent.known(key) ? block(parent, key, reader) : Optional.empty();
  }

  private static <T> List<T> list(Section parent, String key, Function<Section, T> reader) {
    return parent.sections(key).stream().map(reader).toList();
  }

  /** A list that may be {@code none} or {@code unknown}. */
  private static <T> List<T> knownList(Section parent, String key, Function<Section, T> reader) {
    return parent.known(key) && !parent.isWord(key, "none") ? list(parent, key, reader) : List.of();
  }

  private static <E extends Enum<E>> E word(Section section, String key, E[] values) {
    String word = section.word(key, labels(values, BoardReader::lower));
    return Arrays.stream(values).filter(one -> lower(one).equals(word)).findFirst().orElseThrow();
  }

  private static <E> Set<String> labels(E[] values, Function<E, String> label) {
    return Arrays.stream(values).map(label).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Turns what a record refuses into an error that names the place. */
  private static <T> T valid(Section section, String key, Supplier<T> record) {
    try {
      return record.get();
    } catch (IllegalArgumentException e) {
      throw section.problem(key, e.getMessage(), "");
    }
  }
}
