package dev.thumbprint.cost.memory;

import java.util.Arrays;
import java.util.List;

/** Finds the region of an address quickly: one look for addresses in a megabyte of one region. */
final class RegionTable {
  static final int NONE = -1;
  private static final int MIXED = -2;
  private static final int GRANULE_SHIFT = 20;
  private static final int GRANULES = 1 << (Integer.SIZE - GRANULE_SHIFT);

  private final List<MemoryRegion> regions;
  private final int[] regionOfGranule = new int[GRANULES];

  RegionTable(List<MemoryRegion> regions) {
    this.regions = regions;
    Arrays.fill(regionOfGranule, NONE);
    long granuleBytes = 1L << GRANULE_SHIFT;
    for (int index = 0; index < regions.size(); index++) {
      MemoryRegion region = regions.get(index);
      int first = (int) (region.startAddress() >>> GRANULE_SHIFT);
      int last = (int) ((region.endAddress() - 1) >>> GRANULE_SHIFT);
      for (int granule = first; granule <= last; granule++) {
        long start = granule * granuleBytes;
        boolean whole =
            region.startAddress() <= start && region.endAddress() >= start + granuleBytes;
        regionOfGranule[granule] = whole && regionOfGranule[granule] == NONE ? index : MIXED;
      }
    }
  }

  /** Index of the region, or {@link #NONE}. */
  int find(int address) {
    int index = regionOfGranule[address >>> GRANULE_SHIFT];
    return index != MIXED ? index : search(address & 0xFFFF_FFFFL);
  }

  private int search(long address) {
    for (int index = 0; index < regions.size(); index++) {
      if (regions.get(index).contains(address)) {
        return index;
      }
    }
    return NONE;
  }
}
