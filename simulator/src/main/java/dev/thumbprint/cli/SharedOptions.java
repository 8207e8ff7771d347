package dev.thumbprint.cli;

import java.io.PrintWriter;
import java.util.OptionalLong;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that every command takes; a command that has one of its own keeps that. */
final class SharedOptions {
  /** More threads than any machine that this runs on. */
  private static final int THREADS_MAX = 1024;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print reports and errors only: no progress, no hints.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log to standard error what is done.")
  private boolean verbose;

  @Option(
      names = "--no-color",
      description = "No colours; so does a variable NO_COLOR that is not empty.")
  private boolean noColor;

  @Option(
      names = {"-j", "--threads"},
      paramLabel = "N",
      description = "Threads for what runs at once; results do not depend on it. Default: all.")
  private Integer threads;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of whatever is drawn at random.")
  private Long seed;

  /** Adds the options to every command below {@code line} that does not have them already. */
  void addTo(CommandLine line) {
    for (CommandLine child : line.getSubcommands().values()) {
      CommandSpec command = child.getCommandSpec();
      for (OptionSpec option : CommandSpec.forAnnotatedObject(this).options()) {
        boolean taken = false;
        for (String name : option.names()) {
          taken |= command.optionsMap().containsKey(name);
        }
        if (!taken) {
          command.addOption(OptionSpec.builder(option).build());
        }
      }
      addTo(child);
    }
  }

  /** The options of the program that a command is part of. */
  static SharedOptions of(CommandSpec spec) {
    return ((Main) spec.root().userObject()).shared;
  }

  /** Makes the settings hold for the command that runs next. */
  void apply(CommandLine line) {
    if (quiet && verbose) {
      throw new ParameterException(line, "--quiet and --verbose exclude each other");
    }
    if (threads != null) {
      if (threads < 1 || threads > THREADS_MAX) {
        throw new ParameterException(
            line, "--threads: found %d, expected 1 to %d".formatted(threads, THREADS_MAX));
      }
      // Read when the common pool starts, which is behind every parallel stream.
      System.setProperty(
          "java.util.concurrent.ForkJoinPool.common.parallelism", threads.toString());
    }
    if (noColor) {
      line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
    if (verbose) {
      LogLevel.verbose();
    } else if (quiet) {
      LogLevel.quiet();
    }
    log(Version.describe());
  }

  /** Whether only reports and errors are wanted. */
  boolean quiet() {
    return quiet;
  }

  /** Threads for what runs at once. */
  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** The seed that was given. */
  OptionalLong seed() {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  private void log(String message) {
    if (verbose) {
      System.getLogger(SharedOptions.class.getName()).log(System.Logger.Level.DEBUG, message);
    }
  }

  /** Whether progress is shown: standard error is a terminal, and nobody wants it quiet. */
  boolean progressShown() {
    return !quiet && Terminal.progress();
  }

  /** Where steps of long work are told: standard error, where that is a terminal. */
  Consumer<String> progress(PrintWriter err) {
    boolean shown = progressShown();
    return step -> {
      log(step);
      if (shown) {
        err.println(step);
        err.flush();
      }
    };
  }
}
