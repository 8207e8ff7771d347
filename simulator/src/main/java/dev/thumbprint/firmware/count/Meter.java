package dev.thumbprint.firmware.count;

import dev.thumbprint.firmware.engine.EdgeTable;

/**
 * Modelled time of a run: cycles and instructions so far, and when somebody wants to be asked
 * again.
 */
public final class Meter {
  private long cycles;
  private long instructions;
  private long deadline = Long.MAX_VALUE;

  /** Holds the time instead, while an engine counts by itself; else null. */
  private EdgeTable shared;

  /** Lets an engine count as well. */
  void share(EdgeTable table) {
    table.add(cycles, instructions);
    table.setDeadline(deadline);
    shared = table;
  }

  /** Ends {@link #share}; to be called before the engine is closed. */
  void keep() {
    cycles = cycles();
    instructions = instructions();
    shared = null;
  }

  /** Cycles up to the beginning of the block that is executing. */
  public long cycles() {
    return shared == null ? cycles : shared.cycles();
  }

  /** Instructions of all blocks entered so far. */
  public long instructions() {
    return shared == null ? instructions : shared.instructions();
  }

  /** Lets time pass without instructions: stalls, exception entry, sleep. */
  public void advance(long moreCycles) {
    if (shared == null) {
      cycles += moreCycles;
    } else {
      shared.add(moreCycles, 0);
    }
  }

  void execute(int moreCycles, int moreInstructions) {
    if (shared == null) {
      cycles += moreCycles;
      instructions += moreInstructions;
    } else {
      shared.add(moreCycles, moreInstructions);
    }
  }

  /** The cycle at which the run is to be interrupted before the next block. */
  public long deadline() {
    return deadline;
  }

  /**
   * Sets the cycle at which the run is to be interrupted; now or in the past means at the next
   * block.
   */
  public void setDeadline(long cycle) {
    deadline = cycle;
    if (shared != null) {
      shared.setDeadline(cycle);
    }
  }

  boolean due() {
    return cycles() >= deadline;
  }
}
