package dev.thumbprint.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Offsets for a plan in which some buffers lie inside others. */
final class SharedPlaces {
  private SharedPlaces() {}

  /**
   * Where a buffer lies inside another one.
   *
   * @param inside the other buffer, by position
   * @param offset byte of it at which the buffer begins, a multiple of 16
   */
  record Place(int inside, long offset) {
    static Place of(int inside) {
      return new Place(inside, 0);
    }
  }

  /**
   * The best offsets found, in the order of the plan's buffers.
   *
   * @param places for some buffers the one inside which they lie, by position; no cycles
   */
  static long[] offsets(MemoryPlan plan, Map<Integer, Place> places) {
    int count = plan.buffers().size();
    int[] group = new int[count];
    long[] found = OffsetSearch.best(merged(plan, places, group));
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      Place root = root(i, places);
      offsets[i] = found[group[root.inside()]] + root.offset();
    }
    return offsets;
  }

  /** Most bytes alive in one step, below which no placement can go. */
  static long lowestBytes(MemoryPlan plan, Map<Integer, Place> places) {
    return OffsetSearch.liveBytesMax(merged(plan, places, new int[plan.buffers().size()]));
  }

  /** One request for each buffer that lies in no other, with those inside it; their numbers. */
  private static List<BufferRequest> merged(
      MemoryPlan plan, Map<Integer, Place> places, int[] group) {
    List<BufferRequest> merged = new ArrayList<>();
    Arrays.fill(group, -1);
    for (int i = 0; i < group.length; i++) {
      Place root = root(i, places);
      BufferRequest own = plan.buffers().get(i).request();
      BufferRequest request =
          BufferRequest.online(root.offset() + own.bytes(), own.first(), own.last());
      if (group[root.inside()] < 0) {
        group[root.inside()] = merged.size();
        merged.add(request);
      } else {
        int shared = group[root.inside()];
        merged.set(shared, merge(merged.get(shared), request));
      }
    }
    return merged;
  }

  private static Place root(int buffer, Map<Integer, Place> places) {
    int root = buffer;
    long offset = 0;
    for (Place next = places.get(root); next != null; next = places.get(root)) {
      root = next.inside();
      offset += next.offset();
    }
    return new Place(root, offset);
  }

  private static BufferRequest merge(BufferRequest a, BufferRequest b) {
    return BufferRequest.online(
        Math.max(a.bytes(), b.bytes()),
        Math.min(a.first(), b.first()),
        Math.max(a.last(), b.last()));
  }
}
