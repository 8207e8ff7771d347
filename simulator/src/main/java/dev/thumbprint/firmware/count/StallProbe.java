package dev.thumbprint.firmware.count;

/** Simulates what fetching code costs beyond the pipeline. */
@FunctionalInterface
public interface StallProbe {
  /** No stalls: all code is in zero-wait memory. */
  StallProbe NONE = block -> 0;

  /** Both, one after the other: their stalls are added. */
  static StallProbe both(StallProbe first, StallProbe second) {
    return block -> first.fetch(block) + second.fetch(block);
  }

  /** Returns the cycles that fetching a block waits for memory. */
  int fetch(Block block);
}
