package dev.thumbprint.firmware.image;

import dev.thumbprint.model.InputException;
import java.nio.charset.StandardCharsets;

/** Little-endian bytes with a position; a read behind the end is an error that names the place. */
final class Bytes {
  private final byte[] data;
  private final String place;
  private final int end;
  private int at;

  Bytes(byte[] data, String place) {
    this(data, 0, data.length, place);
  }

  private Bytes(byte[] data, int start, int end, String place) {
    this.data = data;
    this.at = start;
    this.end = end;
    this.place = place;
  }

  /** A part, which has its own position. */
  Bytes part(long offset, long length, String name) {
    if (offset < 0 || length < 0 || offset + length > end) {
      throw InputException.of(
          "",
          name,
          "bytes %d to %d of a file of %d".formatted(offset, offset + length, end),
          "a part inside the file");
    }
    return new Bytes(data, (int) offset, (int) (offset + length), name);
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  /** Moves to an offset in the whole file. */
  void seek(long offset) {
    if (offset < 0 || offset > end) {
      throw truncated("a position of " + offset);
    }
    at = (int) offset;
  }

  void skip(long bytes) {
    require(bytes);
    at += (int) bytes;
  }

  int u8() {
    require(1);
    return data[at++] & 0xff;
  }

  int u16() {
    return u8() | u8() << 8;
  }

  int i32() {
    return u16() | u16() << 16;
  }

  long u32() {
    return Integer.toUnsignedLong(i32());
  }

  long i64() {
    return u32() | u32() << 32;
  }

  byte[] take(long bytes) {
    require(bytes);
    byte[] taken = new byte[(int) bytes];
    System.arraycopy(data, at, taken, 0, taken.length);
    at += taken.length;
    return taken;
  }

  /** A number of up to 64 bits in groups of seven; longer ones are damage. */
  long uleb() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = u8();
      value |= shift < 64 ? (long) (b & 0x7f) << shift : 0;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    throw truncated("a LEB128 number of more than ten bytes");
  }

  long sleb() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = u8();
      value |= shift < 64 ? (long) (b & 0x7f) << shift : 0;
      if ((b & 0x80) == 0) {
        boolean negative = (b & 0x40) != 0 && shift + 7 < 64;
        return negative ? value | -1L << (shift + 7) : value;
      }
    }
    throw truncated("a LEB128 number of more than ten bytes");
  }

  /** A string up to a zero byte. */
  String string() {
    int start = at;
    int last;
    do {
      last = u8();
    } while (last != 0);
    return new String(data, start, at - 1 - start, StandardCharsets.UTF_8);
  }

  private void require(long bytes) {
    if (bytes < 0 || bytes > end - at) {
      throw truncated("%d bytes left at offset %d".formatted(end - at, at));
    }
  }

  InputException truncated(String found) {
    return InputException.of("", place, found, "a complete " + place);
  }
}
