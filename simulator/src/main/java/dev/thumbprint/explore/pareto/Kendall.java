package dev.thumbprint.explore.pareto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Kendall's tau-b of one ranking against many others, in n log n steps each (W. R. Knight, A
 * computer method for calculating Kendall's tau with ungrouped data, JASA 61, 1966). Not for
 * several threads.
 */
final class Kendall {
  private final double[] own;
  private final int[] order;
  private final long untied;
  private final double[] sorted;
  private final double[] scratch;

  /** A ranking by some values. */
  Kendall(double[] own) {
    this.own = own.clone();
    this.order =
        IntStream.range(0, own.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> own[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.sorted = new double[own.length];
    this.scratch = new double[own.length];
    this.untied = pairs(own.length) - ties(IntStream.of(order).mapToDouble(i -> own[i]).toArray());
  }

  /**
   * Pairs in the same order less pairs in the other, over the geometric mean of the untied pairs of
   * both; NaN where one of the two ties all.
   */
  double tau(double[] other) {
    int size = own.length;
    long bothTied = 0;
    for (int from = 0; from < size; ) {
      int to = from;
      while (to < size && own[order[to]] == own[order[from]]) {
        sorted[to] = other[order[to]];
        to++;
      }
      // Within a tie the other's order counts for nothing: ascending has no inversions.
      Arrays.sort(sorted, from, to);
      bothTied += ties(Arrays.copyOfRange(sorted, from, to));
      from = to;
    }
    long inversions = inversions(0, size);
    long otherTied = ties(sorted);
    long ownTied = pairs(size) - untied;
    long balance = pairs(size) - ownTied - otherTied + bothTied - 2 * inversions;
    return balance / Math.sqrt((double) untied * (pairs(size) - otherTied));
  }

  private static long pairs(long size) {
    return size * (size - 1) / 2;
  }

  /** Pairs of equal values among sorted ones. */
  private static long ties(double[] ascending) {
    long ties = 0;
    int run = 0;
    for (int i = 1; i < ascending.length; i++) {
      run = ascending[i] == ascending[i - 1] ? run + 1 : 0;
      ties += run;
    }
    return ties;
  }

  /** Sorts a part by merging; counts the pairs that were the wrong way round. */
  private long inversions(int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long count = inversions(from, middle) + inversions(middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      if (right == to || (left < middle && sorted[left] <= sorted[right])) {
        scratch[i] = sorted[left++];
      } else {
        scratch[i] = sorted[right++];
        count += middle - left;
      }
    }
    System.arraycopy(scratch, from, sorted, from, to - from);
    return count;
  }
}
