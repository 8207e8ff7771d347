package dev.thumbprint.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The greedy planner of TensorFlow Lite Micro: largest buffer first, each at the lowest gap that
 * lies between the buffers alive at the same time. Ties go to the buffer that was added last.
 * Source: tensorflow/tflite-micro 90b983c2, memory_planner/greedy_memory_planner.cc.
 */
public final class GreedyPlanner {
  private final List<BufferRequest> requests;
  private final long[] offsets;
  private final PlacedBuffers placed;

  private GreedyPlanner(List<BufferRequest> requests) {
    this.requests = requests;
    this.offsets = new long[requests.size()];
    this.placed = new PlacedBuffers(requests, offsets);
  }

  /** The offset of every buffer, in the order of the requests. */
  public static long[] offsets(List<BufferRequest> requests) {
    GreedyPlanner planner = new GreedyPlanner(requests);
    for (int id : placementOrder(requests)) {
      planner.place(id);
    }
    return planner.offsets;
  }

  /** Offsets when the buffers are placed in a given order, each in its lowest gap. */
  static long[] offsets(List<BufferRequest> requests, Integer[] order) {
    GreedyPlanner planner = new GreedyPlanner(requests);
    for (int id : order) {
      planner.place(id);
    }
    return planner.offsets;
  }

  /** The end of the highest buffer, 0 where there are none. */
  public static long height(List<BufferRequest> requests, long[] offsets) {
    long height = 0;
    for (int i = 0; i < offsets.length; i++) {
      height = Math.max(height, offsets[i] + requests.get(i).bytes());
    }
    return height;
  }

  /** Prescribed buffers first as they came, then by size; of equal sizes the later one. */
  private static int[] placementOrder(List<BufferRequest> requests) {
    int[] prescribed =
        IntStream.range(0, requests.size())
            .filter(i -> requests.get(i).offlineOffset() != BufferRequest.ONLINE)
            .toArray();
    int[] free =
        IntStream.range(0, requests.size())
            .filter(i -> requests.get(i).offlineOffset() == BufferRequest.ONLINE)
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer i) -> -requests.get(i).bytes())
                    .thenComparing(Comparator.reverseOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] order = Arrays.copyOf(prescribed, requests.size());
    System.arraycopy(free, 0, order, prescribed.length, free.length);
    return order;
  }

  private void place(int id) {
    BufferRequest wanted = requests.get(id);
    offsets[id] =
        wanted.offlineOffset() == BufferRequest.ONLINE ? lowestGap(wanted) : wanted.offlineOffset();
    placed.add(id);
  }

  private long lowestGap(BufferRequest wanted) {
    long candidate = 0;
    for (int id : placed.alongside(wanted)) {
      if (offsets[id] - candidate >= wanted.bytes()) {
        break;
      }
      candidate = Math.max(candidate, offsets[id] + requests.get(id).bytes());
    }
    return candidate;
  }
}
