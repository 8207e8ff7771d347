package dev.thumbprint.cost.library;

/**
 * A kernel library and its generation, such as {@code cmsis-nn@2020-03}.
 *
 * @param family {@code cmsis-nn}, {@code tflm-reference} or another runtime
 * @param generation date or version, empty where it is not known
 */
public record LibraryId(String family, String generation) {

  /** Reads {@code family@generation} or {@code family} alone. */
  public static LibraryId parse(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? new LibraryId(text, "")
        : new LibraryId(text.substring(0, at), text.substring(at + 1));
  }

  /** Whether the generation is known. */
  public boolean dated() {
    return !generation.isEmpty();
  }

  @Override
  public String toString() {
    return dated() ? family + "@" + generation : family;
  }
}
