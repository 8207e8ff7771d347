package dev.thumbprint.firmware.time;

import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.memory.CacheGeometry;
import dev.thumbprint.cost.memory.CliffDetector;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.cost.memory.MemoryRegion;
import dev.thumbprint.cost.memory.MemoryStatistics;
import dev.thumbprint.cost.memory.MemoryTiming;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.Meter;
import dev.thumbprint.firmware.count.StallProbe;
import dev.thumbprint.firmware.engine.AccessProbe;
import dev.thumbprint.firmware.machine.MemoryMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulates flash accelerator and caches while a program runs: code is fetched block by block, data
 * access by access, and what the processor waits is added to the modelled time. Counts what every
 * memory is used for.
 */
public final class MemoryObserver implements StallProbe, AccessProbe {
  private static final int NO_REGION = -1;

  private final CorePipeline pipeline;
  private final MemoryGeometry geometry;
  private final CliffDetector code;
  private final MemoryTiming data;
  private final List<MemoryMap.Region> regions;
  private final int[] first;
  private final int[] bytes;
  private final long[] reads;
  private final long[] writes;
  private final long[] readBytes;
  private final long[] writeBytes;
  private Meter meter = new Meter();
  private final boolean[] timed;
  private final boolean unified;
  private final int repeatableBytes;
  private int lastBlock;
  private int last;
  private long unalignedAccesses;
  private long unalignedCycles;
  private long dataStallCycles;

  /** Observes a machine with these memories, timed by this geometry. */
  public MemoryObserver(MemoryMap map, MemoryGeometry geometry, CorePipeline pipeline) {
    this.pipeline = pipeline;
    this.geometry = geometry;
    this.code = new CliffDetector(geometry);
    this.data = new MemoryTiming(geometry);
    this.regions = map.regions();
    int count = regions.size();
    first = regions.stream().mapToInt(MemoryMap.Region::address).toArray();
    bytes = regions.stream().mapToInt(region -> (int) region.bytes()).toArray();
    reads = new long[count];
    writes = new long[count];
    readBytes = new long[count];
    writeBytes = new long[count];
    unified = geometry.unified();
    repeatableBytes = repeatableBytes(geometry);
    timed = new boolean[count];
    for (int i = 0; i < count; i++) {
      timed[i] = isTimed(regions.get(i), geometry);
    }
  }

  /** Sets whose time the stalls are added to. */
  public void setMeter(Meter newMeter) {
    meter = newMeter;
  }

  /**
   * Bytes of a block that is surely found in the code cache when it is executed again right away:
   * with least recently used lines, a second pass over what fits changes nothing. Data must not
   * come between.
   */
  private static int repeatableBytes(MemoryGeometry geometry) {
    if (geometry.codeCache().isEmpty()
        || geometry.unified()
        || geometry.lineCrossingCycles() != 0) {
      return 0;
    }
    CacheGeometry cache = geometry.codeCache().get();
    int smallest = cache.lines() + CliffDetector.LINES_ADDED.getFirst();
    boolean exact = cache.replacement() == CacheGeometry.Replacement.LEAST_RECENTLY_USED;
    return exact ? Math.max(0, smallest - 1) * cache.lineBytes() : 0;
  }

  /** Whether simulating data accesses to a memory can make a difference. */
  private static boolean isTimed(MemoryMap.Region region, MemoryGeometry geometry) {
    for (MemoryRegion timing : geometry.regions()) {
      if (timing.contains(Integer.toUnsignedLong(region.address()))) {
        return timing.readCycles() != 0 || timing.writeCycles() != 0 || timing.dataCached();
      }
    }
    return false;
  }

  @Override
  public int fetch(Block block) {
    int size = block.code().sizeBytes();
    if (block.id() == lastBlock && size <= repeatableBytes) {
      return 0;
    }
    lastBlock = block.id();
    return code.fetch(block.address(), size, block.cycles());
  }

  @Override
  public void access(int address, int size, boolean write) {
    int region = regionOf(address);
    if (region == NO_REGION) {
      return;
    }
    if (write) {
      writes[region]++;
      writeBytes[region] += size;
    } else {
      reads[region]++;
      readBytes[region] += size;
    }
    int stall = 0;
    if ((address & (size - 1)) != 0) {
      int penalty = pipeline.unalignedCycles(address, size, write);
      unalignedAccesses++;
      unalignedCycles += penalty;
      stall += penalty;
    }
    if (timed[region]) {
      int waited = waitFor(address, size, write);
      dataStallCycles += waited;
      stall += waited;
    }
    if (stall != 0) {
      meter.advance(stall);
    }
  }

  private int waitFor(int address, int size, boolean write) {
    if (unified) {
      return write ? code.write(address, size) : code.read(address, size);
    }
    return write ? data.write(address, size) : data.read(address, size);
  }

  private int regionOf(int address) {
    if (Integer.compareUnsigned(address - first[last], bytes[last]) < 0) {
      return last;
    }
    for (int i = 0; i < first.length; i++) {
      if (Integer.compareUnsigned(address - first[i], bytes[i]) < 0) {
        last = i;
        return i;
      }
    }
    return NO_REGION;
  }

  /** What a memory was used for. */
  public record Traffic(String region, long reads, long writes, long readBytes, long writeBytes) {}

  /** Data accesses by memory, those never touched left out. */
  public List<Traffic> traffic() {
    return allTraffic().stream().filter(t -> t.reads() + t.writes() > 0).toList();
  }

  /** Data accesses by memory, one entry for each memory of the map. */
  public List<Traffic> allTraffic() {
    List<Traffic> all = new ArrayList<>();
    for (int i = 0; i < reads.length; i++) {
      String name = regions.get(i).name();
      all.add(new Traffic(name, reads[i], writes[i], readBytes[i], writeBytes[i]));
    }
    return all;
  }

  /** Where time was spent waiting. */
  public Stalls stalls() {
    MemoryStatistics fetching = code.statistics();
    long missing = geometry.unified() ? fetching.dataMisses() : data.statistics().dataMisses();
    return new Stalls(
        fetching.codeStallCycles(),
        fetching.codeMisses(),
        dataStallCycles,
        missing,
        unalignedAccesses,
        unalignedCycles,
        code.interval());
  }

  /**
   * Cycles of waiting for memory.
   *
   * @param codeCycles for instructions
   * @param codeMisses reads of the memory for instructions
   * @param dataCycles for data
   * @param dataMisses reads of the memory for data
   * @param unalignedAccesses accesses not aligned to their width
   * @param unalignedCycles what they added
   * @param cliff the stalls with a cache of a few lines more and fewer
   */
  public record Stalls(
      long codeCycles,
      long codeMisses,
      long dataCycles,
      long dataMisses,
      long unalignedAccesses,
      long unalignedCycles,
      CliffDetector.StallInterval cliff) {}
}
