package dev.thumbprint.firmware.machine;

import java.time.Duration;

/**
 * What a run may use before it is ended.
 *
 * @param instructions executed
 * @param cycles modelled, sleep included
 * @param wallTime of the computer that emulates
 */
public record Budget(long instructions, long cycles, Duration wallTime) {
  /** Ten billion instructions, a modelled day at 1 GHz, ten minutes. */
  public static final Budget USUAL =
      new Budget(10_000_000_000L, 86_400_000_000_000L, Duration.ofMinutes(10));

  /** This budget with another number of cycles. */
  public Budget withCycles(long number) {
    return new Budget(instructions, number, wallTime);
  }

  /** This budget with another wall time. */
  public Budget withWallTime(Duration time) {
    return new Budget(instructions, cycles, time);
  }

  /** This budget with another number of instructions. */
  public Budget withInstructions(long number) {
    return new Budget(number, cycles, wallTime);
  }
}
