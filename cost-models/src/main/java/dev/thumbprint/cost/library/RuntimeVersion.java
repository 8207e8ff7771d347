package dev.thumbprint.cost.library;

import java.util.Arrays;
import java.util.List;

/**
 * The version of a closed runtime, such as {@code 8.1.0} or {@code 2022-10}, as its numbers from
 * the most significant on. What follows a number that is none, such as the name of a variant,
 * counts last.
 *
 * @param numbers the numbers, empty where none is told
 * @param variant the rest
 */
public record RuntimeVersion(List<Long> numbers, String variant)
    implements Comparable<RuntimeVersion> {
  private static final int DIGITS_MAX = 9;

  public RuntimeVersion {
    numbers = List.copyOf(numbers);
  }

  /** The version of a library. */
  public static RuntimeVersion of(LibraryId id) {
    return of(id.generation());
  }

  /** Reads a version. */
  public static RuntimeVersion of(String text) {
    String[] parts = text.split("[.-]", -1);
    int size = 0;
    while (size < parts.length && parts[size].matches("\\d{1," + DIGITS_MAX + "}")) {
      size++;
    }
    List<Long> numbers = Arrays.stream(parts).limit(size).map(Long::parseLong).toList();
    return new RuntimeVersion(
        numbers, String.join("-", List.of(parts).subList(size, parts.length)));
  }

  /** Whether this version says less than another and nothing else: 8.1 of 8.1.0. */
  public boolean leavesOpen(RuntimeVersion other) {
    return variant.equals(other.variant)
        && numbers.size() <= other.numbers.size()
        && numbers.equals(other.numbers.subList(0, numbers.size()));
  }

  /** Whether both are of one release, patches apart: 8.0.0 and 8.0.1. */
  public boolean isOfReleaseOf(RuntimeVersion other) {
    int told = 2;
    return numbers.size() > told
        && other.numbers.size() > told
        && variant.equals(other.variant)
        && numbers.subList(0, told).equals(other.numbers.subList(0, told));
  }

  @Override
  public int compareTo(RuntimeVersion other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int order = Long.compare(number(i), other.number(i));
      if (order != 0) {
        return order;
      }
    }
    return variant.compareTo(other.variant);
  }

  private long number(int index) {
    return index < numbers.size() ? numbers.get(index) : 0;
  }
}
