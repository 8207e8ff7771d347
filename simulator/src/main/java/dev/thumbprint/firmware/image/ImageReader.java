package dev.thumbprint.firmware.image;

import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Reads firmware: ELF and Intel HEX are recognised by their first bytes, anything else is a raw
 * binary.
 */
public final class ImageReader {
  /** Largest file that is read; firmware with full debug information is below 100 MiB. */
  private static final int FILE_BYTES_MAX = 512 << 20;

  /** Largest program; the largest flash of a Cortex-M board is external, 64 MiB. */
  static final long LOADED_BYTES_MAX = 64L << 20;

  private ImageReader() {}

  /**
   * Reads a file.
   *
   * @param base load address of a raw binary; ignored for formats that have addresses
   * @throws InputException if it is damaged, not for an Arm microcontroller, or a raw binary
   *     without base
   */
  public static Image read(Path file, OptionalInt base) throws IOException {
    byte[] content = WholeInput.bytes(file, FILE_BYTES_MAX);
    try {
      return parse(String.valueOf(file.getFileName()), content, base);
    } catch (InputException e) {
      throw e.inFile(file.toString());
    }
  }

  /** Reads the content of a file; see {@link #read}. */
  public static Image parse(String name, byte[] content, OptionalInt base) {
    return decode(name, content, base).ofFile(sha256(content));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static Image decode(String name, byte[] content, OptionalInt base) {
    if (startsWith(content, 0x7f, 'E', 'L', 'F')) {
      return ElfReader.read(name, content);
    }
    if (startsWith(content, ':') && name.toLowerCase(Locale.ROOT).matches(".*\\.(hex|ihx|ihex)")) {
      return HexReader.read(name, content);
    }
    if (base.isEmpty()) {
      throw InputException.of(
              "", "first bytes", firstBytes(content), "an ELF or Intel HEX file, or a base address")
          .withHint("give a raw binary its address, for example --base 0x08000000");
    }
    return image(
        name,
        List.of(new Image.Segment(base.getAsInt(), content)),
        OptionalInt.empty(),
        Symbols.NONE,
        LineTable.NONE);
  }

  /** Checks what holds for every format. */
  static Image image(
      String name,
      List<Image.Segment> segments,
      OptionalInt entry,
      Symbols symbols,
      LineTable lines) {
    List<Image.Segment> sorted = new ArrayList<>(segments);
    sorted.removeIf(segment -> segment.bytes().length == 0);
    sorted.sort(Comparator.comparingLong(s -> Integer.toUnsignedLong(s.address())));
    if (sorted.isEmpty()) {
      throw InputException.of("", "program", "nothing to load", "at least one segment with bytes");
    }
    for (int i = 0; i < sorted.size(); i++) {
      Image.Segment segment = sorted.get(i);
      if (segment.end() > 1L << 32) {
        throw InputException.of(
            "",
            "segment at 0x%08x".formatted(segment.address()),
            segment.bytes().length + " bytes",
            "an end below 4 GiB");
      }
      if (i > 0 && sorted.get(i - 1).overlaps(segment)) {
        throw InputException.of(
            "",
            "segment at 0x%08x".formatted(segment.address()),
            "an overlap with the segment at 0x%08x".formatted(sorted.get(i - 1).address()),
            "segments that do not overlap");
      }
    }
    return new Image(name, "", sorted, List.of(), entry, symbols, lines);
  }

  private static boolean startsWith(byte[] content, int... first) {
    if (content.length < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if (content[i] != (byte) first[i]) {
        return false;
      }
    }
    return true;
  }

  private static String firstBytes(byte[] content) {
    StringBuilder text = new StringBuilder(content.length == 0 ? "an empty file" : "");
    for (int i = 0; i < Math.min(8, content.length); i++) {
      text.append("%02x ".formatted(content[i]));
    }
    return text.toString().strip();
  }
}
