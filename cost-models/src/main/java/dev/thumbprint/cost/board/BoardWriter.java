package dev.thumbprint.cost.board;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Writes the YAML form of a board, version 1; {@link BoardReader} reads it back equal. */
final class BoardWriter {
  private final StringBuilder text = new StringBuilder();

  private BoardWriter() {}

  static String write(Board board) {
    BoardWriter writer = new BoardWriter();
    writer.board(board);
    return writer.text.toString();
  }

  private void board(Board board) {
    line(0, "version", Integer.toString(BoardReader.VERSION));
    line(0, "id", board.id());
    texts("aliases", board.aliases());
    line(0, "title", quoted(board.title()));
    line(0, "vendor", quoted(board.vendor()));
    line(0, "mcu", quoted(board.mcu()));
    line(0, "core", board.core().label());
    line(0, "fpu", board.fpu().label());
    board
        .longMultiply()
        .ifPresent(
            own -> {
              line(0, "long_multiply", "");
              line(1, "cycles", Integer.toString(own.cycles()));
              source(1, own.source());
            });
    line(0, "clock", "");
    line(1, "default", hertz(board.clock().defaultHz()));
    line(1, "max", hertz(board.clock().maxHz()));
    line(1, "bus_divider", Integer.toString(board.clock().busDivider()));
    source(1, board.clock().source());
    board.flash().ifPresentOrElse(this::flash, () -> line(0, "flash", "none"));
    caches(board);
    line(0, "ram", "");
    board.ram().forEach(this::ram);
    line(0, "arena", quoted(board.arenaRegion()));
    board.externalFlash().ifPresentOrElse(this::external, () -> absent(board, "external_flash"));
    supply(board.supply());
    power(board);
    board.price().ifPresentOrElse(this::price, () -> absent(board, "price"));
    texts("notes", board.notes());
    board.calibration().ifPresent(this::calibration);
  }

  private void calibration(BoardCalibration calibration) {
    line(0, "calibration", "");
    line(1, "scale", number(calibration.scale()));
    line(1, "weights", number(calibration.weights()));
    line(1, "spread", number(calibration.spread()));
    line(1, "rows", Integer.toString(calibration.rows()));
    source(1, calibration.source());
  }

  private static String number(double value) {
    return new BigDecimal(value).round(MathContext.DECIMAL32).toPlainString();
  }

  private void flash(Flash flash) {
    line(0, "flash", "");
    line(1, "size", bytes(flash.bytes()));
    line(1, "read_bits", integer(flash.readBits()));
    line(1, "accelerator", flash.accelerator().map(BoardWriter::quoted).orElse("unknown"));
    line(1, "prefetch", lower(flash.prefetch()));
    source(1, flash.source());
    line(1, "wait_states", flash.waitStates().isEmpty() ? "unknown" : "");
    for (WaitStates table : flash.waitStates()) {
      item(2, "mode", quoted(table.mode()));
      line(
          3,
          "supply",
          "{ min: %s, max: %s }"
              .formatted(number(table.voltsMin(), "V"), number(table.voltsMax(), "V")));
      line(
          3,
          "up_to",
          table.limits().stream()
              .map(limit -> limit.waitStates() + ": " + hertz(limit.clockHzMax()))
              .collect(Collectors.joining(", ", "{ ", " }")));
      source(3, table.source());
    }
  }

  private void caches(Board board) {
    if (board.caches().isEmpty()) {
      absent(board, "caches");
      return;
    }
    line(0, "caches", "");
    for (Cache cache : board.caches()) {
      item(1, "name", quoted(cache.name()));
      line(2, "place", lower(cache.place()));
      line(2, "holds", lower(cache.holds()));
      line(2, "size", bytes(cache.bytes()));
      line(
          2,
          "line",
          cache.lineBytes().isPresent() ? cache.lineBytes().getAsInt() + " B" : "unknown");
      line(2, "ways", integer(cache.ways()));
      source(2, cache.source());
    }
  }

  private void ram(Ram ram) {
    item(1, "name", quoted(ram.name()));
    line(2, "size", bytes(ram.bytes()));
    line(2, "kind", lower(ram.kind()));
    line(2, "wait_states", integer(ram.waitStates()));
    source(2, ram.source());
  }

  private void external(ExternalFlash flash) {
    line(0, "external_flash", "");
    line(1, "size", bytes(flash.bytes()));
    line(1, "bus", quoted(flash.bus()));
    line(1, "clock", flash.clockHz().isPresent() ? hertz(flash.clockHz().getAsLong()) : "unknown");
    line(1, "data_bits", integer(flash.dataBits()));
    flash.read().ifPresent(this::serialRead);
    source(1, flash.source());
  }

  private void serialRead(ExternalFlash.SerialRead read) {
    line(1, "read", "");
    read.coreDivider().ifPresent(divider -> line(2, "core_divider", Integer.toString(divider)));
    line(2, "setup_clocks", number(read.setupClocks()));
    line(2, "bytes", Integer.toString(read.bytes()));
    line(2, "prefetch", read.prefetch() ? "on" : "off");
    if (read.staysSelectedCycles() > 0) {
      line(2, "stays_selected", Integer.toString(read.staysSelectedCycles()));
    }
    source(2, read.source());
  }

  private void supply(Supply supply) {
    line(0, "supply", "");
    line(1, "default", volts(supply.defaultVolts()));
    line(1, "min", volts(supply.voltsMin()));
    line(1, "max", volts(supply.voltsMax()));
    line(1, "regulator", regulator(supply.regulator()));
    line(
        1,
        "regulators",
        supply.regulators().isEmpty()
            ? "unknown"
            : supply.regulators().stream()
                .map(Regulator::label)
                .collect(Collectors.joining(", ", "[", "]")));
    source(1, supply.source());
  }

  private void power(Board board) {
    if (board.active().isEmpty()) {
      absent(board, "active_power");
    } else {
      line(0, "active_power", "");
    }
    for (ActivePower power : board.active()) {
      item(1, "workload", power.workload().label());
      line(2, "clock", hertz(power.clockHz()));
      line(2, "supply", volts(power.volts()));
      line(2, "regulator", regulator(power.regulator()));
      line(2, "boundary", power.boundary().label());
      power.currentMa().ifPresent(current -> line(2, "current", number(current, "mA")));
      power.powerMw().ifPresent(milliwatts -> line(2, "power", number(milliwatts, "mW")));
      source(2, power.source());
    }
    if (board.sleep().isEmpty()) {
      absent(board, "sleep_power");
    } else {
      line(0, "sleep_power", "");
    }
    for (SleepPower sleep : board.sleep()) {
      item(1, "mode", quoted(sleep.mode()));
      line(2, "current", number(sleep.currentUa(), "uA"));
      source(2, sleep.source());
    }
  }

  private void price(Price price) {
    line(0, "price", "");
    line(1, "amount", number(price.amount(), "").strip());
    line(1, "currency", quoted(price.currency()));
    line(1, "date", quoted(price.date()));
    source(1, price.source());
  }

  private void absent(Board board, String key) {
    line(0, key, board.unknown().contains(key) ? "unknown" : "none");
  }

  private void texts(String key, List<String> texts) {
    line(0, key, texts.isEmpty() ? "[]" : "");
    texts.forEach(one -> text.append("  - ").append(quoted(one)).append('\n'));
  }

  private void source(int depth, Citation source) {
    line(depth, "source", quoted(source.toString()));
  }

  private void item(int depth, String key, String value) {
    text.append("  ".repeat(depth))
        .append("- ")
        .append(key)
        .append(": ")
        .append(value)
        .append('\n');
  }

  private void line(int depth, String key, String value) {
    text.append("  ".repeat(depth)).append(key).append(':');
    text.append(value.isEmpty() ? "" : " " + value).append('\n');
  }

  private static String hertz(long hz) {
    return hz % 1_000_000 == 0
        ? hz / 1_000_000 + " MHz"
        : hz % 1000 == 0 ? hz / 1000 + " kHz" : hz + " Hz";
  }

  private static String bytes(long bytes) {
    return bytes % (1 << 20) == 0
        ? (bytes >> 20) + " MiB"
        : bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  private static String volts(OptionalDouble volts) {
    return volts.isPresent() ? number(volts.getAsDouble(), "V") : "unknown";
  }

  private static String integer(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "unknown";
  }

  private static String regulator(Optional<Regulator> regulator) {
    return regulator.map(Regulator::label).orElse("unknown");
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Twelve significant digits: what a quantity can lose by a factor of a thousand comes back. */
  private static String number(double value, String unit) {
    return new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros().toPlainString()
        + " "
        + unit;
  }

  /** A text in double quotes, so that no character of it is YAML. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
