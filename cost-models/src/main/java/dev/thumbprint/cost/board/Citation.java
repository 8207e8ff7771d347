package dev.thumbprint.cost.board;

/**
 * Where the numbers of a block come from: document, repository and path, or measurement. A source
 * that was cited from memory and not opened says {@code unverified}.
 *
 * @param text the source in words
 */
public record Citation(String text) {

  /** Whether every source named was opened. */
  public boolean verified() {
    return !text.contains("unverified");
  }

  @Override
  public String toString() {
    return text;
  }
}
