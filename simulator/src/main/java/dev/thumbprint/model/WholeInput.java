package dev.thumbprint.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that a user names: whole, of bounded length, with their name in every complaint. */
public final class WholeInput {
  private WholeInput() {}

  /**
   * Reads a file. A device or pipe is read up to the bound too, whatever it says its length is.
   *
   * @throws InputException if it is a folder or longer than {@code bytesMax}
   */
  public static byte[] bytes(Path file, int bytesMax) throws IOException {
    if (Files.isDirectory(file)) {
      throw InputException.of(file.toString(), "", "a folder", "a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(bytesMax + 1);
      if (content.length > bytesMax) {
        String found = "more than %,d bytes".formatted(bytesMax);
        throw InputException.of(file.toString(), "", found, "at most so many");
      }
      return content;
    }
  }

  /**
   * Reads a text.
   *
   * @throws InputException also if it is not UTF-8
   */
  public static String text(Path file, int bytesMax) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(file, bytesMax)))
          .toString();
    } catch (CharacterCodingException e) {
      throw InputException.of(file.toString(), "", "bytes that are no UTF-8", "a text").causedBy(e);
    }
  }
}
