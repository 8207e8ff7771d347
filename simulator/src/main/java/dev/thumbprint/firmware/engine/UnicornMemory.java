package dev.thumbprint.firmware.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory mapped into one engine: it belongs to Java, so that reading it needs no native call.
 */
final class UnicornMemory {
  /** Unicorn maps whole pages of this size, whatever the page size of the processor. */
  static final int PAGE_BYTES = 4096;

  private record Region(long address, MemorySegment memory) {
    boolean contains(long first, long bytes) {
      return first >= address && first + bytes <= address + memory.byteSize();
    }

    boolean overlaps(long first, long bytes) {
      return first < address + memory.byteSize() && address < first + bytes;
    }
  }

  private final Arena arena;
  private final List<Region> regions = new ArrayList<>();

  UnicornMemory(Arena arena) {
    this.arena = arena;
  }

  /** Allocates zeroed memory for an address; the caller maps it. */
  MemorySegment add(long address, long bytes) {
    requirePages(address, bytes);
    requireFree(address, bytes);
    MemorySegment memory = arena.allocate(bytes, PAGE_BYTES);
    regions.add(new Region(address, memory));
    return memory;
  }

  /** Finds the memory at {@code original} and remembers it under a second address. */
  MemorySegment alias(long address, long original, long bytes) {
    requirePages(address, bytes);
    requireFree(address, bytes);
    MemorySegment memory = find(original, bytes);
    regions.add(new Region(address, memory));
    return memory;
  }

  /** Whether memory is there without a gap; mappings that follow each other count as one. */
  boolean contains(long address, long bytes) {
    long at = address;
    do {
      Region region = regionAt(at);
      if (region == null) {
        return false;
      }
      at = region.address + region.memory.byteSize();
    } while (at < address + bytes);
    return true;
  }

  private Region regionAt(long address) {
    for (Region region : regions) {
      if (region.contains(address, 1)) {
        return region;
      }
    }
    return null;
  }

  byte[] read(long address, int bytes) {
    byte[] found = new byte[bytes];
    for (int done = 0; done < bytes; ) {
      long at = address + done;
      Region region = regionAt(at);
      if (region == null) {
        throw missing(address, bytes);
      }
      long left = region.address + region.memory.byteSize() - at;
      int part = (int) Math.min(bytes - done, left);
      MemorySegment.copy(
          region.memory, ValueLayout.JAVA_BYTE, at - region.address, found, done, part);
      done += part;
    }
    return found;
  }

  MemorySegment find(long address, long bytes) {
    for (Region region : regions) {
      if (region.contains(address, bytes)) {
        return region.memory.asSlice(address - region.address, bytes);
      }
    }
    throw missing(address, bytes);
  }

  private static EngineException missing(long address, long bytes) {
    return new EngineException("no memory of %d bytes at 0x%08x".formatted(bytes, address));
  }

  static void requirePages(long address, long bytes) {
    if (bytes <= 0 || address % PAGE_BYTES != 0 || bytes % PAGE_BYTES != 0) {
      throw new EngineException(
          "0x%08x, %d bytes: address and size of a mapping must be multiples of %d"
              .formatted(address, bytes, PAGE_BYTES));
    }
  }

  private void requireFree(long address, long bytes) {
    for (Region region : regions) {
      if (region.overlaps(address, bytes)) {
        throw new EngineException(
            "the mapping at 0x%08x, %d bytes, overlaps the one at 0x%08x"
                .formatted(address, bytes, region.address));
      }
    }
  }
}
