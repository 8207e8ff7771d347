package dev.thumbprint.cost.board;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * External memory that code and weights can be read from in place.
 *
 * @param bytes size
 * @param bus kind of bus, such as {@code QSPI}
 * @param clockHz clock of the bus, where known
 * @param dataBits data lines, where known
 * @param source where the numbers come from
 */
public record ExternalFlash(
    long bytes, String bus, OptionalLong clockHz, OptionalInt dataBits, Citation source) {}
