package dev.thumbprint.cost.board;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Internal flash, or another non-volatile memory that code runs from.
 *
 * @param bytes size
 * @param readBits bits that one read delivers, where known
 * @param accelerator name of what stands between flash and core; {@code none} if there is nothing;
 *     empty where not known. Its memories are among the caches of the board.
 * @param prefetch whether the next line is read ahead
 * @param waitStates tables by supply voltage, preferred mode first; empty where not known
 * @param source where size and read width come from
 */
public record Flash(
    long bytes,
    OptionalInt readBits,
    Optional<String> accelerator,
    Prefetch prefetch,
    List<WaitStates> waitStates,
    Citation source) {

  public Flash {
    waitStates = List.copyOf(waitStates);
  }

  /** Whether the next flash line is read ahead, as the vendor's start-up code leaves it. */
  public enum Prefetch {
    ON,
    OFF,
    /** The part has no prefetch. */
    NONE,
    UNKNOWN
  }
}
