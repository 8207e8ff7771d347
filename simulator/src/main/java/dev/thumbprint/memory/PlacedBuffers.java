package dev.thumbprint.memory;

import java.util.Arrays;
import java.util.List;

/**
 * Buffers that have their place, found again by the steps in which they are alive: a tree over the
 * steps, in which each buffer stands at the few nodes that make up its lifetime. A chain of
 * operators then costs a logarithm for each buffer, where one list of all would cost their number.
 */
final class PlacedBuffers {
  /** Buffers looked at over a whole plan, beyond which it is refused: some minutes of work. */
  private static final long LOOKS_MAX = 4_000_000_000L;

  /** Bits of a sort key that number the buffers in the order of their placement. */
  private static final int ORDER_BITS = 24;

  private static final long ORDER_MASK = (1L << ORDER_BITS) - 1;

  private final List<BufferRequest> requests;
  private final long[] offsets;
  private final int leaves;
  private final int[][] nodes;
  private final int[] here;
  private final int[] below;
  private final int[] placement;
  private int count;
  private long[] keys = new long[64];
  private int found;
  private long looks;

  PlacedBuffers(List<BufferRequest> requests, long[] offsets) {
    this.requests = requests;
    this.offsets = offsets;
    int steps = requests.stream().mapToInt(BufferRequest::last).max().orElse(0) + 2;
    leaves = Math.max(1, Integer.highestOneBit(Math.max(1, steps - 1)) << 1);
    nodes = new int[2 * leaves][];
    here = new int[2 * leaves];
    below = new int[2 * leaves];
    placement = new int[requests.size()];
  }

  /** Adds a buffer at its offset. */
  void add(int id) {
    placement[count] = id;
    insert(1, 0, leaves, requests.get(id).first() + 1, requests.get(id).last() + 2, count);
    count++;
  }

  private void insert(int node, int from, int to, int first, int end, int order) {
    if (first >= to || end <= from) {
      return;
    }
    if (first <= from && to <= end) {
      if (nodes[node] == null) {
        nodes[node] = new int[2];
      } else if (here[node] == nodes[node].length) {
        nodes[node] = Arrays.copyOf(nodes[node], 2 * here[node]);
      }
      nodes[node][here[node]++] = order;
      return;
    }
    below[node]++;
    int middle = (from + to) >>> 1;
    insert(2 * node, from, middle, first, end, order);
    insert(2 * node + 1, middle, to, first, end, order);
  }

  /**
   * The placed buffers that share a step with {@code wanted}, by offset and then in the order of
   * their placement; some may be listed twice.
   *
   * @throws MemoryException if so many are alive at once that the plan would take too long
   */
  int[] alongside(BufferRequest wanted) {
    found = 0;
    collect(1, 0, leaves, wanted.first() + 1, wanted.last() + 2);
    looks += found;
    if (looks > LOOKS_MAX) {
      throw new MemoryException(
          "the arena of %d buffers cannot be planned: too many are alive at once"
              .formatted(requests.size()));
    }
    Arrays.sort(keys, 0, found);
    int[] ids = new int[found];
    for (int i = 0; i < found; i++) {
      ids[i] = placement[(int) (keys[i] & ORDER_MASK)];
    }
    return ids;
  }

  private void collect(int node, int from, int to, int first, int end) {
    if (first >= to || end <= from) {
      return;
    }
    for (int i = 0; i < here[node]; i++) {
      int order = nodes[node][i];
      if (found == keys.length) {
        keys = Arrays.copyOf(keys, 2 * found);
      }
      keys[found++] = (offsets[placement[order]] << ORDER_BITS) | order;
    }
    if (below[node] > 0) {
      int middle = (from + to) >>> 1;
      collect(2 * node, from, middle, first, end);
      collect(2 * node + 1, middle, to, first, end);
    }
  }
}
