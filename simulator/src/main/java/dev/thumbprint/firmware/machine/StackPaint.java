package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.Engine;
import java.util.Arrays;

/**
 * Finds how deep a stack went: memory is filled with a pattern, and what is left of it was not
 * used.
 */
final class StackPaint {
  private static final byte PAINT = (byte) 0xa5;

  /** A stretch of paint this long ends the stack: frames may leave shorter holes. */
  private static final int HOLE_BYTES = 256;

  private final Engine engine;
  private final int bottom;
  private final int top;

  /**
   * Paints the region of RAM below the initial stack pointer, if it is one.
   *
   * @param staticsEnd where static data end: they keep their zeros, so that a function can be
   *     called without start-up code; 0 where it is not known
   */
  StackPaint(Engine engine, MemoryMap map, int stackTop, int staticsEnd) {
    this.engine = engine;
    this.top = stackTop;
    int found = stackTop;
    for (MemoryMap.Region region : map.regions()) {
      if (region.writable() && region.contains(stackTop - 1)) {
        boolean below =
            region.contains(staticsEnd) && Integer.compareUnsigned(staticsEnd, stackTop) <= 0;
        found = below ? staticsEnd : region.address();
        byte[] paint = new byte[stackTop - found];
        Arrays.fill(paint, PAINT);
        engine.write(found, paint);
      }
    }
    this.bottom = found;
  }

  /**
   * Bytes from an address up to the first long stretch that was not written; 0 for an address
   * outside of what was painted.
   */
  int usedBytesFrom(int address) {
    int from = address - bottom;
    if (from < 0 || address - top >= 0) {
      return 0;
    }
    byte[] memory = engine.read(bottom, top - bottom);
    int painted = 0;
    for (int i = from; i < memory.length; i++) {
      painted = memory[i] == PAINT ? painted + 1 : 0;
      if (painted == HOLE_BYTES) {
        return i + 1 - HOLE_BYTES - from;
      }
    }
    return 0;
  }

  int usedBytes() {
    if (bottom == top) {
      return 0;
    }
    byte[] memory = engine.read(bottom, top - bottom);
    int painted = 0;
    for (int i = memory.length - 1; i >= 0; i--) {
      painted = memory[i] == PAINT ? painted + 1 : 0;
      if (painted == HOLE_BYTES) {
        return memory.length - i - HOLE_BYTES;
      }
    }
    return memory.length - painted;
  }
}
