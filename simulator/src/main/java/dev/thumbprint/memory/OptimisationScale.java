package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.Operator;
import java.util.Set;

/**
 * How much an optimisation level changes the size of the same kernels, on the core measured most.
 */
final class OptimisationScale {
  private static final Core MEASURED_AT_ALL_LEVELS = Core.CORTEX_M4;

  private OptimisationScale() {}

  /** Factor from the level of a table to the wanted one, 1 where nothing is known. */
  static double of(LinkTable table, OptLevel wanted, Set<Operator> operators) {
    OptLevel like = wanted == OptLevel.OFAST ? OptLevel.O3 : wanted;
    if (table.opt() == like) {
      return 1;
    }
    RuntimeBuild.Kernels kernels = table.kernels();
    LinkTable to = LinkTables.nearest(kernels, MEASURED_AT_ALL_LEVELS, like);
    LinkTable from = LinkTables.nearest(kernels, MEASURED_AT_ALL_LEVELS, table.opt());
    long before = from.kernelFlashBytes(operators);
    boolean measured = to.opt() == like && from.opt() == table.opt() && before > 0;
    return measured ? (double) to.kernelFlashBytes(operators) / before : 1;
  }
}
