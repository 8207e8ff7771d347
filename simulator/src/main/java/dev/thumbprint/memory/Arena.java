package dev.thumbprint.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * An arena of a given size on which the runtime's steps are repeated, without memory behind it.
 * Source: tensorflow/tflite-micro 90b983c2, arena_allocator/single_arena_buffer_allocator.cc.
 */
final class Arena {
  private final long size;
  private final List<TailEntry> entries = new ArrayList<>();
  private long tail;
  private long head;
  private long temporary;
  private String refusal = "";

  private Arena(long size) {
    this.size = size;
    this.tail = size;
  }

  /**
   * Runs the steps until one does not fit.
   *
   * @param bytes size of an arena that starts at a multiple of 16
   */
  static Arena run(List<ArenaStep> steps, long bytes) {
    Arena arena = new Arena(bytes);
    for (ArenaStep step : steps) {
      if (!arena.apply(step)) {
        break;
      }
    }
    return arena;
  }

  /** Whether every step fitted. */
  boolean fits() {
    return refusal.isEmpty();
  }

  /** What did not fit, empty where everything did. */
  String refusal() {
    return refusal;
  }

  List<TailEntry> entries() {
    return entries;
  }

  long tailBytes() {
    return size - tail;
  }

  long headBytes() {
    return Math.max(head, temporary);
  }

  private boolean apply(ArenaStep step) {
    return switch (step) {
      case ArenaStep.Tail t -> takeTail(t);
      case ArenaStep.Head h -> {
        head = h.bytes();
        temporary = head;
        yield head <= tail || refuse("head of %d bytes".formatted(head));
      }
      case ArenaStep.Temporary t -> {
        temporary = StructSizes.alignUp(temporary, StructSizes.WORD) + t.bytes();
        yield temporary <= tail || refuse("temporary structures");
      }
      case ArenaStep.DropTemporaries drop -> {
        temporary = head;
        yield true;
      }
      case ArenaStep.Plan p -> {
        long room =
            StructSizes.alignDown(tail, StructSizes.ARENA_ALIGNMENT)
                - StructSizes.alignUp(temporary, StructSizes.ARENA_ALIGNMENT);
        boolean fits = room >= 0 && room / StructSizes.PLANNER_PER_BUFFER >= p.buffers();
        yield fits || refuse("planning of %d buffers".formatted(p.buffers()));
      }
    };
  }

  private boolean takeTail(ArenaStep.Tail t) {
    long start = StructSizes.alignDown(tail - t.bytes(), t.alignment());
    if (start < head) {
      return refuse(t.what());
    }
    entries.add(new TailEntry(t.category(), t.what(), t.bytes(), t.alignment(), tail - start));
    tail = start;
    return true;
  }

  private boolean refuse(String what) {
    refusal = what;
    return false;
  }
}
