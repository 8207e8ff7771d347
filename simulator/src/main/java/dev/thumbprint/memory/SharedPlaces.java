package dev.thumbprint.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Offsets for a plan in which some buffers take the place of others. */
final class SharedPlaces {
  private SharedPlaces() {}

  /**
   * The best offsets found, in the order of the plan's buffers.
   *
   * @param pairs for some buffers the earlier one whose place they take, by position
   */
  static long[] offsets(MemoryPlan plan, Map<Integer, Integer> pairs) {
    int count = plan.buffers().size();
    int[] place = new int[count];
    List<BufferRequest> merged = new ArrayList<>();
    Arrays.fill(place, -1);
    for (int i = 0; i < count; i++) {
      if (place[root(i, pairs)] < 0) {
        place[root(i, pairs)] = merged.size();
        merged.add(plan.buffers().get(i).request());
      } else {
        int shared = place[root(i, pairs)];
        merged.set(shared, merge(merged.get(shared), plan.buffers().get(i).request()));
      }
    }
    long[] found = OffsetSearch.best(merged);
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = found[place[root(i, pairs)]];
    }
    return offsets;
  }

  private static int root(int buffer, Map<Integer, Integer> pairs) {
    int root = buffer;
    for (Integer next = pairs.get(root); next != null; next = pairs.get(root)) {
      root = next;
    }
    return root;
  }

  private static BufferRequest merge(BufferRequest a, BufferRequest b) {
    return BufferRequest.online(
        Math.max(a.bytes(), b.bytes()),
        Math.min(a.first(), b.first()),
        Math.max(a.last(), b.last()));
  }
}
