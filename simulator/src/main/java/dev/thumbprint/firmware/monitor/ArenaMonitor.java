package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.engine.AccessProbe;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.image.Symbols;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Watches the tensor arena of TensorFlow Lite Micro, an array that is called so. The runtime fills
 * it from both ends; what was never touched lies between. Start-up code, which clears the whole
 * array, does not count: watching begins with main.
 */
final class ArenaMonitor implements AccessProbe, CallStack.Listener {
  private static final int BYTES_MIN = 256;
  private static final int GRANULE_SHIFT = 4;

  private final Symbol arena;
  private final BitSet touched = new BitSet();

  private ArenaMonitor(Symbol arena) {
    this.arena = arena;
  }

  /** The largest array whose name says that it is an arena. */
  static Optional<ArenaMonitor> find(Symbols symbols) {
    return symbols.all().stream()
        .filter(symbol -> !symbol.function() && symbol.size() >= BYTES_MIN)
        .filter(symbol -> symbol.displayName().toLowerCase(Locale.ROOT).contains("arena"))
        .max((a, b) -> Integer.compare(a.size(), b.size()))
        .map(ArenaMonitor::new);
  }

  @Override
  public void access(int address, int size, boolean write) {
    int at = address - arena.address();
    if (at >= 0 && at < arena.size()) {
      touched.set(at >>> GRANULE_SHIFT, ((at + size - 1) >>> GRANULE_SHIFT) + 1);
    }
  }

  @Override
  public void begin(String function, long cycles) {
    if (function.equals("main")) {
      touched.clear();
    }
  }

  @Override
  public void end(long cycles) {}

  /** What was used so far. */
  MemoryUse.Arena use() {
    int granules = (arena.size() + (1 << GRANULE_SHIFT) - 1) >>> GRANULE_SHIFT;
    int longest = 0;
    for (int from = touched.nextClearBit(0); from < granules; ) {
      int next = touched.nextSetBit(from);
      int to = next < 0 || next > granules ? granules : next;
      longest = Math.max(longest, to - from);
      from = touched.nextClearBit(to);
    }
    int used = Math.max(0, arena.size() - (longest << GRANULE_SHIFT));
    return new MemoryUse.Arena(arena.displayName(), arena.size(), used);
  }
}
