package dev.thumbprint.firmware.engine;

/** Hears of every basic block just before it executes. */
@FunctionalInterface
public interface BlockProbe {
  /**
   * Called before a straight run of instructions executes.
   *
   * @param address of the first instruction, an unsigned 32-bit number
   * @param size in bytes; the block ends with a branch, at a page border of the engine, or where
   *     the engine must look up
   * @return false to stop the engine before the block; it is then announced again on the next run
   */
  boolean enter(int address, int size);
}
