package dev.thumbprint.explore.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * A CSV of designs that grows beside its place and moves there when it is complete. What a killed
 * run left behind can be taken up again: whole rows of whole parts are kept, the rest is cut off. A
 * device or a pipe is written directly.
 */
public final class PointFile implements Sink, AutoCloseable {
  private final Path file;
  private final Path draft;
  private final Path note;
  private final OutputStream out;
  private final boolean direct;

  private PointFile(Path file, Path draft, Path note, OutputStream out, boolean direct) {
    this.file = file;
    this.draft = draft;
    this.note = note;
    this.out = out;
    this.direct = direct;
  }

  /** The file that grows while {@code file} is made. */
  public static Path draft(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private static Path note(Path file) {
    return file.resolveSibling(file.getFileName() + ".part.id");
  }

  /**
   * Whether a run of the same space was cut off here.
   *
   * @param fingerprint what the rows depend on
   * @throws IOException if the draft cannot be read
   */
  public static boolean resumable(Path file, String fingerprint) throws IOException {
    return Files.isRegularFile(draft(file))
        && Files.isRegularFile(note(file))
        && Files.readString(note(file)).strip().equals(fingerprint);
  }

  /**
   * Begins a file.
   *
   * @param fingerprint what the rows depend on
   * @throws IOException if it cannot be written
   */
  public static PointFile begin(Path file, String fingerprint) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      OutputStream out = Files.newOutputStream(file);
      PointFile device = new PointFile(file, file, file, out, true);
      out.write(PointTable.header().getBytes(StandardCharsets.UTF_8));
      return device;
    }
    // Old rows without their note are nobody's: the note goes last and comes first.
    Files.deleteIfExists(note(file));
    OutputStream out = Files.newOutputStream(draft(file));
    out.write(PointTable.header().getBytes(StandardCharsets.UTF_8));
    Files.writeString(note(file), fingerprint + "\n");
    return new PointFile(file, draft(file), note(file), out, false);
  }

  /**
   * Takes up a file that was cut off.
   *
   * @param partSizes gives the number of rows of the next part, from the first on; 0 at the end
   * @param rows takes the lines of each whole part
   * @throws IOException if the draft cannot be read or cut
   */
  public static PointFile resume(Path file, PartSizes partSizes, Consumer<List<String>> rows)
      throws IOException {
    long kept = readParts(draft(file), partSizes, rows);
    try (FileChannel channel = FileChannel.open(draft(file), StandardOpenOption.WRITE)) {
      channel.truncate(kept);
    }
    OutputStream out = Files.newOutputStream(draft(file), StandardOpenOption.APPEND);
    return new PointFile(file, draft(file), note(file), out, false);
  }

  /** Rows of the parts, one after another. */
  @FunctionalInterface
  public interface PartSizes {
    /** Rows of a part; 0 where there is no such part. */
    int rows(long part);
  }

  private static long readParts(Path draft, PartSizes partSizes, Consumer<List<String>> rows)
      throws IOException {
    byte[] header = PointTable.header().getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile access = new RandomAccessFile(draft.toFile(), "r")) {
      byte[] found = new byte[(int) Math.min(header.length, access.length())];
      access.readFully(found);
      if (!java.util.Arrays.equals(found, header)) {
        throw new IOException(draft + ": not begun by this version; remove it to start anew");
      }
      long kept = header.length;
      long whole = lastLineEnd(access);
      access.seek(kept);
      BufferedReader reader =
          new BufferedReader(
              Channels.newReader(access.getChannel(), StandardCharsets.UTF_8), 1 << 16);
      for (long part = 0; partSizes.rows(part) > 0; part++) {
        List<String> lines = new java.util.ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < partSizes.rows(part); i++) {
          String line = reader.readLine();
          if (line == null) {
            return kept;
          }
          bytes += line.getBytes(StandardCharsets.UTF_8).length + 1;
          lines.add(line);
        }
        if (kept + bytes > whole) {
          return kept;
        }
        rows.accept(lines);
        kept += bytes;
      }
      return kept;
    }
  }

  /** Bytes up to the end of the last whole line. */
  private static long lastLineEnd(RandomAccessFile access) throws IOException {
    for (long at = access.length(); at > 0; at--) {
      access.seek(at - 1);
      if (access.read() == '\n') {
        return at;
      }
    }
    return 0;
  }

  @Override
  public boolean wantsText() {
    return true;
  }

  @Override
  public void write(List<Design> designs, byte[] text) throws IOException {
    out.write(text);
  }

  /**
   * Puts the complete file in its place.
   *
   * @throws IOException if that fails
   */
  public void complete() throws IOException {
    out.close();
    if (direct) {
      return;
    }
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(note);
  }

  /** Where the rows of a run that ends early are kept; empty for a device. */
  public java.util.Optional<Path> kept() {
    return direct ? java.util.Optional.empty() : java.util.Optional.of(draft);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
