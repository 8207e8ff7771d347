package dev.thumbprint.cost.board;

import java.util.List;
import java.util.OptionalInt;

/**
 * Flash wait states by clock, for a range of the supply voltage.
 *
 * @param mode name of the mode, such as {@code range 1} or {@code VOS1}
 * @param voltsMin lowest supply voltage of this table
 * @param voltsMax highest supply voltage of this table
 * @param limits highest flash clock for each number of wait states, rising in both
 * @param source where the numbers come from
 */
public record WaitStates(
    String mode, double voltsMin, double voltsMax, List<Limit> limits, Citation source) {

  public WaitStates {
    limits = List.copyOf(limits);
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("no wait states in mode " + mode);
    }
    for (int i = 1; i < limits.size(); i++) {
      if (limits.get(i).waitStates() <= limits.get(i - 1).waitStates()
          || limits.get(i).clockHzMax() <= limits.get(i - 1).clockHzMax()) {
        throw new IllegalArgumentException(
            "wait states and clocks have to rise in mode %s, found %s after %s"
                .formatted(mode, limits.get(i), limits.get(i - 1)));
      }
    }
  }

  /**
   * The clock up to which a number of wait states suffices.
   *
   * @param waitStates extra flash clock cycles per read, from 0
   * @param clockHzMax highest clock of the flash, bound included
   */
  public record Limit(int waitStates, long clockHzMax) {}

  /** Whether this table holds at a supply voltage. */
  public boolean holdsAt(double volts) {
    return voltsMin <= volts && volts <= voltsMax;
  }

  /** Highest clock of this table. */
  public long clockHzMax() {
    return limits.getLast().clockHzMax();
  }

  /** Fewest wait states at a flash clock, or empty above the highest clock of this table. */
  public OptionalInt at(long clockHz) {
    return limits.stream()
        .filter(limit -> clockHz <= limit.clockHzMax())
        .mapToInt(Limit::waitStates)
        .findFirst();
  }
}
