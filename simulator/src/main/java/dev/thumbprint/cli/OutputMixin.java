package dev.thumbprint.cli;

import dev.thumbprint.model.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Form and place of a report, as every command that reports takes them. */
final class OutputMixin {
  /** Forms of a report. */
  enum Format {
    TABLE,
    JSON,
    CSV,
    MD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "Form of the report: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.TABLE;

  @Option(names = "--json", description = "Short for --format json.")
  private boolean json;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the report to FILE instead of standard output.")
  private Path file;

  /** The form that was asked for. */
  Format format() {
    return json ? Format.JSON : format;
  }

  /**
   * Writes the report; a file appears whole or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  void write(String report, PrintWriter out) throws IOException {
    if (file == null) {
      out.print(report);
      out.flush();
      return;
    }
    writeFile(report, file);
  }

  /**
   * Writes a file that appears whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  static void writeFile(String text, Path file) throws IOException {
    requireWritable(file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A device or a pipe: written to, never replaced.
      Files.writeString(file, text);
      return;
    }
    // Behind a link stands the file that is meant.
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path draft =
        target.resolveSibling(
            ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.writeString(draft, text);
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Refuses a place where no file can be.
   *
   * @throws InputException if it is a directory, or its folder is not there
   */
  static void requireWritable(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw InputException.of(name, "output", "a directory", "a file to write to");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw InputException.of(name, "output", "there is no folder " + folder, "an existing folder");
    }
  }
}
