package dev.thumbprint.cost.board;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Checks what a user asked of a board and fills in the rest. */
final class TargetChoice {
  /** Widest field of any flash controller: four bits. */
  private static final int WAIT_STATES_MAX = 15;

  /** The slowest clock that a core is run from: a low-speed oscillator of 32 kHz. */
  private static final long CLOCK_HZ_MIN = 32_000;

  private final Board board;
  private final TargetOptions options;
  private final List<String> assumptions = new ArrayList<>();

  TargetChoice(Board board, TargetOptions options) {
    this.board = board;
    this.options = options;
  }

  Target target() {
    long clockHz = clockHz();
    OptionalDouble volts = supplyVolts();
    Placement weights = weights();
    return new Target(
        board,
        clockHz,
        waitStates(clockHz, volts),
        options.caches().orElse(true),
        prefetch(),
        options.kernels().orElse(Target.DEFAULT_KERNELS),
        options.opt().orElse(Target.DEFAULT_OPT),
        options.asserts().orElse(false),
        options.arduino().orElse(false),
        fpu(),
        weights,
        arena(),
        volts,
        regulator(),
        assumptions);
  }

  private long clockHz() {
    long clockHz = options.clockHz().orElse(board.clock().defaultHz());
    if (clockHz < CLOCK_HZ_MIN || clockHz > board.clock().maxHz()) {
      throw bad(
          "clock",
          "found %s, expected at least %s and at most %s"
              .formatted(
                  megahertz(clockHz), megahertz(CLOCK_HZ_MIN), megahertz(board.clock().maxHz())),
          "%s runs at %s unless told otherwise"
              .formatted(board.id(), megahertz(board.clock().defaultHz())));
    }
    return clockHz;
  }

  private OptionalDouble supplyVolts() {
    Supply supply = board.supply();
    if (options.supplyVolts().isEmpty()) {
      if (supply.defaultVolts().isEmpty()) {
        assumptions.add("the supply voltage of " + board.id() + " is not known");
      }
      return supply.defaultVolts();
    }
    double volts = options.supplyVolts().get();
    if (!(volts >= supply.voltsMin().orElse(0.5) && volts <= supply.voltsMax().orElse(6))) {
      throw bad(
          "supply",
          "found %s V, expected %s V to %s V"
              .formatted(volts, supply.voltsMin().orElse(0.5), supply.voltsMax().orElse(6)),
          "the supply of " + board.mcu() + ", not that of the USB connector");
    }
    return OptionalDouble.of(volts);
  }

  private OptionalInt waitStates(long clockHz, OptionalDouble volts) {
    if (options.waitStates().isPresent()) {
      int given = options.waitStates().get();
      if (given < 0 || given > WAIT_STATES_MAX) {
        throw bad(
            "wait-states", "found %d, expected 0 to %d".formatted(given, WAIT_STATES_MAX), "");
      }
      return OptionalInt.of(given);
    }
    List<WaitStates> tables = board.flash().map(Flash::waitStates).orElse(List.of());
    if (board.flash().isEmpty()) {
      return OptionalInt.empty();
    }
    long flashHz = Math.ceilDiv(clockHz, board.clock().busDivider());
    List<WaitStates> holding =
        volts.isEmpty()
            ? tables
            : tables.stream().filter(table -> table.holdsAt(volts.getAsDouble())).toList();
    for (WaitStates table : holding) {
      OptionalInt found = table.at(flashHz);
      if (found.isPresent()) {
        return found;
      }
    }
    if (volts.isPresent() && !holding.isEmpty()) {
      long maxHz = holding.stream().mapToLong(WaitStates::clockHzMax).max().orElseThrow();
      throw bad(
          "clock",
          "found %s, expected at most %s at a supply of %s V"
              .formatted(
                  megahertz(clockHz),
                  megahertz(maxHz * board.clock().busDivider()),
                  volts.getAsDouble()),
          "the flash is too slow at this voltage; lower the clock or raise the supply");
    }
    assumptions.add(
        "the flash wait states of %s at %s are not known"
            .formatted(board.id(), megahertz(clockHz)));
    return OptionalInt.empty();
  }

  private boolean prefetch() {
    Flash.Prefetch board = this.board.flash().map(Flash::prefetch).orElse(Flash.Prefetch.NONE);
    if (options.prefetch().isPresent()) {
      boolean wanted = options.prefetch().get();
      if (wanted && board == Flash.Prefetch.NONE) {
        throw bad("prefetch", "found on, but the part has no flash prefetch", "leave it out");
      }
      return wanted;
    }
    if (board == Flash.Prefetch.UNKNOWN) {
      assumptions.add("flash prefetch of " + this.board.id() + " is not known, taken as off");
    }
    return board == Flash.Prefetch.ON;
  }

  private boolean fpu() {
    boolean present = board.fpu() != Fpu.NONE;
    boolean wanted = options.fpu().orElse(present);
    if (wanted && !present) {
      throw bad(
          "fpu", "found on, but %s has no floating-point unit".formatted(board.mcu()), "use off");
    }
    return wanted;
  }

  private Placement weights() {
    Placement usual = board.flash().isPresent() ? Placement.FLASH : Placement.XIP;
    Placement wanted = options.weights().orElse(usual);
    boolean possible =
        switch (wanted) {
          case FLASH -> board.flash().isPresent();
          case RAM -> true;
          case TCM -> board.ram().stream().anyMatch(Ram::tightlyCoupled);
          case XIP ->
              board.externalFlash().isPresent() || board.unknown().contains("external_flash");
        };
    if (!possible) {
      throw bad(
          "weights",
          "found %s, but %s has no such memory".formatted(wanted.label(), board.id()),
          "weights live in %s here unless told otherwise".formatted(usual.label()));
    }
    return wanted;
  }

  private Ram arena() {
    if (options.arena().isEmpty()) {
      return board.arena();
    }
    String name = options.arena().get();
    List<String> names = board.ram().stream().map(Ram::name).toList();
    return board
        .region(name)
        .orElseThrow(
            () ->
                bad(
                    "arena",
                    "found '%s', expected one of %s".formatted(name, String.join(", ", names)),
                    Suggestion.hint(name, names, "")));
  }

  private Optional<Regulator> regulator() {
    Supply supply = board.supply();
    if (options.regulator().isEmpty()) {
      if (supply.regulator().isEmpty()) {
        assumptions.add("the regulator of " + board.id() + " is not known");
      }
      return supply.regulator();
    }
    Regulator wanted = options.regulator().get();
    if (!supply.regulators().isEmpty() && !supply.regulators().contains(wanted)) {
      throw bad(
          "regulator",
          "found %s, expected %s"
              .formatted(
                  wanted.label(),
                  String.join(" or ", supply.regulators().stream().map(Regulator::label).toList())),
          board.mcu() + " has no other");
    }
    return Optional.of(wanted);
  }

  private BadDescription bad(String setting, String problem, String hint) {
    return new BadDescription(board.id() + ": " + setting, problem, hint);
  }

  private static String megahertz(long hz) {
    return BigDecimal.valueOf(hz, 6).stripTrailingZeros().toPlainString() + " MHz";
  }
}
