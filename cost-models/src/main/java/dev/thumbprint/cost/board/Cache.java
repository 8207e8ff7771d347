package dev.thumbprint.cost.board;

import java.util.OptionalInt;

/**
 * A cache between the core and a memory.
 *
 * @param name name in the reference manual
 * @param place what it stands in front of
 * @param holds what it keeps
 * @param bytes size
 * @param lineBytes bytes of a line, where known
 * @param ways lines that one address may occupy, where known; all of them if fully associative
 * @param source where the numbers come from
 */
public record Cache(
    String name,
    Place place,
    Holds holds,
    long bytes,
    OptionalInt lineBytes,
    OptionalInt ways,
    Citation source) {

  /** What a cache stands in front of. */
  public enum Place {
    /** Level-1 cache of the core: everything outside the tightly coupled memories. */
    CORE,
    /** Internal flash alone. */
    FLASH,
    /** External memory that code runs from. */
    XIP
  }

  /** What a cache keeps. */
  public enum Holds {
    INSTRUCTIONS,
    DATA,
    /** Instructions and data in one. */
    BOTH
  }
}
