package dev.thumbprint.cost.memory;

import java.util.Arrays;

/**
 * What a memory system did, apart from what it cost: how often a line of a cache had to be read and
 * how many words went past the caches. The caches decide by addresses alone, so these counts are
 * the same for every clock, number of wait states and prefetch setting, and {@link
 * MemorySystem#stalls} turns them into cycles for any of those.
 */
public final class MemoryEvents {
  /**
   * Most cycles of execution that hide one read of code; reads that were hidden longer are counted
   * here. A prefetch of more cycles cannot be computed from the counts.
   */
  public static final int HIDDEN_CYCLES_MAX = 63;

  /** Numbers of one region: reads of code by hidden cycles, reads and writes of data. */
  static final int OF_REGION = HIDDEN_CYCLES_MAX + 3;

  static final int DATA_READS = HIDDEN_CYCLES_MAX + 1;
  static final int DATA_WRITES = HIDDEN_CYCLES_MAX + 2;

  private final long linesCrossed;
  private final long[] counts;

  MemoryEvents(long linesCrossed, long[] counts) {
    this.linesCrossed = linesCrossed;
    this.counts = counts.clone();
  }

  /** No events in a number of regions. */
  public static MemoryEvents none(int regions) {
    return new MemoryEvents(0, new long[regions * OF_REGION]);
  }

  /** These events with counts for one region. */
  public MemoryEvents with(int region, long[] codeReads, long dataReads, long dataWrites) {
    if (codeReads.length > HIDDEN_CYCLES_MAX + 1) {
      throw new IllegalArgumentException(
          codeReads.length + " numbers of hidden cycles, at most " + (HIDDEN_CYCLES_MAX + 1));
    }
    MemoryEvents copy = new MemoryEvents(linesCrossed, counts);
    int at = region * OF_REGION;
    Arrays.fill(copy.counts, at, at + DATA_READS, 0);
    System.arraycopy(codeReads, 0, copy.counts, at, codeReads.length);
    copy.counts[at + DATA_READS] = dataReads;
    copy.counts[at + DATA_WRITES] = dataWrites;
    return copy;
  }

  /** These events with another number of crossed lines. */
  public MemoryEvents withLinesCrossed(long lines) {
    return new MemoryEvents(lines, counts);
  }

  /** What happened besides. */
  public MemoryEvents minus(MemoryEvents earlier) {
    return plus(earlier, -1);
  }

  /** Both together. */
  public MemoryEvents plus(MemoryEvents other) {
    return plus(other, 1);
  }

  private MemoryEvents plus(MemoryEvents other, int sign) {
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += sign * other.counts[i];
    }
    return new MemoryEvents(linesCrossed + sign * other.linesCrossed, sum);
  }

  /** Number of regions. */
  public int regions() {
    return counts.length / OF_REGION;
  }

  /** Times that code entered another line of the code cache. */
  public long linesCrossed() {
    return linesCrossed;
  }

  /**
   * Reads of a region for code: at index h those that followed the read before, which the core was
   * busy with for h cycles; at 0 those that a prefetch does not foresee.
   */
  public long[] codeReads(int region) {
    int at = region * OF_REGION;
    return Arrays.copyOfRange(counts, at, at + DATA_READS);
  }

  /** Missing sectors or, past the caches, words read as data. */
  public long dataReads(int region) {
    return counts[region * OF_REGION + DATA_READS];
  }

  /** Missing sectors or, past the caches, words written. */
  public long dataWrites(int region) {
    return counts[region * OF_REGION + DATA_WRITES];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryEvents events
        && events.linesCrossed == linesCrossed
        && Arrays.equals(events.counts, counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts) * 31 + Long.hashCode(linesCrossed);
  }
}
