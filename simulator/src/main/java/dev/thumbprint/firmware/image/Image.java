package dev.thumbprint.firmware.image;

import java.util.List;
import java.util.OptionalInt;

/**
 * A program to put into the memory of a microcontroller.
 *
 * @param name of the file, for messages
 * @param sha256 hash of the file in lower-case hex; empty for a program that was no file
 * @param segments what to write where, without overlap, in ascending order of unsigned addresses
 * @param occupied memory that the program says it takes while it runs, without bytes of its own
 *     included; empty where the file does not say
 * @param entry where a debugger would start it; empty where the file does not say. Hardware starts
 *     at the vector table
 * @param symbols names of functions and data; empty for HEX and raw binaries
 * @param lines source positions; empty without debug information
 */
public record Image(
    String name,
    String sha256,
    List<Segment> segments,
    List<Occupied> occupied,
    OptionalInt entry,
    Symbols symbols,
    LineTable lines) {

  public Image {
    segments = List.copyOf(segments);
    occupied = List.copyOf(occupied);
  }

  /** The program as the content of a file with this hash. */
  Image ofFile(String hash) {
    return new Image(name, hash, segments, occupied, entry, symbols, lines);
  }

  /** Total number of bytes to load. */
  public long bytes() {
    return segments.stream().mapToLong(segment -> segment.bytes().length).sum();
  }

  /** The same program with the memory that it takes while it runs. */
  Image withOccupied(List<Occupied> ranges) {
    return new Image(name, sha256, segments, ranges, entry, symbols, lines);
  }

  /**
   * Memory that a part of the program takes while it runs: code where it is executed, initialised
   * data after start-up code copied it, and zeroed data.
   *
   * @param segment number of the part in the file, from 0
   * @param address first address, an unsigned 32-bit number
   * @param bytes how many, at least 1
   */
  public record Occupied(int segment, int address, long bytes) {
    /** One past the last address, as a number that does not wrap around. */
    public long end() {
      return Integer.toUnsignedLong(address) + bytes;
    }
  }

  /** Bytes and the address they are loaded at. */
  public static final class Segment {
    private final int address;
    private final byte[] bytes;

    /** The bytes are not copied; nobody may change them. */
    public Segment(int address, byte[] bytes) {
      this.address = address;
      this.bytes = bytes;
    }

    /** The first address, an unsigned 32-bit number. */
    public int address() {
      return address;
    }

    /** What to load; not to be changed. */
    public byte[] bytes() {
      return bytes;
    }

    /** One past the last address, as a number that does not wrap around. */
    public long end() {
      return Integer.toUnsignedLong(address) + bytes.length;
    }

    boolean overlaps(Segment other) {
      return Integer.toUnsignedLong(address) < other.end()
          && Integer.toUnsignedLong(other.address) < end();
    }
  }
}
