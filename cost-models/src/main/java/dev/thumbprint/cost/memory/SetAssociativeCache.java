package dev.thumbprint.cost.memory;

import java.util.Arrays;

/** Sets of a few ways, least recently used or pseudo-random. */
final class SetAssociativeCache implements TagStore {
  private static final int NONE = -1;

  /** Any value but zero will do; the same one on every reset makes runs repeat. */
  private static final int SEED = 0x2545_F491;

  private final int sets;
  private final int ways;
  private final boolean random;
  private final int[] lineOfWay;
  private final int[] validSectors;
  private final long[] lastUse;
  private long clock;
  private int generator;

  SetAssociativeCache(CacheGeometry geometry) {
    ways = geometry.ways();
    sets = geometry.lines() / ways;
    random = geometry.replacement() == CacheGeometry.Replacement.PSEUDO_RANDOM;
    lineOfWay = new int[sets * ways];
    validSectors = new int[sets * ways];
    lastUse = new long[sets * ways];
    clear();
  }

  @Override
  public int use(int line, int sectorsMask) {
    int first =
        (sets & (sets - 1)) == 0 ? (line & (sets - 1)) : Integer.remainderUnsigned(line, sets);
    first *= ways;
    int way = first;
    int end = first + ways;
    while (way < end && lineOfWay[way] != line) {
      way++;
    }
    if (way == end) {
      way = victim(first);
      lineOfWay[way] = line;
      validSectors[way] = 0;
    }
    if (!random) {
      lastUse[way] = ++clock;
    }
    int missing = sectorsMask & ~validSectors[way];
    validSectors[way] |= missing;
    return missing;
  }

  private int victim(int first) {
    int oldest = first;
    for (int way = first; way < first + ways; way++) {
      if (lineOfWay[way] == NONE) {
        return way;
      }
      if (lastUse[way] < lastUse[oldest]) {
        oldest = way;
      }
    }
    return random ? first + Integer.remainderUnsigned(next(), ways) : oldest;
  }

  /** Marsaglia's 32-bit xorshift. */
  private int next() {
    generator ^= generator << 13;
    generator ^= generator >>> 17;
    generator ^= generator << 5;
    return generator;
  }

  @Override
  public void clear() {
    Arrays.fill(lineOfWay, NONE);
    Arrays.fill(validSectors, 0);
    Arrays.fill(lastUse, 0);
    clock = 0;
    generator = SEED;
  }
}
