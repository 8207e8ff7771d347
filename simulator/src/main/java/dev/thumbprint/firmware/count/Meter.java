package dev.thumbprint.firmware.count;

/**
 * Modelled time of a run: cycles and instructions so far, and when somebody wants to be asked
 * again.
 */
public final class Meter {
  private long cycles;
  private long instructions;
  private long deadline = Long.MAX_VALUE;

  /** Cycles up to the beginning of the block that is executing. */
  public long cycles() {
    return cycles;
  }

  /** Instructions of all blocks entered so far. */
  public long instructions() {
    return instructions;
  }

  /** Lets time pass without instructions: stalls, exception entry, sleep. */
  public void advance(long moreCycles) {
    cycles += moreCycles;
  }

  void execute(int moreCycles, int moreInstructions) {
    cycles += moreCycles;
    instructions += moreInstructions;
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
  }

  boolean due() {
    return cycles >= deadline;
  }
}
