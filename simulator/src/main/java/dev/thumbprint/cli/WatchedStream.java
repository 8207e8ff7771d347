package dev.thumbprint.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * An output stream that remembers why it could not write, which a {@link java.io.PrintWriter} above
 * it does not tell. A reader that closed its end of a pipe has seen enough: no failure.
 */
final class WatchedStream extends FilterOutputStream {
  private IOException failure;

  WatchedStream(OutputStream to) {
    super(new BufferedOutputStream(to));
  }

  /** Why a part of the output is lost, or empty where nothing is. */
  Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(IOException::getMessage)
        .filter(message -> !message.contains("Broken pipe"));
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  private IOException remembered(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }
}
