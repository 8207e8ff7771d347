package dev.thumbprint.memory;

import java.util.ArrayDeque;
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
    Place[] roots = roots(count, places);
    for (int i = 0; i < count; i++) {
      Place root = roots[i];
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
    Place[] roots = roots(group.length, places);
    for (int i = 0; i < group.length; i++) {
      Place root = roots[i];
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

  /**
   * The outermost buffer of each, and where in it the buffer lies. Each step is taken once: in a
   * chain of operators that all work in place every buffer lies in the one before.
   */
  private static Place[] roots(int count, Map<Integer, Place> places) {
    Place[] roots = new Place[count];
    ArrayDeque<Integer> inner = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      int at = i;
      while (roots[at] == null && places.containsKey(at)) {
        inner.push(at);
        at = places.get(at).inside();
      }
      if (roots[at] == null) {
        roots[at] = Place.of(at);
      }
      while (!inner.isEmpty()) {
        Place outer = roots[at];
        at = inner.pop();
        roots[at] = new Place(outer.inside(), outer.offset() + places.get(at).offset());
      }
    }
    return roots;
  }

  private static BufferRequest merge(BufferRequest a, BufferRequest b) {
    return BufferRequest.online(
        Math.max(a.bytes(), b.bytes()),
        Math.min(a.first(), b.first()),
        Math.max(a.last(), b.last()));
  }
}
