package dev.thumbprint.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8 whose length is bounded: of one that is too long, only that it was is kept. */
final class BoundedLines {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final int bytesMax;

  BoundedLines(InputStream in, int bytesMax) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.bytesMax = bytesMax;
  }

  /**
   * The next line, or empty at the end of the input.
   *
   * @throws IOException if the input fails
   */
  Optional<Line> next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean tooLong = false;
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (bytes.size() < bytesMax) {
        bytes.write(b);
      } else {
        tooLong = true;
      }
    }
    return Optional.of(new Line(tooLong ? "" : bytes.toString(StandardCharsets.UTF_8), tooLong));
  }

  /**
   * A line.
   *
   * @param text without its end; empty where it was too long
   */
  record Line(String text, boolean tooLong) {}
}
