package dev.thumbprint.cost.memory;

import java.util.List;
import java.util.Optional;

/**
 * The memory system of a part as the core sees it.
 *
 * @param regions that do not overlap; an address in none of them costs nothing and is counted
 * @param codeCache the cache in front of code, if any
 * @param dataCache the cache in front of data, if any; must be empty when unified
 * @param unified whether the code cache serves data as well
 * @param writeAllocate whether a write that misses fills a line of the data cache
 * @param prefetch whether the code side reads the next sector while the core executes this one
 * @param lineCrossingCycles added whenever code enters another line of the code cache, whether it
 *     hits or not: the one calibrated number of accelerators whose prefetch no document describes;
 *     0 where nothing is calibrated
 */
public record MemoryGeometry(
    List<MemoryRegion> regions,
    Optional<CacheGeometry> codeCache,
    Optional<CacheGeometry> dataCache,
    boolean unified,
    boolean writeAllocate,
    boolean prefetch,
    double lineCrossingCycles) {

  private static final int REGIONS_MAX = 64;
  private static final double LINE_CROSSING_MAX = 100;

  /** Checks that the parts fit each other. */
  public MemoryGeometry {
    regions = List.copyOf(regions);
    if (regions.size() > REGIONS_MAX) {
      throw new IllegalArgumentException(
          regions.size() + " memory regions, at most " + REGIONS_MAX);
    }
    for (int i = 0; i < regions.size(); i++) {
      MemoryRegion region = regions.get(i);
      for (int other = 0; other < regions.size(); other++) {
        if (other != i && region.contains(regions.get(other).startAddress())) {
          throw new IllegalArgumentException(
              "memory regions " + region.name() + " and " + regions.get(other).name() + " overlap");
        }
      }
      if (region.codeCached() && codeCache.isEmpty()) {
        throw new IllegalArgumentException(region.name() + " is codeCached without a code cache");
      }
      if (region.dataCached() && dataCache.isEmpty() && !unified) {
        throw new IllegalArgumentException(region.name() + " is dataCached without a data cache");
      }
    }
    if (unified && (codeCache.isEmpty() || dataCache.isPresent())) {
      throw new IllegalArgumentException("a unified cache is given as the code cache, alone");
    }
    if (!(lineCrossingCycles >= 0 && lineCrossingCycles <= LINE_CROSSING_MAX)) {
      throw new IllegalArgumentException(
          "lineCrossingCycles is " + lineCrossingCycles + ", expected 0 to " + LINE_CROSSING_MAX);
    }
  }

  /** The same system with other regions. */
  public MemoryGeometry withRegions(List<MemoryRegion> others) {
    return new MemoryGeometry(
        others, codeCache, dataCache, unified, writeAllocate, prefetch, lineCrossingCycles);
  }

  /** The same system with more or fewer lines in the cache in front of code. */
  public MemoryGeometry withCodeLinesAdded(int linesAdded) {
    return new MemoryGeometry(
        regions,
        codeCache.map(cache -> cache.withLinesAdded(linesAdded)),
        dataCache,
        unified,
        writeAllocate,
        prefetch,
        lineCrossingCycles);
  }
}
