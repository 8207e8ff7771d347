package dev.thumbprint.cli;

import dev.thumbprint.cost.board.ActivePower;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Cache;
import dev.thumbprint.cost.board.Citation;
import dev.thumbprint.cost.board.Flash;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.board.SleepPower;
import dev.thumbprint.cost.board.Supply;
import dev.thumbprint.cost.board.WaitStates;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Boards as text for a terminal. */
final class BoardText {
  private final StringBuilder text = new StringBuilder();

  private BoardText() {}

  /** One line for each board. */
  static TextTable list(List<Board> boards) {
    TextTable table = new TextTable();
    for (String title :
        List.of("board", "core", "fpu", "MHz", "flash", "RAM", "part", "power figures")) {
      table.column(title, Align.LEFT);
    }
    for (Board board : boards) {
      table.row(
          board.id(),
          board.core().label(),
          board.fpu().label(),
          Long.toString(board.clock().defaultHz() / 1_000_000),
          board.flash().map(flash -> bytes(flash.bytes())).orElse("external"),
          bytes(board.ramBytes()),
          board.mcu(),
          board.active().stream()
              .map(power -> power.workload().label())
              .distinct()
              .collect(Collectors.joining(", ")));
    }
    return table;
  }

  /** Everything that is known of a board. */
  static String show(Board board) {
    BoardText page = new BoardText();
    page.text.append(board.title()).append(" (").append(board.id()).append(")\n");
    page.line("part", board.vendor() + " " + board.mcu());
    page.line("core", board.core().label() + ", floating point: " + board.fpu().label());
    page.clock(board);
    page.memories(board);
    page.supply(board.supply());
    page.power(board);
    board
        .price()
        .ifPresent(
            price ->
                page.fact(
                    "price",
                    price.amount() + " " + price.currency() + " on " + price.date(),
                    price.source()));
    if (!board.aliases().isEmpty()) {
      page.line("also named", String.join(", ", board.aliases()));
    }
    board.notes().forEach(note -> page.line("note", note));
    if (!board.unknown().isEmpty()) {
      page.line("not known", String.join(", ", board.unknown()));
    }
    return page.text.toString();
  }

  private void clock(Board board) {
    String divider =
        board.clock().busDivider() == 1
            ? ""
            : ", bus at 1/" + board.clock().busDivider() + " of the core clock";
    fact(
        "clock",
        megahertz(board.clock().defaultHz())
            + ", at most "
            + megahertz(board.clock().maxHz())
            + divider,
        board.clock().source());
  }

  private void memories(Board board) {
    board.flash().ifPresentOrElse(this::flash, () -> line("flash", "none inside the part"));
    for (Cache cache : board.caches()) {
      fact(
          "cache",
          "%s: %s, %s, line %s bytes, %s ways, for %s"
              .formatted(
                  cache.name(),
                  bytes(cache.bytes()),
                  lower(cache.holds()),
                  orUnknown(cache.lineBytes()),
                  orUnknown(cache.ways()),
                  lower(cache.place())),
          cache.source());
    }
    for (Ram ram : board.ram()) {
      String arena = ram.name().equals(board.arenaRegion()) ? ", holds the arena" : "";
      fact(
          "RAM",
          "%s: %s, %s, wait states %s%s"
              .formatted(
                  ram.name(),
                  bytes(ram.bytes()),
                  lower(ram.kind()),
                  orUnknown(ram.waitStates()),
                  arena),
          ram.source());
    }
    board
        .externalFlash()
        .ifPresent(
            external ->
                fact(
                    "external",
                    bytes(external.bytes()) + " on " + external.bus(),
                    external.source()));
  }

  private void flash(Flash flash) {
    fact(
        "flash",
        "%s, %s bits per read, accelerator %s, prefetch %s"
            .formatted(
                bytes(flash.bytes()),
                orUnknown(flash.readBits()),
                flash.accelerator().orElse("unknown"),
                lower(flash.prefetch())),
        flash.source());
    for (WaitStates table : flash.waitStates()) {
      fact(
          "wait states",
          table.mode()
              + ": "
              + table.limits().stream()
                  .map(limit -> limit.waitStates() + " to " + megahertz(limit.clockHzMax()))
                  .collect(Collectors.joining(", ")),
          table.source());
    }
  }

  private void supply(Supply supply) {
    fact(
        "supply",
        "%s (%s to %s), regulator %s of %s"
            .formatted(
                volts(supply.defaultVolts()),
                volts(supply.voltsMin()),
                volts(supply.voltsMax()),
                supply.regulator().map(Regulator::label).orElse("unknown"),
                supply.regulators().isEmpty()
                    ? "unknown"
                    : supply.regulators().stream()
                        .map(Regulator::label)
                        .collect(Collectors.joining(", "))),
        supply.source());
  }

  private void power(Board board) {
    for (ActivePower power : board.active()) {
      String figure =
          power.currentMa().isPresent()
              ? power.currentMa().getAsDouble() + " mA"
              : power.powerMw().orElseThrow() + " mW";
      fact(
          "active",
          "%s at %s, %s, regulator %s, %s (%s)"
              .formatted(
                  figure,
                  megahertz(power.clockHz()),
                  volts(power.volts()),
                  power.regulator().map(Regulator::label).orElse("unknown"),
                  power.workload().label(),
                  power.boundary().label()),
          power.source());
    }
    for (SleepPower sleep : board.sleep()) {
      fact("sleep", sleep.currentUa() + " uA, " + sleep.mode(), sleep.source());
    }
  }

  private void fact(String name, String value, Citation source) {
    line(name, value);
    text.append(" ".repeat(16)).append("source: ").append(source.text()).append('\n');
  }

  private void line(String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-12s  %s%n", name, value));
  }

  static String bytes(long bytes) {
    return bytes % (1 << 20) == 0
        ? (bytes >> 20) + " MiB"
        : bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
  }

  private static String megahertz(long hz) {
    return hz % 1_000_000 == 0
        ? hz / 1_000_000 + " MHz"
        : String.format(Locale.ROOT, "%.3f MHz", hz / 1e6);
  }

  private static String volts(OptionalDouble volts) {
    return volts.isPresent() ? volts.getAsDouble() + " V" : "unknown voltage";
  }

  private static String orUnknown(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : "unknown";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
