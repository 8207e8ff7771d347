package dev.thumbprint.explore.space;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files that a space refers to: models, boards, prices. Remembers what was read. */
public final class Inputs implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More than any microcontroller can address. */
  private static final long BYTES_MAX = 256L << 20;

  private final HashMap<String, byte[]> contents;
  private final boolean closed;

  private Inputs(Map<String, byte[]> contents, boolean closed) {
    this.contents = new HashMap<>(contents);
    this.closed = closed;
  }

  /** Files of this machine. */
  public static Inputs ofThisMachine() {
    return new Inputs(Map.of(), false);
  }

  /** The same files for another machine: what was read so far, and nothing else. */
  public Inputs carried() {
    return new Inputs(contents, true);
  }

  /** What was read so far, by name. */
  public Map<String, byte[]> contents() {
    return Map.copyOf(contents);
  }

  /** Whether a file is there. */
  boolean exists(String name) {
    return contents.containsKey(name) || (!closed && Files.isRegularFile(Path.of(name)));
  }

  /**
   * The content of a file.
   *
   * @throws IOException if it cannot be read
   */
  byte[] read(String name) throws IOException {
    byte[] known = contents.get(name);
    if (known != null) {
      return known;
    }
    if (closed) {
      throw new IOException(name + ": not among the files that were sent along");
    }
    Path file = Path.of(name);
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException(name + ": more than 256 MiB");
    }
    byte[] read = Files.readAllBytes(file);
    contents.put(name, read);
    return read;
  }
}
