package dev.thumbprint.cli;

import dev.thumbprint.model.InputException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code thumbprint} command: one subcommand for each thing a person does. */
@Command(
    name = "thumbprint",
    description =
        "What a neural network costs on a Cortex-M microcontroller, told without the board.",
    versionProvider = Version.Provider.class,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show version and commit.")
  boolean version;

  final SharedOptions shared = new SharedOptions();

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "With an error, also show where in the program it arose.")
  boolean stacktrace;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command on the standard streams and returns its exit status. */
  public static int run(String... args) {
    WatchedStream out = new WatchedStream(new FileOutputStream(FileDescriptor.out));
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(new PrintWriter(out, false, StandardCharsets.UTF_8), err, args);
    if (out.failure().isPresent()) {
      err.println("thumbprint: standard output: " + out.failure().get());
      return ExitStatus.BAD_INPUT;
    }
    return status;
  }

  /** Runs one command on the given streams and returns its exit status. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    Commands.addTo(line, main.shared, args);
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(Terminal.colorScheme());
    line.registerConverter(Path.class, Main::path);
    line.setExecutionExceptionHandler(
        (failure, at, parsed) -> Failures.report(failure, at.getErr(), main.stacktrace));
    line.setParameterExceptionHandler(Failures::reportUsage);
    line.setExecutionStrategy(
        parsed -> {
          main.shared.apply(parsed.asCommandLineList().getLast());
          for (ParseResult part = parsed; part != null; part = part.subcommand()) {
            OutputMixin.check(part);
          }
          try {
            Places.check(parsed);
          } catch (InputException unwritable) {
            CommandLine at = parsed.asCommandLineList().getLast();
            throw new ExecutionException(at, unwritable.getMessage(), unwritable);
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    int status;
    try {
      status = line.execute(args);
    } catch (OutOfMemoryError tooLarge) {
      err.println(
          "thumbprint: the input needs more memory than this Java virtual machine may use;"
              + " hint: THUMBPRINT_JAVA_OPTIONS=-Xmx8g gives it more");
      status = ExitStatus.BAD_INPUT;
    }
    out.flush();
    err.flush();
    return status;
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException impossible) {
      throw new TypeConversionException(Failures.messageOf(impossible));
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
