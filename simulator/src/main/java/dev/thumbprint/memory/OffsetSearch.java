package dev.thumbprint.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Looks for a lower placement than the greedy planner's: several orders of placement, then random
 * changes of the best one, until the bytes alive at once show that nothing lower exists.
 */
final class OffsetSearch {
  /** Placements that are tried, for a graph of a hundred buffers; fewer for larger ones. */
  private static final long PLACEMENT_STEPS_MAX = 20_000_000;

  private static final int TRIES_MAX = 2_000;
  private static final long SEED = 20260820;

  private final List<BufferRequest> requests;
  private final long lowest;
  private long[] best;
  private long bestHeight;

  private OffsetSearch(List<BufferRequest> requests) {
    this.requests = requests;
    this.lowest = liveBytesMax(requests);
    this.best = GreedyPlanner.offsets(requests);
    this.bestHeight = GreedyPlanner.height(requests, best);
  }

  /** Offsets at most as high as the greedy planner's; the same for the same requests. */
  static long[] best(List<BufferRequest> requests) {
    OffsetSearch search = new OffsetSearch(requests);
    search.run();
    return search.best;
  }

  /** Most bytes alive in one step, below which no placement can go. */
  static long liveBytesMax(List<BufferRequest> requests) {
    int steps = requests.stream().mapToInt(BufferRequest::last).max().orElse(0) + 2;
    long[] change = new long[steps + 1];
    for (BufferRequest request : requests) {
      if (request.first() >= 0) {
        change[request.first()] += request.bytes();
        change[request.last() + 1] -= request.bytes();
      }
    }
    long live = 0;
    long most = 0;
    for (long delta : change) {
      live += delta;
      most = Math.max(most, live);
    }
    return most;
  }

  private void run() {
    if (bestHeight == lowest) {
      return;
    }
    Integer[] order = IntStream.range(0, requests.size()).boxed().toArray(Integer[]::new);
    Comparator<Integer> bySize = Comparator.comparingLong(i -> -requests.get(i).bytes());
    Comparator<Integer> byLength = Comparator.comparingInt(i -> -length(requests.get(i)));
    Comparator<Integer> byArea =
        Comparator.comparingLong(i -> -requests.get(i).bytes() * length(requests.get(i)));
    Comparator<Integer> byFirst = Comparator.comparingInt(i -> requests.get(i).first());
    Integer[] start = order;
    for (Comparator<Integer> comparator :
        List.of(
            bySize.thenComparing(byLength),
            bySize.thenComparing(byFirst),
            byLength.thenComparing(bySize),
            byArea,
            byFirst.thenComparing(bySize))) {
      Integer[] sorted = order.clone();
      Arrays.sort(sorted, comparator);
      if (attempt(sorted)) {
        start = sorted;
      }
    }
    if (start == order) {
      start = order.clone();
      Arrays.sort(start, bySize.thenComparing(byLength));
    }
    improve(start);
  }

  private void improve(Integer[] start) {
    SplittableRandom random = new SplittableRandom(SEED);
    long perTry = Math.max(1, (long) requests.size() * requests.size());
    long tries = Math.min(TRIES_MAX, PLACEMENT_STEPS_MAX / perTry);
    Integer[] current = start;
    for (long i = 0; i < tries && bestHeight > lowest; i++) {
      Integer[] changed = current.clone();
      int from = random.nextInt(changed.length);
      int to = random.nextInt(changed.length);
      Integer moved = changed[from];
      if (from < to) {
        System.arraycopy(changed, from + 1, changed, from, to - from);
      } else {
        System.arraycopy(changed, to, changed, to + 1, from - to);
      }
      changed[to] = moved;
      if (attempt(changed)) {
        current = changed;
      }
    }
  }

  private static int length(BufferRequest request) {
    return request.last() - request.first() + 1;
  }

  private boolean attempt(Integer[] order) {
    long[] offsets = GreedyPlanner.offsets(requests, order);
    long height = GreedyPlanner.height(requests, offsets);
    if (height >= bestHeight) {
      return false;
    }
    best = offsets;
    bestHeight = height;
    return true;
  }
}
