package dev.thumbprint.memory;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The arena of a model as TensorFlow Lite Micro lays it out, to the byte.
 *
 * @param model name of the model
 * @param build runtime that was planned for
 * @param buffers head of the arena: tensors and scratch buffers in the order in which the runtime
 *     hands them to its planner
 * @param tail tail of the arena, in the order of allocation
 * @param steps what happens in each step of the lifetimes, step 0 being the inputs
 * @param headBytes bytes of the head after planning
 * @param minimumArenaBytes smallest arena, a multiple of 4 that starts at a multiple of 16, in
 *     which preparation succeeds
 * @param arenaBytesToAllocate smallest multiple of 16 at which preparation succeeds and goes on
 *     succeeding for larger arenas; the array has to start at a multiple of 16
 * @param unknown operators whose allocations are not known, so that all figures are lower bounds
 */
public record MemoryPlan(
    String model,
    RuntimeBuild build,
    List<PlannedBuffer> buffers,
    List<TailEntry> tail,
    List<String> steps,
    long headBytes,
    long minimumArenaBytes,
    long arenaBytesToAllocate,
    List<String> unknown) {

  public MemoryPlan {
    buffers = List.copyOf(buffers);
    tail = List.copyOf(tail);
    steps = List.copyOf(steps);
    unknown = List.copyOf(unknown);
  }

  /** Bytes of the tail. */
  public long tailBytes() {
    return tail.stream().mapToLong(TailEntry::usedBytes).sum();
  }

  /**
   * What {@code MicroInterpreter::arena_used_bytes()} returns, for an arena that starts and ends at
   * a multiple of 16.
   */
  public long arenaUsedBytes() {
    return headBytes + tailBytes();
  }

  /** Whether every operator's allocations are known. */
  public boolean complete() {
    return unknown.isEmpty();
  }

  /**
   * Pairs of buffers that share bytes in some step in which both are alive, other than the one in
   * which the first is read for the last time and the second is written: only a prescribed plan can
   * do that, and it is right only where both hold the same values.
   */
  public List<SharedBytes> sharedBytes() {
    List<SharedBytes> pairs = new ArrayList<>();
    for (PlannedBuffer prescribed : buffers) {
      if (prescribed.request().offlineOffset() != BufferRequest.ONLINE && prescribed.first() >= 0) {
        for (PlannedBuffer other : buffers) {
          boolean twice =
              other.request().offlineOffset() != BufferRequest.ONLINE
                  && other.tensor() >= prescribed.tensor();
          if (other.first() >= 0 && !twice && meet(prescribed, other)) {
            pairs.add(new SharedBytes(other, prescribed));
          }
        }
      }
    }
    return pairs;
  }

  /** Two buffers that share bytes while both are alive. */
  public record SharedBytes(PlannedBuffer one, PlannedBuffer other) {}

  private static boolean meet(PlannedBuffer a, PlannedBuffer b) {
    boolean bytes = a.offset() < b.offset() + b.bytes() && b.offset() < a.offset() + a.bytes();
    int steps = Math.min(a.last(), b.last()) - Math.max(a.first(), b.first());
    boolean handedOver = steps == 0 && (a.last() == b.first() || b.last() == a.first());
    return bytes && steps >= 0 && !handedOver;
  }

  /** Bytes of tensors and scratch buffers that are alive in {@code step}. */
  public long liveBytesAt(int step) {
    return buffers.stream()
        .filter(buffer -> buffer.aliveAt(step))
        .mapToLong(buffer -> buffer.request().bytes())
        .sum();
  }

  /** Bytes alive in each step. */
  public long[] liveBytes() {
    long[] change = new long[steps.size() + 1];
    for (PlannedBuffer buffer : buffers) {
      if (buffer.first() >= 0) {
        change[buffer.first()] += buffer.request().bytes();
        change[buffer.last() + 1] -= buffer.request().bytes();
      }
    }
    long[] live = new long[steps.size()];
    long sum = 0;
    for (int step = 0; step < live.length; step++) {
      sum += change[step];
      live[step] = sum;
    }
    return live;
  }

  /** The first of the steps in which most bytes are alive. */
  public int peakStep() {
    long[] live = liveBytes();
    int peak = 0;
    for (int step = 1; step < live.length; step++) {
      if (live[step] > live[peak]) {
        peak = step;
      }
    }
    return peak;
  }

  /** Most bytes alive in one step: no placement of the same buffers needs less. */
  public long lowestPossibleHeadBytes() {
    return steps.isEmpty() ? 0 : liveBytes()[peakStep()];
  }

  /** The tail by category: bytes asked for, bytes used, number of allocations. */
  public Map<TailEntry.Category, TailSum> tailByCategory() {
    Map<TailEntry.Category, TailSum> sums = new EnumMap<>(TailEntry.Category.class);
    for (TailEntry entry : tail) {
      sums.merge(
          entry.category(),
          new TailSum(entry.requestedBytes(), entry.usedBytes(), 1),
          TailSum::plus);
    }
    return sums;
  }

  /**
   * Total of one category of the tail.
   *
   * @param requestedBytes bytes asked for
   * @param usedBytes bytes with the padding for alignment
   * @param count number of allocations
   */
  public record TailSum(long requestedBytes, long usedBytes, int count) {
    TailSum plus(TailSum other) {
      return new TailSum(
          requestedBytes + other.requestedBytes, usedBytes + other.usedBytes, count + other.count);
    }
  }
}
