package dev.thumbprint.cost.memory;

import java.util.Arrays;
import java.util.List;

/**
 * Runs the same code through caches of a few lines more and less. Where the stalls change much, the
 * loop is about as large as the cache, and a compiler that emits a little more code would move the
 * time as much: a result is then an interval, not a promise.
 */
public final class CliffDetector {
  /** Changes of the number of lines that are tried, the real cache in the middle. */
  public static final List<Integer> LINES_ADDED = List.of(-4, -2, 0, 2, 4);

  private static final int REAL = LINES_ADDED.indexOf(0);

  private final MemoryTiming[] variants;

  /** One memory system for every change. */
  public CliffDetector(MemoryGeometry geometry) {
    variants =
        LINES_ADDED.stream()
            .map(lines -> new MemoryTiming(geometry.withCodeLinesAdded(lines)))
            .toArray(MemoryTiming[]::new);
  }

  /** Executes a straight line of code in all; the stall of the real cache. */
  public int fetch(int address, int sizeBytes, int pipelineCycles) {
    int real = 0;
    for (int i = 0; i < variants.length; i++) {
      int stall = variants[i].fetch(address, sizeBytes, pipelineCycles);
      real = i == REAL ? stall : real;
    }
    return real;
  }

  /** Reads data in all, for caches that hold code and data; the stall of the real one. */
  public int read(int address, int sizeBytes) {
    int real = 0;
    for (int i = 0; i < variants.length; i++) {
      int stall = variants[i].read(address, sizeBytes);
      real = i == REAL ? stall : real;
    }
    return real;
  }

  /** Writes data in all; the stall of the real one. */
  public int write(int address, int sizeBytes) {
    int real = 0;
    for (int i = 0; i < variants.length; i++) {
      int stall = variants[i].write(address, sizeBytes);
      real = i == REAL ? stall : real;
    }
    return real;
  }

  /** Stalls of the real memory system so far. */
  public MemoryStatistics statistics() {
    return variants[REAL].statistics();
  }

  /** Fewest and most stall cycles so far over all the variants. */
  public StallInterval interval() {
    long[] stalls = new long[variants.length];
    for (int i = 0; i < variants.length; i++) {
      MemoryStatistics statistics = variants[i].statistics();
      stalls[i] = statistics.codeStallCycles() + statistics.dataStallCycles();
    }
    long real = stalls[REAL];
    return new StallInterval(
        Arrays.stream(stalls).min().orElse(real), real, Arrays.stream(stalls).max().orElse(real));
  }

  /** Empties all caches and statistics. */
  public void reset() {
    for (MemoryTiming variant : variants) {
      variant.reset();
    }
  }

  /**
   * Stall cycles of caches a few lines smaller and larger.
   *
   * @param low fewest
   * @param value of the real cache
   * @param high most
   */
  public record StallInterval(long low, long value, long high) {}
}
