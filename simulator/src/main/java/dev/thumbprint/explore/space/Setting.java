package dev.thumbprint.explore.space;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.Unit;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Regulator;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/** Settings of a target that can be varied, besides the board; slowest first. */
enum Setting {
  KERNELS("kernels"),
  OPT("opt"),
  ASSERTS("asserts"),
  FPU("fpu"),
  CACHES("caches"),
  PREFETCH("prefetch"),
  WEIGHTS("weights"),
  ARENA("arena"),
  SUPPLY("supply"),
  REGULATOR("regulator"),
  WAIT_STATES("wait-states"),
  CLOCK("clock");

  private final String key;

  Setting(String key) {
    this.key = key;
  }

  /** The name in files; with two dashes before it, the option of other commands. */
  String key() {
    return key;
  }

  /** Place among the settings of a configuration. */
  @SuppressWarnings("EnumOrdinal") // an index within one run, never stored
  int place() {
    return ordinal();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  /** The unit of its values, or empty where they are words. */
  Optional<Unit> unit() {
    return switch (this) {
      case CLOCK -> Optional.of(Unit.HERTZ);
      case SUPPLY -> Optional.of(Unit.VOLTS);
      default -> Optional.empty();
    };
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if it is none; the message says what was expected
   */
  Choice parse(String text) {
    if (text.equals("auto") || text.equals("default")) {
      return Choice.AUTO;
    }
    return switch (this) {
      case CLOCK ->
          text.equals("max")
              ? new Choice("max", (options, board) -> options.clockHz(board.clock().maxHz()))
              : clock(quantity(text, Unit.HERTZ));
      case SUPPLY -> supply(quantity(text, Unit.VOLTS));
      case WAIT_STATES -> waitStates(text);
      case KERNELS -> kernels(text);
      case OPT -> opt(text);
      case ASSERTS -> onOff(text, TargetOptions.Builder::asserts);
      case FPU -> onOff(text, TargetOptions.Builder::fpu);
      case CACHES -> onOff(text, TargetOptions.Builder::caches);
      case PREFETCH -> onOff(text, TargetOptions.Builder::prefetch);
      case WEIGHTS -> {
        Placement placement = word(text, Placement.values(), Placement::label);
        yield new Choice(placement.label(), (options, board) -> options.weights(placement));
      }
      case ARENA -> new Choice(text, (options, board) -> options.arena(text));
      case REGULATOR -> {
        Regulator regulator = word(text, Regulator.values(), Regulator::label);
        yield new Choice(regulator.label(), (options, board) -> options.regulator(regulator));
      }
    };
  }

  /** A value of a setting that has a unit, in that unit without prefix. */
  Choice of(double value) {
    return this == CLOCK ? clock(value) : supply(value);
  }

  private static Choice clock(double hz) {
    long rounded = Math.round(hz);
    return new Choice(Labels.hertz((double) rounded), (options, board) -> options.clockHz(rounded));
  }

  private static Choice supply(double volts) {
    return new Choice(Labels.volts(volts), (options, board) -> options.supplyVolts(volts));
  }

  private static Choice waitStates(String text) {
    if (!text.matches("[0-9]|1[0-5]")) {
      throw new IllegalArgumentException(
          "found '%s', expected wait states from 0 to 15".formatted(text));
    }
    int count = Integer.parseInt(text);
    return new Choice(text, (options, board) -> options.waitStates(count));
  }

  private static Choice kernels(String text) {
    LibraryId id = LibraryId.parse(text);
    if (KernelLibraries.find(id).isEmpty()) {
      List<String> known = new ArrayList<>();
      for (KernelLibrary library : KernelLibraries.all()) {
        known.add(library.id().toString());
        known.add(library.id().family());
      }
      known.addAll(KernelLibraries.coarseFamilies());
      throw new IllegalArgumentException(
          "found '%s', expected a built-in kernel library; hint: %s"
              .formatted(
                  text, Suggestion.hint(text, known, "'kernels list' shows what is built in")));
    }
    return new Choice(id.toString(), (options, board) -> options.kernels(id));
  }

  private static Choice opt(String text) {
    OptLevel level =
        OptLevel.ofLabel(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "found '%s', expected Os, O2, O3 or Ofast".formatted(text)));
    return new Choice(level.label(), (options, board) -> options.opt(level));
  }

  private static Choice onOff(String text, BiConsumer<TargetOptions.Builder, Boolean> set) {
    if (!text.equals("on") && !text.equals("off")) {
      throw new IllegalArgumentException("found '%s', expected on or off".formatted(text));
    }
    return new Choice(text, (options, board) -> set.accept(options, text.equals("on")));
  }

  private static double quantity(String text, Unit unit) {
    OptionalDouble value = unit.parse(text);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("found '%s', expected %s".formatted(text, unit.example()));
    }
    return value.getAsDouble();
  }

  private static <E extends Enum<E>> E word(
      String text, E[] values, java.util.function.Function<E, String> label) {
    for (E value : values) {
      if (label.apply(value).equals(text.toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    List<String> known = Arrays.stream(values).map(label).toList();
    throw new IllegalArgumentException(
        "found '%s', expected one of %s".formatted(text, String.join(", ", known)));
  }
}
