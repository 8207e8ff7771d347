package dev.thumbprint.cost.memory;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.core.Core;
import java.util.Locale;
import java.util.Optional;

/**
 * The way from a core to its RAM. Documents of the vendors name no wait for it, recordings do: how
 * long a read takes beyond the cycles of the pipeline is one fitted number for each of these.
 */
public enum RamBus {
  /** No cycle more than the pipeline counts, as on STM32L4: what the others are measured by. */
  DIRECT,
  /** A Cortex-M4 of STM32F4, beside its prefetching accelerator. */
  ART,
  /** A Cortex-M33 beside the ICACHE of STM32L5, U5 and H5. */
  ICACHE;

  /**
   * The way of a board, whatever its caches are set to: nothing says that reads of RAM get faster
   * without them. The Cortex-M3 of STM32F2 has the accelerator of STM32F4 and other bus ports.
   */
  static RamBus of(Board board) {
    if (board.core() == Core.CORTEX_M4 && board.mcu().startsWith("STM32F4")) {
      return ART;
    }
    boolean icache = board.core() == Core.CORTEX_M33 && FlashAccelerators.hasIcache(board.mcu());
    return icache ? ICACHE : DIRECT;
  }

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of a label, or empty. */
  public static Optional<RamBus> ofLabel(String label) {
    for (RamBus bus : values()) {
      if (bus.label().equals(label)) {
        return Optional.of(bus);
      }
    }
    return Optional.empty();
  }
}
