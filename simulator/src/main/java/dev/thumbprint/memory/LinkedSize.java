package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What linking some operators takes for a core and level, from the table of that build or, where it
 * was not measured, from the nearest one.
 *
 * @param kernelBytes flash of the operators
 * @param runtimeBytes flash of the runtime and of the C library that it needs
 * @param staticBytes static data of both, without arena and resolver
 * @param stackBytes high-water mark of the stack
 * @param assumptions which table it is, in words
 */
record LinkedSize(
    long kernelBytes,
    long runtimeBytes,
    long staticBytes,
    long stackBytes,
    List<String> assumptions) {

  LinkedSize {
    assumptions = List.copyOf(assumptions);
  }

  /** The sizes of operators, by name. */
  static LinkedSize of(Set<String> operators, RuntimeBuild build, Core core, OptLevel opt) {
    LinkTable table = LinkTables.nearest(build.kernels(), core, opt);
    double kernels = 1;
    double runtime = 1;
    Optional<LinkTable> level = Optional.empty();
    if (table.opt() != opt) {
      level = LinkTables.sameLevel(build.kernels(), table.core(), opt);
    }
    if (level.isPresent()) {
      LinkTable wanted = level.get();
      LinkTable measured =
          LinkTables.find(build.kernels(), wanted.core(), table.opt()).orElseThrow();
      kernels = ratio(wanted.kernelFlashBytes(operators), measured.kernelFlashBytes(operators));
      runtime = ratio(wanted.baseFlashBytes(), measured.baseFlashBytes());
    }
    return new LinkedSize(
        Math.round(table.kernelFlashBytes(operators) * kernels),
        Math.round(table.baseFlashBytes() * runtime),
        table.baseRamBytes() + table.kernelRamBytes(operators),
        table.stackBytes(),
        words(table, level, core, opt, operators));
  }

  private static double ratio(long wanted, long measured) {
    return measured == 0 ? 1 : (double) wanted / measured;
  }

  private static List<String> words(
      LinkTable table, Optional<LinkTable> level, Core core, OptLevel opt, Set<String> operators) {
    List<String> words = new ArrayList<>();
    words.add(
        "kernels and runtime: %s for %s at -%s (%s)"
            .formatted(
                table.kernels().label(),
                table.core().label(),
                table.opt().label(),
                table.origin()));
    if (table.core() != core) {
      words.add(
          "no link map of %s: sizes of %s are taken".formatted(core.label(), table.core().label()));
    }
    if (table.opt() != opt) {
      words.add(
          level
              .map(
                  other ->
                      "-%s is scaled from -%s as %s is"
                          .formatted(opt.label(), table.opt().label(), other.core().label()))
              .orElse(
                  "no link map at -%s: sizes at -%s are taken"
                      .formatted(opt.label(), table.opt().label())));
    }
    operators.stream()
        .filter(operator -> !table.knows(operator))
        .forEach(
            operator -> words.add("size of %s is unknown and not counted".formatted(operator)));
    return words;
  }
}
