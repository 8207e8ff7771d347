package dev.thumbprint.firmware.time;

import dev.thumbprint.cost.memory.MemoryEvents;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.cost.memory.MemoryRegion;
import dev.thumbprint.cost.memory.MemorySystem;
import dev.thumbprint.cost.memory.MemoryTiming;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.StallProbe;
import dev.thumbprint.firmware.engine.AccessProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the accesses of a program through several memory systems at once and counts what reaches the
 * memories, so that the run can be timed for each of them later. It adds no time to the run.
 */
public final class MemoryCounter implements StallProbe, AccessProbe {
  private static final int WIDTHS = 4;
  private static final int LOW_ADDRESSES = 8;
  private static final int MEGABYTE_SHIFT = 20;
  private static final int MEGABYTES = 1 << (Integer.SIZE - MEGABYTE_SHIFT);

  private record Counted(MemoryGeometry geometry, MemorySystem system, MemoryTiming timing) {}

  /**
   * Accesses that were not aligned to their width.
   *
   * @param widthBytes 2, 4 or 8
   * @param lowAddress address modulo 8
   * @param store whether memory was written
   * @param count how many
   */
  public record Unaligned(int widthBytes, int lowAddress, boolean store, long count) {}

  private final List<Counted> systems = new ArrayList<>();
  private final long[] unaligned = new long[2 * WIDTHS * LOW_ADDRESSES];

  /** Megabytes in which some system has a memory that may add cycles. */
  private final boolean[] slow = new boolean[MEGABYTES];

  /** Counts for geometries, each memory system once. */
  public MemoryCounter(List<MemoryGeometry> geometries) {
    for (MemoryGeometry geometry : geometries) {
      if (systems.stream().noneMatch(counted -> counted.system.isSystemOf(geometry))) {
        systems.add(new Counted(geometry, MemorySystem.of(geometry), new MemoryTiming(geometry)));
        markSlow(geometry);
      }
    }
  }

  private void markSlow(MemoryGeometry geometry) {
    for (MemoryRegion region : geometry.regions()) {
      if (!MemorySystem.isFast(region)) {
        int first = (int) (region.startAddress() >>> MEGABYTE_SHIFT);
        int last = (int) ((region.endAddress() - 1) >>> MEGABYTE_SHIFT);
        Arrays.fill(slow, first, last + 1, true);
      }
    }
  }

  @Override
  public int fetch(Block block) {
    for (Counted counted : systems) {
      counted.timing.fetch(block.address(), block.code().sizeBytes(), block.cycles());
    }
    return 0;
  }

  @Override
  public void access(int address, int size, boolean write) {
    if ((address & (size - 1)) != 0) {
      unaligned[index(Integer.numberOfTrailingZeros(size), address & 7, write)]++;
    }
    if (!slow[address >>> MEGABYTE_SHIFT]) {
      return;
    }
    for (Counted counted : systems) {
      if (write) {
        counted.timing.write(address, size);
      } else {
        counted.timing.read(address, size);
      }
    }
  }

  private static int index(int widthLog2, int low, boolean write) {
    return ((write ? WIDTHS : 0) + widthLog2) * LOW_ADDRESSES + low;
  }

  /** The memory systems that are counted. */
  public List<MemorySystem> systems() {
    return systems.stream().map(Counted::system).toList();
  }

  /** What happened in each of them so far. */
  public List<MemoryEvents> events() {
    return systems.stream()
        .map(counted -> counted.system.events(counted.geometry, counted.timing.events()))
        .toList();
  }

  /** Unaligned accesses so far, every kind, those that never happened too. */
  public List<Unaligned> unaligned() {
    List<Unaligned> all = new ArrayList<>();
    for (int store = 0; store < 2; store++) {
      for (int width = 1; width < WIDTHS; width++) {
        for (int low = 1; low < LOW_ADDRESSES; low++) {
          all.add(
              new Unaligned(1 << width, low, store == 1, unaligned[index(width, low, store == 1)]));
        }
      }
    }
    return all;
  }
}
