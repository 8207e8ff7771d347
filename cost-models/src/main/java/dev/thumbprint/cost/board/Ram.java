package dev.thumbprint.cost.board;

import java.util.OptionalInt;

/**
 * A region of RAM.
 *
 * @param name name in the reference manual
 * @param bytes size
 * @param kind how it is attached
 * @param waitStates extra bus cycles of an access, where known
 * @param source where the numbers come from
 */
public record Ram(String name, long bytes, Kind kind, OptionalInt waitStates, Citation source) {

  /** How a RAM is attached. */
  public enum Kind {
    /** On the system bus. */
    SRAM,
    /** Tightly coupled, for data. */
    DTCM,
    /** Tightly coupled, for instructions. */
    ITCM
  }

  /** Whether the core reaches it without bus and cache. */
  public boolean tightlyCoupled() {
    return kind != Kind.SRAM;
  }
}
