package dev.thumbprint.firmware.machine;

import java.util.List;

/**
 * How a run ended.
 *
 * @param ending what ended it
 * @param status exit status of the firmware, 0 unless it gave another
 * @param reason in words
 * @param pc where
 * @param place the same as function and source line
 * @param backtrace the functions that were active, innermost first
 */
public record Outcome(
    Ending ending, int status, String reason, int pc, String place, List<String> backtrace) {

  public Outcome {
    backtrace = List.copyOf(backtrace);
  }

  /** What can end a run. */
  public enum Ending {
    /** The firmware exited by semihosting or asked for a reset. */
    EXIT,
    /** The address or function that the run was to go up to was reached. */
    REACHED,
    /** A function that was called returned. */
    RETURNED,
    /** The firmware did something that the processor does not allow. */
    FAULT,
    /** Nothing can happen any more: an endless loop or a sleep without an interrupt to end it. */
    HANG,
    /** The budget was used up. */
    BUDGET
  }

  /** Whether the run ended as it should. */
  public boolean fine() {
    return status == 0
        && (ending == Ending.EXIT || ending == Ending.REACHED || ending == Ending.RETURNED);
  }
}
