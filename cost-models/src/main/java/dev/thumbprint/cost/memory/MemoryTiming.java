package dev.thumbprint.cost.memory;

import java.util.Arrays;
import java.util.List;

/**
 * The cycles that memory adds to a program, from the blocks it executes and the addresses it reads
 * and writes, in order. Nothing is allocated after construction. Not for use by several threads.
 */
public final class MemoryTiming {
  private static final int NO_SECTOR = -1;

  /** Fractions of a cycle add up in thousandths. */
  static final int MILLI = 1000;

  private final MemoryRegion[] regions;
  private final long[] fetchMilliCycles;
  private final long[] readMilliCycles;
  private final long[] writeMilliCycles;
  private final RegionTable table;
  private final CachedLines code;
  private final CachedLines data;
  private final boolean writeAllocate;
  private final boolean prefetch;
  private final int lineCrossingMilliCycles;

  private int lastSector = NO_SECTOR;
  private int lastLine = NO_SECTOR;
  private long milliCyclesPending;
  private long dataMilliCyclesPending;
  private long codeStallCycles;
  private long codeMisses;
  private long codeLinesCrossed;
  private long dataStallCycles;
  private long dataMisses;
  private long unmappedAccesses;

  /** By region, see {@link MemoryEvents}. */
  private final long[] events;

  /** A memory system with empty caches. */
  public MemoryTiming(MemoryGeometry geometry) {
    List<MemoryRegion> list = geometry.regions();
    regions = list.toArray(new MemoryRegion[0]);
    events = new long[regions.length * MemoryEvents.OF_REGION];
    fetchMilliCycles = list.stream().mapToLong(r -> milli(r.fetchCycles())).toArray();
    readMilliCycles = list.stream().mapToLong(r -> milli(r.readCycles())).toArray();
    writeMilliCycles = list.stream().mapToLong(r -> milli(r.writeCycles())).toArray();
    table = new RegionTable(list);
    code =
        geometry
            .codeCache()
            .map(
                cache ->
                    new CachedLines(
                        cache,
                        list,
                        region ->
                            region.codeCached() || (geometry.unified() && region.dataCached())))
            .orElse(null);
    data =
        geometry.unified()
            ? code
            : geometry
                .dataCache()
                .map(cache -> new CachedLines(cache, list, MemoryRegion::dataCached))
                .orElse(null);
    writeAllocate = geometry.writeAllocate();
    prefetch = geometry.prefetch();
    lineCrossingMilliCycles = (int) milli(geometry.lineCrossingCycles());
  }

  static long milli(double cycles) {
    return Math.round(cycles * MILLI);
  }

  /**
   * Executes a straight line of code.
   *
   * @param address of its first byte
   * @param sizeBytes of all its instructions, at least 2
   * @param pipelineCycles what the core needs for it, during which a prefetch goes on
   * @return cycles the core waits for code
   */
  public int fetch(int address, int sizeBytes, int pipelineCycles) {
    int region = table.find(address);
    if (region == RegionTable.NONE) {
      unmappedAccesses++;
      return 0;
    }
    milliCyclesPending +=
        regions[region].codeCached()
            ? fetchCached(region, address, sizeBytes, pipelineCycles)
            : fetchDirectly(region, address, sizeBytes, pipelineCycles);
    if (milliCyclesPending < MILLI) {
      return 0;
    }
    int stall = (int) (milliCyclesPending / MILLI);
    milliCyclesPending %= MILLI;
    codeStallCycles += stall;
    return stall;
  }

  /** Thousandths of a cycle. */
  private long fetchCached(int region, int address, int sizeBytes, int pipelineCycles) {
    int shift = code.lineShift();
    int last = address + sizeBytes - 1;
    int lastOfBlock = last >>> shift;
    long stall = 0;
    int from = address;
    for (int line = address >>> shift; ; line++) {
      int to = line == lastOfBlock ? last : ((line + 1) << shift) - 1;
      int missing = code.use(region, from, to);
      if (line != lastLine) {
        lastLine = line;
        codeLinesCrossed++;
        stall += lineCrossingMilliCycles;
      }
      if (missing != 0) {
        stall += missed(region, line, missing, sizeBytes, pipelineCycles);
      }
      if (line == lastOfBlock) {
        break;
      }
      from = to + 1;
    }
    lastSector = last / code.sectorBytes();
    return stall;
  }

  private long missed(int region, int line, int missing, int sizeBytes, int pipelineCycles) {
    int sectorsPerLineShift = code.lineShift() - Integer.numberOfTrailingZeros(code.sectorBytes());
    long stall = 0;
    for (int left = missing; left != 0; left &= left - 1) {
      int sector = (line << sectorsPerLineShift) + Integer.numberOfTrailingZeros(left);
      stall += waitFor(region, sector, code.sectorBytes(), sizeBytes, pipelineCycles);
      codeMisses++;
    }
    return stall;
  }

  private long fetchDirectly(int region, int address, int sizeBytes, int pipelineCycles) {
    int bytes = regions[region].fetchBytes();
    int shift = Integer.numberOfTrailingZeros(bytes);
    int last = (address + sizeBytes - 1) >>> shift;
    lastLine = NO_SECTOR;
    long stall = 0;
    for (int sector = address >>> shift; sector <= last; sector++) {
      if (sector != lastSector) {
        stall += waitFor(region, sector, bytes, sizeBytes, pipelineCycles);
        codeMisses++;
      }
    }
    return stall;
  }

  /**
   * Waits for one read of the memory. A prefetch began it when the sector before was entered, and
   * the core was busy with that sector for its share of the block's cycles.
   *
   * @return thousandths of a cycle
   */
  private long waitFor(int region, int sector, int sectorBytes, int sizeBytes, int pipelineCycles) {
    boolean follows = sector == lastSector + 1;
    lastSector = sector;
    int hidden = follows ? Math.max(1, pipelineCycles * sectorBytes / sizeBytes) : 0;
    hidden = Math.min(hidden, MemoryEvents.HIDDEN_CYCLES_MAX);
    events[region * MemoryEvents.OF_REGION + hidden]++;
    return Math.max(0, fetchMilliCycles[region] - (prefetch ? hidden * MILLI : 0));
  }

  /**
   * Reads data.
   *
   * @param address of the first byte
   * @param sizeBytes 1 or more; a list of registers is read as one access
   * @return cycles the core waits
   */
  public int read(int address, int sizeBytes) {
    int region = table.find(address);
    if (region == RegionTable.NONE) {
      unmappedAccesses++;
      return 0;
    }
    boolean cached = regions[region].dataCached();
    int units = cached ? fill(region, address, sizeBytes) : words(sizeBytes);
    events[region * MemoryEvents.OF_REGION + MemoryEvents.DATA_READS] += units;
    return waitForData(units * readMilliCycles[region]);
  }

  private int waitForData(long milliCycles) {
    dataMilliCyclesPending += milliCycles;
    if (dataMilliCyclesPending < MILLI) {
      return 0;
    }
    int stall = (int) (dataMilliCyclesPending / MILLI);
    dataMilliCyclesPending %= MILLI;
    dataStallCycles += stall;
    return stall;
  }

  /** Writes data; see {@link #read}. */
  public int write(int address, int sizeBytes) {
    int region = table.find(address);
    if (region == RegionTable.NONE) {
      unmappedAccesses++;
      return 0;
    }
    boolean cached = regions[region].dataCached() && writeAllocate;
    int units = cached ? fill(region, address, sizeBytes) : words(sizeBytes);
    events[region * MemoryEvents.OF_REGION + MemoryEvents.DATA_WRITES] += units;
    return waitForData(units * writeMilliCycles[region]);
  }

  /** Sectors that had to be brought in. */
  private int fill(int region, int address, int sizeBytes) {
    int shift = data.lineShift();
    int last = address + sizeBytes - 1;
    int lastOfAccess = last >>> shift;
    int missing = 0;
    int from = address;
    for (int line = address >>> shift; line <= lastOfAccess; line++) {
      int to = line == lastOfAccess ? last : ((line + 1) << shift) - 1;
      missing += Integer.bitCount(data.use(region, from, to));
      from = to + 1;
    }
    dataMisses += missing;
    return missing;
  }

  private static int words(int sizeBytes) {
    return (sizeBytes + 3) >>> 2;
  }

  /** Empties the caches, as after power-up, and the statistics. */
  public void reset() {
    if (code != null) {
      code.clear();
    }
    if (data != null) {
      data.clear();
    }
    lastSector = NO_SECTOR;
    lastLine = NO_SECTOR;
    milliCyclesPending = 0;
    dataMilliCyclesPending = 0;
    codeStallCycles = 0;
    codeMisses = 0;
    codeLinesCrossed = 0;
    dataStallCycles = 0;
    dataMisses = 0;
    unmappedAccesses = 0;
    Arrays.fill(events, 0);
  }

  /** What happened since the last reset, apart from what it cost. */
  public MemoryEvents events() {
    return new MemoryEvents(codeLinesCrossed, events);
  }

  /** Totals since the last reset. */
  public MemoryStatistics statistics() {
    return new MemoryStatistics(
        codeStallCycles,
        codeMisses,
        codeLinesCrossed,
        dataStallCycles,
        dataMisses,
        unmappedAccesses);
  }
}
