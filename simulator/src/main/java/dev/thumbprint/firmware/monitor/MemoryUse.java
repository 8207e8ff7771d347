package dev.thumbprint.firmware.monitor;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much memory a run used.
 *
 * @param stackBytesMax the most that the main stack held; 0 where it is not known
 * @param staticBytes from the beginning of RAM to the end of static data; empty where no symbol
 *     says where they end
 * @param heapBytesMax the most that the heap held; empty for a program without one
 * @param arena the tensor arena; empty where no symbol names one
 * @param programBytes that are loaded: code, constants and initial values
 */
public record MemoryUse(
    long stackBytesMax,
    OptionalInt staticBytes,
    OptionalInt heapBytesMax,
    Optional<Arena> arena,
    long programBytes) {

  /**
   * A tensor arena.
   *
   * @param symbol its name
   * @param bytes its size
   * @param usedBytes from its ends to the longest stretch that was never touched; planning counts
   *     as use
   */
  public record Arena(String symbol, int bytes, int usedBytes) {}
}
