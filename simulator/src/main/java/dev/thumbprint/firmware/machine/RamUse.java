package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.Symbol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How much of RAM a program used: static data, heap and main stack. */
public final class RamUse {
  /** Names that linker scripts give to the end of static data, where a heap begins. */
  private static final List<String> STATICS_ENDS =
      List.of(
          "__HeapBase",
          "__heap_start",
          "__heap_start__",
          "_end",
          "end",
          "__end__",
          "_ebss",
          "__bss_end__",
          "__bss_end");

  /** Functions that make a heap grow. */
  private static final List<String> HEAP_USERS = List.of("_sbrk", "sbrk", "_sbrk_r", "malloc");

  private final MemoryMap map;
  private final Image image;
  private final StackPaint stackPaint;

  /** Paints RAM; to be called before the program is loaded. */
  RamUse(Engine engine, MemoryMap map, Image image, int stackTop) {
    this.map = map;
    this.image = image;
    stackPaint = new StackPaint(engine, map, stackTop, staticsEnd().map(Symbol::address).orElse(0));
  }

  /**
   * The most bytes that the main stack held: RAM is painted before the run, and what lies below the
   * stack's beginning is searched for the first stretch that still has its paint.
   */
  public long stackBytesMax() {
    return stackPaint.usedBytes();
  }

  /**
   * The most bytes that the heap held: what lies behind the static data, where the linker says that
   * it ends, up to the first stretch that still has its paint. Empty for a program without a heap.
   */
  public OptionalInt heapBytesMax() {
    boolean allocates =
        HEAP_USERS.stream().anyMatch(name -> image.symbols().find(name).isPresent());
    if (!allocates) {
      return OptionalInt.empty();
    }
    return staticsEnd()
        .map(symbol -> OptionalInt.of(stackPaint.usedBytesFrom(symbol.address())))
        .orElse(OptionalInt.empty());
  }

  /** Bytes from the beginning of RAM to the end of static data, where the linker says it. */
  public OptionalInt staticBytes() {
    Optional<Symbol> end = staticsEnd();
    return map.regions().stream()
        .filter(MemoryMap.Region::writable)
        .filter(region -> end.isPresent() && region.contains(end.get().address() - 1))
        .mapToInt(region -> end.get().address() - region.address())
        .findFirst();
  }

  private Optional<Symbol> staticsEnd() {
    return STATICS_ENDS.stream().flatMap(name -> image.symbols().find(name).stream()).findFirst();
  }
}
