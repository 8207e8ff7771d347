package dev.thumbprint.memory;

/** A memory question that cannot be answered; the message tells the user why and what to do. */
public final class MemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for the user. */
  public MemoryException(String message) {
    super(message);
  }
}
