package dev.thumbprint.validate;

/** A recording that cannot be priced; the message is the reason that is counted. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  Refused(String reason) {
    super(reason);
  }
}
