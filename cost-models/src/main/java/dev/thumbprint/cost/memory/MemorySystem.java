package dev.thumbprint.cost.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a memory system: which accesses reach a memory, not what they cost. Two geometries
 * that differ in wait states, in prefetch or in memories that add nothing have one system, and what
 * was counted with one is timed with the other.
 *
 * @param regions the memories that may add cycles
 * @param codeCache the cache in front of code, if any
 * @param dataCache the cache in front of data, if any
 * @param unified whether the code cache serves data as well
 * @param writeAllocate whether a write that misses fills a line of the data cache
 */
public record MemorySystem(
    List<Region> regions,
    Optional<CacheGeometry> codeCache,
    Optional<CacheGeometry> dataCache,
    boolean unified,
    boolean writeAllocate) {

  /**
   * A memory that may add cycles.
   *
   * @param name as in reports
   * @param startAddress first address
   * @param fetchBytes bytes of one read for code where no cache serves it
   * @param codeCached whether the code cache serves it
   * @param dataCached whether the data cache serves it
   */
  public record Region(
      String name, long startAddress, int fetchBytes, boolean codeCached, boolean dataCached) {
    private boolean isShapeOf(MemoryRegion region) {
      return startAddress == region.startAddress()
          && codeCached == region.codeCached()
          && dataCached == region.dataCached()
          && (codeCached || fetchBytes == region.fetchBytes());
    }
  }

  /** Copies the list. */
  public MemorySystem {
    regions = List.copyOf(regions);
  }

  /** The system of a geometry whose costs are not all 0. */
  public static MemorySystem of(MemoryGeometry geometry) {
    return new MemorySystem(
        geometry.regions().stream()
            .filter(region -> !isFast(region))
            .map(MemorySystem::shape)
            .toList(),
        geometry.codeCache(),
        geometry.dataCache(),
        geometry.unified(),
        geometry.writeAllocate());
  }

  private static Region shape(MemoryRegion region) {
    return new Region(
        region.name(),
        region.startAddress(),
        region.fetchBytes(),
        region.codeCached(),
        region.dataCached());
  }

  /** Whether a memory adds no cycles whatever happens. */
  public static boolean isFast(MemoryRegion region) {
    return !region.codeCached()
        && !region.dataCached()
        && region.fetchCycles() == 0
        && region.readCycles() == 0
        && region.writeCycles() == 0;
  }

  /** The events of the regions of this system, in its order, from those of a geometry it is of. */
  public MemoryEvents events(MemoryGeometry geometry, MemoryEvents all) {
    MemoryEvents mine = MemoryEvents.none(regions.size()).withLinesCrossed(all.linesCrossed());
    int next = 0;
    for (int i = 0; i < geometry.regions().size(); i++) {
      if (!isFast(geometry.regions().get(i))) {
        mine = mine.with(next, all.codeReads(i), all.dataReads(i), all.dataWrites(i));
        next++;
      }
    }
    return mine;
  }

  /** Whether what was counted with this system can be timed with a geometry. */
  public boolean isSystemOf(MemoryGeometry geometry) {
    return codeCache.equals(geometry.codeCache())
        && dataCache.equals(geometry.dataCache())
        && unified == geometry.unified()
        && writeAllocate == geometry.writeAllocate()
        && regions.stream().allMatch(region -> find(region, geometry).isPresent())
        && geometry.regions().stream()
            .allMatch(
                region -> isFast(region) || regions.stream().anyMatch(r -> r.isShapeOf(region)));
  }

  private static Optional<MemoryRegion> find(Region region, MemoryGeometry geometry) {
    return geometry.regions().stream().filter(region::isShapeOf).findFirst();
  }

  /**
   * What the events cost with a geometry that has this system.
   *
   * @param events counted with this system
   * @throws IllegalArgumentException if the geometry has another system, or its prefetch hides more
   *     cycles than are counted
   */
  public MemoryStatistics stalls(MemoryEvents events, MemoryGeometry geometry) {
    if (!isSystemOf(geometry)) {
      throw new IllegalArgumentException("another memory system");
    }
    long codeMilli = events.linesCrossed() * MemoryTiming.milli(geometry.lineCrossingCycles());
    long codeMisses = 0;
    long dataMilli = 0;
    long dataMisses = 0;
    for (int i = 0; i < regions.size(); i++) {
      MemoryRegion region = find(regions.get(i), geometry).orElseThrow();
      if (geometry.prefetch() && region.fetchCycles() > MemoryEvents.HIDDEN_CYCLES_MAX) {
        throw new IllegalArgumentException(
            region.fetchCycles() + " cycles, at most " + MemoryEvents.HIDDEN_CYCLES_MAX);
      }
      long[] reads = events.codeReads(i);
      for (int hidden = 0; hidden < reads.length; hidden++) {
        long wait =
            MemoryTiming.milli(region.fetchCycles())
                - (geometry.prefetch() ? hidden * MemoryTiming.MILLI : 0);
        codeMilli += reads[hidden] * Math.max(0, wait);
        codeMisses += reads[hidden];
      }
      dataMilli +=
          events.dataReads(i) * MemoryTiming.milli(region.readCycles())
              + events.dataWrites(i) * MemoryTiming.milli(region.writeCycles());
      if (region.dataCached()) {
        dataMisses += events.dataReads(i) + (writeAllocate ? events.dataWrites(i) : 0);
      }
    }
    return new MemoryStatistics(
        codeMilli / MemoryTiming.MILLI,
        codeMisses,
        events.linesCrossed(),
        dataMilli / MemoryTiming.MILLI,
        dataMisses,
        0);
  }

  /** In words, for messages. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    regions.forEach(
        region -> parts.add("%s at 0x%08x".formatted(region.name, region.startAddress)));
    codeCache.ifPresent(cache -> parts.add((unified ? "cache " : "code cache ") + describe(cache)));
    dataCache.ifPresent(cache -> parts.add("data cache " + describe(cache)));
    if (codeCache.isEmpty()) {
      regions.stream()
          .findFirst()
          .ifPresent(
              region -> parts.add("no cache, reads of %d bytes".formatted(region.fetchBytes)));
    }
    return String.join(", ", parts);
  }

  private static String describe(CacheGeometry cache) {
    return "%d x %d bytes in %s"
        .formatted(
            cache.lines(),
            cache.lineBytes(),
            cache.isFullyAssociative() ? "one set" : cache.ways() + " ways");
  }
}
