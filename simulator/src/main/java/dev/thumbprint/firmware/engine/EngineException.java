package dev.thumbprint.firmware.engine;

/** An engine was asked for something it cannot do; the message says what. */
public final class EngineException extends RuntimeException {
  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
