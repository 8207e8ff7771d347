package dev.thumbprint.firmware;

import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.ImageReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalInt;

/** The test programs of {@code src/firmware}, built by its {@code build.sh}. */
public final class Programs {
  private Programs() {}

  /** The content of a file beside the programs. */
  public static byte[] bytes(String name) {
    try (InputStream in = Programs.class.getResourceAsStream("programs/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no test program " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program, read. */
  public static Image image(String name) {
    return ImageReader.parse(name, bytes(name), OptionalInt.empty());
  }
}
