package dev.thumbprint.memory;

import java.util.List;

/**
 * The smallest arena in which preparation succeeds. It can exceed what is used in the end, because
 * preparation stacks temporary structures and planning needs working memory of its own.
 */
final class SmallestArena {
  private SmallestArena() {}

  /**
   * The smallest multiple of 16 that fits, found by bisection: alignment costs the same in arenas
   * whose sizes differ by multiples of 16, so that a larger one of them fits as well.
   */
  static long toAllocate(List<ArenaStep> steps, Arena unlimited) {
    long low = 0;
    long high = fitting(steps, unlimited);
    while (high - low > StructSizes.ARENA_ALIGNMENT) {
      long middle = StructSizes.alignDown(low + (high - low) / 2, StructSizes.ARENA_ALIGNMENT);
      if (Arena.run(steps, middle).fits()) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static long fitting(List<ArenaStep> steps, Arena unlimited) {
    long size =
        StructSizes.alignUp(
            unlimited.headBytes() + unlimited.tailBytes(), StructSizes.ARENA_ALIGNMENT);
    while (!Arena.run(steps, size).fits()) {
      size *= 2;
    }
    return size;
  }

  /** The smallest multiple of 4 that fits, at most what is to be allocated. */
  static long minimum(List<ArenaStep> steps, Arena unlimited, long toAllocate) {
    long smallest = toAllocate;
    // Sizes that are no multiple of 16 pad differently, by less than 16 bytes an allocation group.
    for (long size = toAllocate - StructSizes.WORD; size >= 0; size -= StructSizes.WORD) {
      if (Arena.run(steps, size).fits()) {
        smallest = size;
      } else if (size < toAllocate - 4L * StructSizes.ARENA_ALIGNMENT) {
        break;
      }
    }
    return smallest;
  }
}
