package dev.thumbprint.cost.counts;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.memory.FlashAccelerators;
import java.util.List;
import java.util.Optional;

/**
 * Cycles on a board from counts: the zero-wait cycles and, for every miss, what it waits. Nothing
 * is fitted to the board; the constants are those of {@link FlashAccelerators}.
 *
 * @param waits what each column of misses costs
 * @param ramReadCycles what a read of RAM takes beyond the pipeline's cycles
 */
public record Retiming(List<Wait> waits, double ramReadCycles) {
  /**
   * The interpreter around a kernel that works its parameters out at every call, as TensorFlow Lite
   * Micro did until 2020 and in smaller part does since (arXiv:2104.10645, STM32L496).
   */
  private static final int CALL_CYCLES = 1500;

  /** The interpreter around an operator without parameters. */
  private static final int PLAIN_CALL_CYCLES = 300;

  public Retiming {
    waits = List.copyOf(waits);
  }

  /**
   * What one miss costs.
   *
   * @param column of the table
   * @param cycles for each
   */
  public record Wait(String column, double cycles) {}

  /** How a target waits; empty for a memory system whose misses were not counted. */
  public static Optional<Retiming> of(Target target) {
    if (!target.caches() || target.waitStates().isEmpty()) {
      return Optional.empty();
    }
    int ws = target.waitStates().getAsInt();
    String mcu = target.board().mcu();
    if (mcu.matches("STM32(L4|G4).*")) {
      return waits(
          "l4_code_miss", ws, "l4_data_miss", FlashAccelerators.dataReadCycles(ws, false), 0);
    }
    if (mcu.matches("STM32(F2|F4).*")) {
      boolean ahead = target.prefetch();
      return waits(
          "f4_code_miss",
          FlashAccelerators.codeReadCycles(ws, ahead),
          "f4_data_miss",
          FlashAccelerators.dataReadCycles(ws, ahead),
          ahead ? FlashAccelerators.ART_RAM_CYCLES : 0);
    }
    if (mcu.matches("STM32F7.*")) {
      // The code of a network fits into the cache: from the second inference on it is there.
      double line = FlashAccelerators.axiLineCycles(ws, target.board().clock().busDivider());
      return waits("l1_code_miss", 0, "l1t_data_miss", line, 0);
    }
    if (mcu.matches("STM32(L5|U5|H5).*")) {
      return waits("ic8_code_miss", ws, "ic8_data_miss", ws, FlashAccelerators.ICACHE_RAM_CYCLES);
    }
    return Optional.empty();
  }

  private static Optional<Retiming> waits(
      String code, double codeCycles, String data, double dataCycles, double ramReadCycles) {
    return Optional.of(
        new Retiming(
            List.of(new Wait(code, codeCycles), new Wait(data, dataCycles)), ramReadCycles));
  }

  /** Cycles of a call with the interpreter around it. */
  public long cycles(KernelCount count) {
    double cycles =
        count.figure("cycles")
            + ramReadCycles * (count.figure("loads") - count.figure("flash_reads"));
    for (Wait wait : waits) {
      cycles += wait.cycles() * count.figure(wait.column());
    }
    boolean plain =
        switch (count.operator()) {
          case "QUANTIZE", "DEQUANTIZE", "RESHAPE" -> true;
          default -> false;
        };
    return Math.round(cycles) + (plain ? PLAIN_CALL_CYCLES : CALL_CYCLES);
  }
}
