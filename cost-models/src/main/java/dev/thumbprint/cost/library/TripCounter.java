package dev.thumbprint.cost.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects trips while a path is walked; terms of zero trips are left out. */
final class TripCounter {
  private final String path;
  private final String reason;
  private Term[] terms = new Term[12];
  private long[] counts = new long[12];
  private int size;
  private List<String> notes = List.of();
  private long weightWords;
  private long weightSetBytes = Long.MAX_VALUE;

  TripCounter(String path, String reason) {
    this.path = path;
    this.reason = reason;
    add(Term.OPERATOR, 1);
  }

  /** Adds trips of a term; call once per term. */
  TripCounter add(Term term, long count) {
    if (count > 0) {
      if (size == terms.length) {
        terms = Arrays.copyOf(terms, size * 2);
        counts = Arrays.copyOf(counts, size * 2);
      }
      terms[size] = term;
      counts[size++] = count;
    }
    return this;
  }

  /** Adds trips of a term that may have some already. */
  TripCounter more(Term term, long count) {
    for (int i = 0; i < size; i++) {
      if (terms[i] == term) {
        counts[i] += Math.max(0, count);
        return this;
      }
    }
    return add(term, count);
  }

  /**
   * Says how weights are read.
   *
   * @param words words of 32 bits, repeated reads included
   * @param setBytes bytes between two reads of one word; MAX_VALUE where each is read once
   */
  TripCounter weights(long words, long setBytes) {
    weightWords = words;
    weightSetBytes = setBytes;
    return this;
  }

  /** Adds words that are read once, in order, beside those told before. */
  TripCounter moreWeights(long words) {
    weightWords += words;
    return this;
  }

  /** Adds a remark for the reader. */
  TripCounter note(String text) {
    if (notes.isEmpty()) {
      notes = new ArrayList<>();
    }
    notes.add(text);
    return this;
  }

  Trips done() {
    return new Trips(
        path,
        reason,
        Arrays.copyOf(terms, size),
        Arrays.copyOf(counts, size),
        List.copyOf(notes),
        weightWords,
        weightSetBytes);
  }
}
