package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.calibration.FittedTable.Stage;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.pricing.CoefficientSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What compiled kernel libraries took on emulated cores, shape by shape: cycles without wait states
 * and reads of code that a cache does not serve. They give every term a value that rests on the
 * executed code and on no recording.
 */
final class EmulatedSweeps {
  /** Rows that a build needs for its loops to be told apart. */
  private static final int ROWS_MIN = 20;

  private EmulatedSweeps() {}

  /** The builds that were executed, each with the machine that stands for its core. */
  static List<CoefficientSet> sets() {
    return Fitted.SETS;
  }

  /** Fits at first use. */
  private static final class Fitted {
    static final List<CoefficientSet> SETS = fit();
  }

  private static List<CoefficientSet> fit() {
    Map<Target, Map<Stage, List<CountedRow>>> builds = new LinkedHashMap<>();
    for (FittedTable table : FittedTable.all()) {
      for (CountedRow row : table.rows()) {
        builds
            .computeIfAbsent(home(row), key -> new EnumMap<>(Stage.class))
            .computeIfAbsent(table.stage(), key -> new ArrayList<>())
            .add(row);
      }
    }
    List<CoefficientSet> sets = new ArrayList<>();
    builds.forEach(
        (home, stages) -> {
          if (stages.getOrDefault(Stage.KERNELS, List.of()).size() >= ROWS_MIN) {
            sets.add(EmulatedFit.of(home, stages));
          }
        });
    return List.copyOf(sets);
  }

  private static Target home(CountedRow row) {
    Core core = Core.ofLabel(row.get("core")).orElseThrow();
    TargetOptions.Builder options =
        TargetOptions.builder()
            .kernels(LibraryId.parse(row.get("library")))
            .opt(OptLevel.ofLabel(row.get("opt")).orElseThrow())
            .asserts(row.get("asserts").equals("on"))
            .waitStates(0);
    if (row.get("fpu").equals("off")) {
      options.fpu(false);
    }
    Board board = Boards.named(board(core));
    fastArena(board).ifPresent(ram -> options.arena(ram.name()));
    return Target.of(board, options.build());
  }

  /** Nothing waits for tensors where code is executed, as in a RAM beside the core. */
  private static Optional<Ram> fastArena(Board board) {
    return board.ram().stream().filter(ram -> ram.kind() == Ram.Kind.DTCM).findFirst();
  }

  /** A board that carries the core; nothing of it counts but the core. */
  private static String board(Core core) {
    return switch (core) {
      case CORTEX_M0, CORTEX_M0PLUS, CORTEX_M23 -> "nucleo-g0b1re";
      case CORTEX_M3 -> "nucleo-f207zg";
      case CORTEX_M4 -> "nucleo-l4r5zi";
      case CORTEX_M7 -> "nucleo-f767zi";
      case CORTEX_M33 -> "nucleo-l552ze-q";
      case CORTEX_M55, CORTEX_M85 -> "apollo510-evb";
    };
  }
}
