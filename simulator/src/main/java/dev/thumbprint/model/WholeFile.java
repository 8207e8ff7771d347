package dev.thumbprint.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that appear whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes text as UTF-8.
   *
   * @throws IOException if it cannot be written; it names the file
   */
  public static void write(String text, Path file) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8), file);
  }

  /**
   * Writes bytes.
   *
   * @throws InputException if no file can be there
   * @throws IOException if it cannot be written; it names the file
   */
  public static void write(byte[] bytes, Path file) throws IOException {
    requireWritable(file);
    try {
      replace(bytes, file);
    } catch (IOException failure) {
      // What the system says names the draft, or on a full disk nothing; a reader knows the file.
      FileSystemException named = new FileSystemException(file.toString(), null, reason(failure));
      named.initCause(failure);
      throw named;
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException none -> "no file can be made there";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> failure.getMessage();
    };
  }

  private static Path draft(Path target) {
    return target.resolveSibling(
        ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
  }

  private static void replace(byte[] bytes, Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A device or a pipe: written to, never replaced.
      Files.write(file, bytes);
      return;
    }
    // Behind a link stands the file that is meant.
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft = draft(target);
    try {
      Files.write(draft, bytes);
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Refuses a place where no file can be, so that it is told before the work and not after it.
   *
   * @throws InputException if it is a directory, its folder is not there, or nothing can be written
   *     there
   */
  public static void requireWritable(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw InputException.of(name, "output", "a directory", "a file to write to");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw InputException.of(name, "output", "there is no folder " + folder, "an existing folder");
    }
    if (!Files.exists(file) || Files.isRegularFile(file)) {
      requireDraft(file, file);
    } else if (!Files.isWritable(file)) {
      throw InputException.of(name, "output", "permission denied", "a file to write to");
    }
  }

  /**
   * Refuses a folder in which no file can be.
   *
   * @throws InputException if it is none, or nothing can be written there
   */
  public static void requireFolder(Path folder) {
    String name = folder.toString();
    if (!Files.isDirectory(folder)) {
      String found = Files.exists(folder) ? "a file" : "there is no such folder";
      throw InputException.of(name, "output", found, "a folder to write to");
    }
    requireDraft(folder.resolve("output"), folder);
  }

  /** Makes the draft that writing begins with: permissions alone do not tell of a full disk. */
  private static void requireDraft(Path file, Path named) {
    try {
      Path draft = draft(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath());
      try {
        Files.write(draft, new byte[1]);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException failure) {
      throw InputException.of(
              named.toString(), "output", reason(failure), "a place that can be written")
          .causedBy(failure);
    }
  }
}
