package dev.thumbprint.cost.memory;

/**
 * Shape of a cache.
 *
 * @param lines how many it holds
 * @param ways lines of one set; equal to {@code lines} for a fully associative cache
 * @param lineBytes bytes of a line, a power of two
 * @param sectorBytes bytes that become valid together, a power of two; equal to {@code lineBytes}
 *     where a miss fills the whole line
 * @param replacement which line of a full set makes room
 */
public record CacheGeometry(
    int lines, int ways, int lineBytes, int sectorBytes, Replacement replacement) {

  private static final int LINES_MAX = 1 << 20;
  private static final int LINE_BYTES_MAX = 1 << 10;

  /** Which line of a full set makes room for a new one. */
  public enum Replacement {
    /** The one not used for the longest time. */
    LEAST_RECENTLY_USED,
    /** Any, by a generator that starts anew with every reset, so that runs repeat exactly. */
    PSEUDO_RANDOM
  }

  /** Checks ranges and that sizes fit each other. */
  public CacheGeometry {
    require(lines >= 1 && lines <= LINES_MAX, "lines", lines, "1 to " + LINES_MAX);
    require(ways >= 1 && lines % ways == 0, "ways", ways, "a divisor of lines, " + lines);
    require(
        Integer.bitCount(lineBytes) == 1 && lineBytes >= 4 && lineBytes <= LINE_BYTES_MAX,
        "lineBytes",
        lineBytes,
        "a power of two from 4 to " + LINE_BYTES_MAX);
    require(
        Integer.bitCount(sectorBytes) == 1
            && sectorBytes <= lineBytes
            && lineBytes / sectorBytes <= Integer.SIZE,
        "sectorBytes",
        sectorBytes,
        "a power of two, at least a 32nd of a line of " + lineBytes);
  }

  private static void require(boolean condition, String name, int found, String expected) {
    if (!condition) {
      throw new IllegalArgumentException(
          "cache geometry: " + name + " is " + found + ", expected " + expected);
    }
  }

  /** A set-associative cache by its size, which fills whole lines. */
  public static CacheGeometry ofSize(
      int sizeBytes, int ways, int lineBytes, Replacement replacement) {
    return new CacheGeometry(sizeBytes / lineBytes, ways, lineBytes, lineBytes, replacement);
  }

  /** Bytes it holds. */
  public int sizeBytes() {
    return lines * lineBytes;
  }

  /** Whether any line may stand anywhere. */
  public boolean isFullyAssociative() {
    return ways == lines;
  }

  /**
   * The same cache with more or fewer lines, at least one: what a compiler that emits a little more
   * or less code would see. A set-associative cache gains or loses whole sets.
   */
  public CacheGeometry withLinesAdded(int linesAdded) {
    int wanted = Math.max(1, lines + linesAdded);
    if (isFullyAssociative()) {
      return new CacheGeometry(wanted, wanted, lineBytes, sectorBytes, replacement);
    }
    int sets = Math.max(1, Math.floorDiv(wanted + ways / 2, ways));
    return new CacheGeometry(sets * ways, ways, lineBytes, sectorBytes, replacement);
  }
}
