package dev.thumbprint.cost.board;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * External memory that code and weights can be read from in place.
 *
 * @param bytes size
 * @param bus kind of bus, such as {@code QSPI}
 * @param clockHz clock of the bus, where known
 * @param dataBits data lines, where known
 * @param read how a read goes over the bus, where known
 * @param source where the numbers come from
 */
public record ExternalFlash(
    long bytes,
    String bus,
    OptionalLong clockHz,
    OptionalInt dataBits,
    Optional<SerialRead> read,
    Citation source) {

  /**
   * How a memory on a serial bus is read when a cache misses.
   *
   * @param coreDivider cycles of the core in one of the bus, where the bus runs from the core's
   *     clock
   * @param setupClocks cycles of the bus before the first bit of data: command, address, mode bits
   *     and dummy cycles, and the pause between two reads
   * @param bytes that one read brings
   * @param prefetch whether the controller reads on by itself, so that bytes that are asked for in
   *     order come without another command
   * @param staysSelectedCycles cycles of the core after a read during which a read of the bytes
   *     that follow needs no command either; 0 where the memory is deselected at once
   * @param source where the numbers come from
   */
  public record SerialRead(
      OptionalInt coreDivider,
      double setupClocks,
      int bytes,
      boolean prefetch,
      int staysSelectedCycles,
      Citation source) {}
}
