package dev.thumbprint.cli;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.model.InputException;
import dev.thumbprint.recorded.BadRecordingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one clear message and an exit status. */
final class Failures {
  private Failures() {}

  /** Reports a failure of a running command; a stack trace only where it was asked for. */
  static int report(Exception failure, PrintWriter err, boolean stacktrace) {
    int status = statusOf(failure);
    err.println("thumbprint: " + messageOf(failure));
    if (status == ExitStatus.BUG) {
      err.println(
          "  This is a bug of Thumbprint ("
              + Version.describe()
              + "). Please report it with the command and the output of --stacktrace.");
    }
    if (stacktrace) {
      StringBuilder trace = new StringBuilder();
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        trace.append(cause).append(System.lineSeparator());
        for (StackTraceElement element : cause.getStackTrace()) {
          trace.append("    at ").append(element).append(System.lineSeparator());
        }
      }
      err.print(trace);
    }
    err.flush();
    return status;
  }

  /** Reports a wrong command line, with the nearest known words. */
  static int reportUsage(ParameterException failure, String[] args) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("thumbprint: " + String.valueOf(failure.getMessage()).replace('\0', '?'));
    if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("  Try: " + line.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return ExitStatus.USAGE;
  }

  /** The exit status of a command that ends so. */
  static int statusOf(Exception failure) {
    return failure instanceof IOException
            || failure instanceof UncheckedIOException
            || failure instanceof InvalidPathException
            || failure instanceof InputException
            || failure instanceof BadDescription
            || failure instanceof BadRecordingException
        ? ExitStatus.BAD_INPUT
        : ExitStatus.BUG;
  }

  /** What is said of it. */
  static String messageOf(Exception failure) {
    Throwable cause = failure instanceof UncheckedIOException io ? io.getCause() : failure;
    return switch (cause) {
      case NoSuchFileException file -> file.getFile() + ": no such file";
      case InvalidPathException name ->
          "%s: no file can have this name: %s"
              .formatted(name.getInput().replaceAll("\\p{Cntrl}", "?"), name.getReason());
      case FileAlreadyExistsException file -> file.getFile() + ": exists already";
      case AccessDeniedException file -> file.getFile() + ": permission denied";
      case FileSystemException file when file.getReason() != null ->
          file.getFile() + ": " + file.getReason();
      default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    };
  }
}
