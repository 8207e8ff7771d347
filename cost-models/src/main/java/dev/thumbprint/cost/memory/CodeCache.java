package dev.thumbprint.cost.memory;

import java.util.Locale;
import java.util.Optional;

/**
 * What stands between the core and the code in flash, as far as small loops are concerned: misses
 * of compiled kernels are counted for each of these.
 */
public enum CodeCache {
  /** No cache: every read of the flash waits. Unit: reads of 8 bytes. */
  UNCACHED,
  /** 1 KiB of 32-byte lines that are filled by 8 bytes, as in STM32L4. Unit: reads of 8 bytes. */
  ONE_KIB,
  /** 1 KiB of 16-byte lines with prefetch, as in STM32F4. Unit: lines of 16 bytes. */
  ART,
  /** 2 KiB. Unit: lines. */
  TWO_KIB,
  /** Large enough for the loops of one kernel. */
  LARGE;

  /** The name in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of a label, or empty. */
  public static Optional<CodeCache> ofLabel(String label) {
    for (CodeCache cache : values()) {
      if (cache.label().equals(label)) {
        return Optional.of(cache);
      }
    }
    return Optional.empty();
  }
}
