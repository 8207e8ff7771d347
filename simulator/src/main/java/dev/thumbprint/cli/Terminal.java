package dev.thumbprint.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** What the terminal can show; {@code NO_COLOR} and {@code --no-color} are honoured. */
final class Terminal {
  private Terminal() {}

  /** Whether standard output and input are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // null again where there is no terminal, since JDK 25
  static boolean interactive() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Whether standard error, where progress goes, is a terminal. */
  static boolean progress() {
    Path stderr = Path.of("/proc/self/fd/2");
    try {
      String target = Files.readSymbolicLink(stderr).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return interactive();
    }
  }

  /** Whether colours are wanted on standard output. */
  static boolean colour() {
    String noColor = System.getenv("NO_COLOR");
    return interactive() && (noColor == null || noColor.isEmpty());
  }

  static Help.ColorScheme colorScheme() {
    return Help.defaultColorScheme(colour() ? Ansi.ON : Ansi.OFF);
  }
}
