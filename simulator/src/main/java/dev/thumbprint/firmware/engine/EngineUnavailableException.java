package dev.thumbprint.firmware.engine;

/**
 * No library that can execute firmware could be loaded; the message says what was tried and what to
 * do.
 */
public final class EngineUnavailableException extends RuntimeException {
  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
