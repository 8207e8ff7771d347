package dev.thumbprint.cli;

import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.recorded.LibraryId;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.recorded.Setting;
import dev.thumbprint.recorded.Switch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the options of a command tell of rows that leave it open. A told cell is never replaced.
 *
 * @param boardId empty where not told
 * @param library name empty where not told
 * @param opt empty where not told
 */
record RowDefaults(
    String boardId,
    OptionalLong clockHz,
    LibraryId library,
    String opt,
    Switch fpu,
    Switch asserts,
    String weights,
    OptionalDouble supplyVolts) {

  /**
   * The options that were given.
   *
   * @param boardId the board of rows that name none, empty where they stay without
   */
  static RowDefaults of(String boardId, TargetOptions options) {
    return new RowDefaults(
        boardId,
        options.clockHz().isPresent()
            ? OptionalLong.of(options.clockHz().get())
            : OptionalLong.empty(),
        options
            .kernels()
            .map(id -> new LibraryId(id.family(), id.generation()))
            .orElse(new LibraryId("", "")),
        options.opt().map(level -> level.label()).orElse(""),
        told(options.fpu()),
        told(options.asserts()),
        options.weights().map(place -> place.name().toLowerCase(Locale.ROOT)).orElse(""),
        options.supplyVolts().isPresent()
            ? OptionalDouble.of(options.supplyVolts().get())
            : OptionalDouble.empty());
  }

  private static Switch told(Optional<Boolean> option) {
    return option.map(on -> on ? Switch.ON : Switch.OFF).orElse(Switch.UNKNOWN);
  }

  /** The rows of a file with what they leave open. */
  Recordings.Tolerated fill(Recordings.Tolerated read) {
    List<Recording> rows = new ArrayList<>();
    Map<Recording, String> damaged = new LinkedHashMap<>();
    for (Recording row : read.rows()) {
      Recording filled = fill(row);
      rows.add(filled);
      String damage = read.damaged().get(row);
      if (damage != null) {
        damaged.put(filled, damage);
      }
    }
    return new Recordings.Tolerated(rows, damaged);
  }

  private Recording fill(Recording row) {
    return new Recording(
        row.id(),
        row.origin(),
        fill(row.setting()),
        row.work(),
        row.measured(),
        row.trust(),
        row.method(),
        row.notes(),
        row.extra());
  }

  private Setting fill(Setting told) {
    LibraryId kernels = told.library().name().isEmpty() ? library : told.library();
    // What comes compiled has no level of its own to fill in.
    boolean level = told.opt().isEmpty() && !kernels.comesCompiled();
    return new Setting(
        told.boardId().isEmpty() ? boardId : told.boardId(),
        told.core(),
        told.clockHz().isPresent() ? told.clockHz() : clockHz,
        kernels,
        level ? opt : told.opt(),
        told.fpu() == Switch.UNKNOWN ? fpu : told.fpu(),
        told.asserts() == Switch.UNKNOWN ? asserts : told.asserts(),
        told.type(),
        told.weights().isEmpty() ? weights : told.weights(),
        told.supplyV().isPresent() ? told.supplyV() : supplyVolts,
        told.supply(),
        told.regulator(),
        told.energyScope(),
        told.board(),
        told.mcu(),
        told.runtime(),
        told.runtimeVersion(),
        told.compiler(),
        told.compilerFlags());
  }
}
