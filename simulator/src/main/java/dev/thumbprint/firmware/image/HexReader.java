package dev.thumbprint.firmware.image;

import dev.thumbprint.model.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads Intel HEX: record types 00 to 05.
 *
 * @see <a href="https://archive.org/details/IntelHEXStandard">Hexadecimal Object File Format
 *     Specification, 1988</a>
 */
final class HexReader {
  /** Ranges of addresses without a gap; linkers make a few, and each is kept as an object. */
  private static final int SEGMENTS_MAX = 1 << 16;

  private static final int LINE_SHOWN_MAX = 40;

  private final List<Image.Segment> segments = new ArrayList<>();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private long start;
  private long upper;
  private long loaded;
  private OptionalInt entry = OptionalInt.empty();
  private boolean ended;

  private HexReader() {}

  static Image read(String name, byte[] content) {
    var reader = new HexReader();
    int line = 0;
    int at = 0;
    while (at < content.length && !reader.ended) {
      int end = lineEnd(content, at);
      String text = new String(content, at, end - at, StandardCharsets.ISO_8859_1).strip();
      line++;
      if (!text.isEmpty()) {
        reader.record(text, "line " + line);
      }
      boolean two = end + 1 < content.length && content[end] == '\r' && content[end + 1] == '\n';
      at = end + (two ? 2 : 1);
    }
    if (!reader.ended) {
      throw InputException.of("", "end of file", "no end record", "a last line :00000001FF");
    }
    reader.flush();
    return ImageReader.image(name, reader.segments, reader.entry, Symbols.NONE, LineTable.NONE);
  }

  private static int lineEnd(byte[] content, int from) {
    int end = from;
    while (end < content.length && content[end] != '\n' && content[end] != '\r') {
      end++;
    }
    return end;
  }

  private void record(String line, String place) {
    byte[] bytes = bytes(line, place);
    int count = bytes[0] & 0xff;
    if (bytes.length != count + 5) {
      throw InputException.of(
          "", place, bytes.length + " bytes", count + 5 + " bytes, as the record's count says");
    }
    int sum = 0;
    for (byte b : bytes) {
      sum += b;
    }
    if ((sum & 0xff) != 0) {
      int found = bytes[bytes.length - 1] & 0xff;
      throw InputException.of(
          "",
          place,
          "checksum %02X".formatted(found),
          "checksum %02X".formatted((found - sum) & 0xff));
    }
    int offset = big(bytes, 1, 2);
    switch (bytes[3]) {
      case 0 -> data(upper + offset, bytes, count, place);
      case 1 -> ended = true;
      case 2 -> upper = (long) value(bytes, 2, place) << 4;
      case 3 ->
          entry = OptionalInt.of((value(bytes, 4, place) >>> 16 << 4) + value(bytes, 4, place));
      case 4 -> upper = Integer.toUnsignedLong(value(bytes, 2, place) << 16);
      case 5 -> entry = OptionalInt.of(value(bytes, 4, place));
      default ->
          throw InputException.of("", place, "record type " + bytes[3], "a record type of 0 to 5");
    }
  }

  private static byte[] bytes(String line, String place) {
    boolean hexadecimal = line.length() >= 11 && line.length() <= 521 && line.charAt(0) == ':';
    if (hexadecimal) {
      try {
        return HexFormat.of().parseHex(line, 1, line.length());
      } catch (IllegalArgumentException e) {
        throw InputException.of("", place, shown(line), "pairs of hexadecimal digits").causedBy(e);
      }
    }
    throw InputException.of("", place, shown(line), "a colon and 5 to 260 bytes in hexadecimal");
  }

  private static String shown(String line) {
    return line.length() <= LINE_SHOWN_MAX
        ? line
        : line.substring(0, LINE_SHOWN_MAX) + "... (%d characters)".formatted(line.length());
  }

  private static int value(byte[] bytes, int length, String place) {
    if ((bytes[0] & 0xff) != length) {
      throw InputException.of("", place, (bytes[0] & 0xff) + " bytes", length + " bytes");
    }
    return big(bytes, 4, length);
  }

  private static int big(byte[] bytes, int at, int length) {
    int value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (bytes[at + i] & 0xff);
    }
    return value;
  }

  private void data(long address, byte[] bytes, int count, String place) {
    loaded += count;
    if (loaded > ImageReader.LOADED_BYTES_MAX) {
      throw InputException.of(
          "", place, loaded + " bytes", "at most " + ImageReader.LOADED_BYTES_MAX);
    }
    if (address != start + current.size()) {
      flush();
      if (segments.size() == SEGMENTS_MAX) {
        throw InputException.of(
            "", place, "another gap between addresses", "at most " + SEGMENTS_MAX + " gaps");
      }
      start = address;
    }
    current.write(bytes, 4, count);
  }

  private void flush() {
    if (current.size() > 0) {
      segments.add(new Image.Segment((int) start, current.toByteArray()));
      current.reset();
    }
  }
}
