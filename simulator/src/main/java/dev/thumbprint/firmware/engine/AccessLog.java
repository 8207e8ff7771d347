package dev.thumbprint.firmware.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Data accesses that a {@link NativeAccessHook} wrote down since the last {@link #tell}, in program
 * order.
 */
final class AccessLog {
  /**
   * A translated block has at most 512 instructions (TCG_MAX_INSNS), each of at most 32 accesses
   * (VLDM of all registers); the log is read before each block.
   */
  private static final int CAPACITY = 512 * 32;

  private static final int SIZE_MASK = (1 << NativeAccessHook.TAG_SHIFT) - 1;
  private static final int TAG_MASK = ~(NativeAccessHook.WRITE_BIT | SIZE_MASK);

  private final Arena arena;
  private final MemorySegment log;
  private final List<AccessProbe> probes = new ArrayList<>();

  AccessLog(Arena arena) {
    this.arena = arena;
    long bytes = NativeAccessHook.ENTRIES + (long) CAPACITY * NativeAccessHook.ENTRY_BYTES;
    log = arena.allocate(bytes, NativeAccessHook.ENTRY_BYTES);
    log.set(JAVA_LONG, NativeAccessHook.CAPACITY, CAPACITY);
  }

  /** Adds a probe; the address that the hook needs to write for it. */
  long add(AccessProbe probe) {
    probes.add(probe);
    return NativeAccessHook.target(arena, log, probes.size() - 1).address();
  }

  /** Tells the probes what was written down. */
  void tell() {
    long count = log.get(JAVA_LONG, NativeAccessHook.COUNT);
    if (count != 0) {
      log.set(JAVA_LONG, NativeAccessHook.COUNT, 0);
      tell(count);
    }
  }

  private void tell(long count) {
    if (count > CAPACITY) {
      throw new EngineException(
          "a block made %d data accesses, expected at most %d".formatted(count, CAPACITY));
    }
    long end = NativeAccessHook.ENTRIES + count * NativeAccessHook.ENTRY_BYTES;
    for (long at = NativeAccessHook.ENTRIES; at < end; at += NativeAccessHook.ENTRY_BYTES) {
      int address = log.get(JAVA_INT, at);
      int kind = log.get(JAVA_INT, at + 4);
      AccessProbe probe = probes.get((kind & TAG_MASK) >>> NativeAccessHook.TAG_SHIFT);
      probe.access(address, kind & SIZE_MASK, (kind & NativeAccessHook.WRITE_BIT) != 0);
    }
  }
}
