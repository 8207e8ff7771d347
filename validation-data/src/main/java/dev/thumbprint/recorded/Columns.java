package dev.thumbprint.recorded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * From cells to the parts of a {@link Recording}. The columns are described in docs/recordings.md.
 */
final class Columns {
  static final List<String> OPT = List.of("O0", "O1", "O2", "O3", "Os", "Oz", "Ofast");
  static final List<String> TYPES = List.of("int8", "int16", "float32", "hybrid");
  static final List<String> WEIGHTS = List.of("flash", "ram", "tcm", "xip");

  /** Columns of which one at least must be there: a recording without a figure records nothing. */
  static final List<String> FIGURES =
      List.of("latency_ms", "cycles", "energy_uj", "arena_bytes", "ram_bytes", "flash_bytes");

  /** Every column with a meaning of its own; others are kept as they are. */
  static final Set<String> KNOWN =
      Set.of(
          "id",
          "source",
          "campaign",
          "board_id",
          "core",
          "clock_mhz",
          "library",
          "opt",
          "fpu",
          "asserts",
          "type",
          "weights",
          "regulator",
          "energy_scope",
          "board",
          "mcu",
          "supply",
          "supply_v",
          "runtime",
          "runtime_version",
          "compiler",
          "compiler_flags",
          "network",
          "model",
          "layer",
          "op",
          "input_shape",
          "filter_shape",
          "output_shape",
          "stride",
          "padding",
          "macs",
          "latency_ms",
          "cycles",
          "energy_uj",
          "power_mw",
          "arena_bytes",
          "ram_bytes",
          "flash_bytes",
          "trust",
          "method",
          "notes");

  private static final double HZ_PER_MHZ = 1e6;

  /** How recordings of Teensy 4 say that constants left the external flash. */
  private static final String COPIED_TO_TCM = "copied to DTCM";

  private Columns() {}

  static Setting setting(CsvRow row) {
    OptionalDouble clockMhz = row.number("clock_mhz", 0);
    LibraryId library = Names.library(row.text("library"));
    Switch asserts = onOff(row, "asserts");
    String opt = opt(row);
    Optional<PackagedRuntime> packaged =
        library.generationKnown()
            ? Optional.empty()
            : PackagedRuntime.find(library, row.text("runtime_version"), row.text("source"));
    if (packaged.isPresent()) {
      library = new LibraryId(library.name(), packaged.get().generation());
      opt = opt.isEmpty() ? packaged.get().opt() : opt;
      asserts = asserts.known() ? asserts : packaged.get().asserts();
    }
    return new Setting(
        Names.board(row.text(row.header().containsKey("board_id") ? "board_id" : "board")),
        Names.core(row.text("core")),
        clockMhz.isPresent()
            ? OptionalLong.of(Math.round(clockMhz.getAsDouble() * HZ_PER_MHZ))
            : OptionalLong.empty(),
        library,
        opt,
        onOff(row, "fpu"),
        asserts,
        row.oneOf("type", TYPES),
        weights(row),
        row.number("supply_v", 0),
        row.text("supply"),
        row.oneOf("regulator", List.of("ldo", "smps")),
        row.oneOf("energy_scope", List.of("mcu", "board")),
        row.text("board"),
        row.text("mcu"),
        row.text("runtime"),
        row.text("runtime_version"),
        row.text("compiler"),
        row.text("compiler_flags"));
  }

  static Setting withSupply(Setting s, OptionalDouble supplyV) {
    return supplyV.isEmpty()
        ? s
        : new Setting(
            s.boardId(),
            s.core(),
            s.clockHz(),
            s.library(),
            s.opt(),
            s.fpu(),
            s.asserts(),
            s.type(),
            s.weights(),
            supplyV,
            s.supply(),
            s.regulator(),
            s.energyScope(),
            s.board(),
            s.mcu(),
            s.runtime(),
            s.runtimeVersion(),
            s.compiler(),
            s.compilerFlags());
  }

  static Work work(CsvRow row) {
    return new Work(
        Names.network(row.text("network")),
        row.text("model"),
        row.text("layer"),
        row.text("op").toUpperCase(Locale.ROOT),
        row.shape("input_shape"),
        row.shape("filter_shape"),
        row.shape("output_shape"),
        row.shape("stride"),
        row.oneOf("padding", List.of("SAME", "VALID")),
        row.whole("macs"));
  }

  static Measured measured(CsvRow row) {
    return new Measured(
        row.number("latency_ms", 0),
        row.whole("cycles"),
        row.number("energy_uj", 0),
        row.number("power_mw", 0),
        row.whole("arena_bytes"),
        row.whole("ram_bytes"),
        row.whole("flash_bytes"));
  }

  static Trust trust(CsvRow row) {
    return switch (row.oneOf("trust", List.of("A", "B", "C"))) {
      case "A" -> Trust.A;
      case "B" -> Trust.B;
      case "C" -> Trust.C;
      default -> Trust.UNSTATED;
    };
  }

  /** Columns that are neither known nor in {@code joins}, without empty cells. */
  static Map<String, String> extra(CsvRow row, Set<String> joins) {
    Map<String, String> extra = new LinkedHashMap<>();
    for (String column : row.header().keySet()) {
      if (!KNOWN.contains(column) && !joins.contains(column) && !row.text(column).isEmpty()) {
        extra.put(column, row.text(column));
      }
    }
    return extra;
  }

  /** Where the weights are: told in a column of its own, or in the words of the notes. */
  private static String weights(CsvRow row) {
    String told = row.oneOf("weights", WEIGHTS);
    return told.isEmpty() && row.text("notes").contains(COPIED_TO_TCM) ? "tcm" : told;
  }

  private static String opt(CsvRow row) {
    String text = row.text("opt");
    if (!text.isEmpty() && !OPT.contains(text) && !OPT.contains(text.substring(1))) {
      throw row.bad("opt", "one of " + String.join(", ", OPT), "empty where unknown");
    }
    return text.startsWith("-") ? text.substring(1) : text;
  }

  private static Switch onOff(CsvRow row, String column) {
    return switch (row.oneOf(column, List.of("on", "off", "none"))) {
      case "on" -> Switch.ON;
      case "off" -> Switch.OFF;
      case "none" -> Switch.NONE;
      default -> Switch.UNKNOWN;
    };
  }
}
