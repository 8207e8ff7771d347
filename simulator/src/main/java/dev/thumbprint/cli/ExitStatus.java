package dev.thumbprint.cli;

/** Exit statuses; part of the interface that other programs rely on. */
public final class ExitStatus {
  /** Everything was done. */
  public static final int FINE = 0;

  /** The command ran, but a limit or threshold failed. */
  public static final int LIMIT_FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** An input is unreadable, damaged or holds something unsupported. */
  public static final int BAD_INPUT = 3;

  /** A bug of ours. */
  public static final int BUG = 70;

  private ExitStatus() {}
}
