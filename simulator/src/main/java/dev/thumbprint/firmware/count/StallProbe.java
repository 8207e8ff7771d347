package dev.thumbprint.firmware.count;

/** Simulates what fetching code costs beyond the pipeline. */
@FunctionalInterface
public interface StallProbe {
  /** No stalls: all code is in zero-wait memory. */
  StallProbe NONE = block -> 0;

  /** Returns the cycles that fetching a block waits for memory. */
  int fetch(Block block);
}
