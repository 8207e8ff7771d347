package dev.thumbprint.cost.memory;

import java.util.List;
import java.util.function.Predicate;

/**
 * One cache over the regions it serves. Lines of a fully associative cache are numbered densely
 * over those regions, so that a table can find them; a set-associative one needs their real
 * numbers.
 */
final class CachedLines {
  private static final int LINE_NUMBERS_MAX = 1 << 24;

  private final TagStore tags;
  private final int lineShift;
  private final int sectorShift;
  private final int sectorInLineMask;
  private final int[] lineOffset;

  CachedLines(CacheGeometry geometry, List<MemoryRegion> regions, Predicate<MemoryRegion> served) {
    lineShift = Integer.numberOfTrailingZeros(geometry.lineBytes());
    sectorShift = Integer.numberOfTrailingZeros(geometry.sectorBytes());
    sectorInLineMask = geometry.lineBytes() / geometry.sectorBytes() - 1;
    lineOffset = new int[regions.size()];
    long lineNumbers = 0;
    for (int i = 0; i < regions.size(); i++) {
      MemoryRegion region = regions.get(i);
      if (served.test(region)) {
        long first = region.startAddress() >>> lineShift;
        long last = (region.endAddress() - 1) >>> lineShift;
        lineOffset[i] = geometry.isFullyAssociative() ? (int) (first - lineNumbers) : 0;
        lineNumbers += last - first + 1;
      }
    }
    if (geometry.isFullyAssociative() && lineNumbers > LINE_NUMBERS_MAX) {
      throw new IllegalArgumentException(
          "a fully associative cache over "
              + lineNumbers
              + " lines, at most "
              + LINE_NUMBERS_MAX
              + "; the regions it serves are too large");
    }
    tags = TagStore.of(geometry, (int) lineNumbers);
  }

  int lineShift() {
    return lineShift;
  }

  int sectorBytes() {
    return 1 << sectorShift;
  }

  /** Uses bytes of one line; the sectors that were missing, bit 0 the first of the line. */
  int use(int region, int firstAddress, int lastAddress) {
    int first = (firstAddress >>> sectorShift) & sectorInLineMask;
    int last = (lastAddress >>> sectorShift) & sectorInLineMask;
    int sectors = (2 << last) - (1 << first);
    return tags.use((firstAddress >>> lineShift) - lineOffset[region], sectors);
  }

  void clear() {
    tags.clear();
  }
}
