package dev.thumbprint.validate;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.recorded.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The builds that a recording may have run where it tells neither the generation of its library nor
 * the optimisation level. A closed runtime comes compiled, with one set of loops or none that are
 * known, so that these are no settings of it.
 */
final class OpenSettings {
  private OpenSettings() {}

  /** The targets that a recording may have run on; empty where it tells its build. */
  static List<Target> of(Recording recording, Target target) {
    LibraryId told = target.kernels();
    boolean levelTold = !recording.setting().opt().isEmpty();
    boolean coarse = KernelLibraries.find(told).map(KernelLibrary::coarse).orElse(true);
    if (coarse || (told.dated() && levelTold)) {
      return List.of();
    }
    List<OptLevel> levels = levelTold ? List.of(target.opt()) : Arrays.asList(OptLevel.values());
    List<Target> targets = new ArrayList<>();
    for (LibraryId library : libraries(told)) {
      for (OptLevel level : levels) {
        targets.add(target.withBuild(library, level));
      }
    }
    return targets;
  }

  /**
   * All generations that a name leaves open; {@code tflm} alone leaves the kernels open as well.
   */
  private static List<LibraryId> libraries(LibraryId told) {
    if (told.dated()) {
      return List.of(told);
    }
    boolean any = told.family().equals("tflm");
    boolean reference = told.family().equals("tflm-reference");
    return KernelLibraries.all().stream()
        .map(KernelLibrary::id)
        .filter(id -> any || id.family().equals("tflm-reference") == reference)
        .map(id -> any ? id : new LibraryId(told.family(), id.generation()))
        .toList();
  }
}
