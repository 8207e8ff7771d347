package dev.thumbprint.cost.library;

import java.util.Arrays;
import java.util.List;

/**
 * The decision of a kernel library about one layer: which path it takes, why, and how many trips of
 * each loop that means. Immutable.
 */
public final class Trips implements Decision {
  private final String path;
  private final String reason;
  private final Term[] terms;
  private final long[] counts;
  private final List<String> notes;
  private final long weightWords;
  private final long weightSetBytes;

  Trips(
      String path,
      String reason,
      Term[] terms,
      long[] counts,
      List<String> notes,
      long weightWords,
      long weightSetBytes) {
    this.path = path;
    this.reason = reason;
    this.terms = terms;
    this.counts = counts;
    this.notes = notes;
    this.weightWords = weightWords;
    this.weightSetBytes = weightSetBytes;
  }

  /** These and more trips of a term that they have none of. */
  Trips with(Term term, long count) {
    Term[] allTerms = Arrays.copyOf(terms, terms.length + 1);
    long[] allCounts = Arrays.copyOf(counts, counts.length + 1);
    allTerms[terms.length] = term;
    allCounts[counts.length] = count;
    return new Trips(path, reason, allTerms, allCounts, notes, weightWords, weightSetBytes);
  }

  /** These with a share of the trips of one term as trips of another, which they have none of. */
  Trips moved(Term from, Term to, double share) {
    long moved = Math.round(of(from) * share);
    long[] others = counts.clone();
    for (int i = 0; i < terms.length; i++) {
      others[i] -= terms[i] == from ? moved : 0;
    }
    return new Trips(path, reason, terms, others, notes, weightWords, weightSetBytes)
        .with(to, moved);
  }

  /** The path as the library names it, such as {@code convolve_s8/im2col}. */
  public String path() {
    return path;
  }

  /** Why this path is taken. */
  public String reason() {
    return reason;
  }

  /** What a reader should know of this layer on this path. */
  public List<String> notes() {
    return notes;
  }

  /** Words of 32 bits of weights that the loops read, repeated reads included. */
  public long weightWords() {
    return weightWords;
  }

  /**
   * Bytes of weights between two reads of the same word: a cache that holds them saves the repeated
   * reads. {@link Long#MAX_VALUE} where every word is read once.
   */
  public long weightSetBytes() {
    return weightSetBytes;
  }

  /** Number of different terms. */
  public int size() {
    return terms.length;
  }

  /** The term at a position below {@link #size()}. */
  public Term term(int index) {
    return terms[index];
  }

  /** The trips at a position below {@link #size()}; never negative. */
  public long count(int index) {
    return counts[index];
  }

  /** Trips of a term; 0 where the path has none. */
  public long of(Term term) {
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] == term) {
        return counts[i];
      }
    }
    return 0;
  }

  @Override
  public String toString() {
    return path + Arrays.toString(terms) + Arrays.toString(counts);
  }
}
