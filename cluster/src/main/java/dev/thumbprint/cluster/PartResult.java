package dev.thumbprint.cluster;

import dev.thumbprint.explore.engine.Tally;
import java.io.Serializable;

/**
 * A part of a space, priced: its rows as CSV, and what became of them.
 *
 * @param part number of the part
 * @param text lines in UTF-8
 * @param tally counts and front
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once
record PartResult(long part, byte[] text, Tally tally) implements Serializable {}
