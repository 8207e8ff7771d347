package dev.thumbprint.cli;

import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeFile;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The files that a command line names, looked at before the work begins: what is written must not
 * be what is read, nor what another option writes, and must be a place where a file can be.
 */
final class Places {
  private Places() {}

  /** A place that an option writes to. */
  private record Output(String option, Path path, Writes how) {
    /** Whether writing there replaces a file. */
    boolean replaces(Path file) {
      if (how.value() == Writes.Kind.FILE) {
        return real(path).equals(real(file));
      }
      Path place = real(file);
      return real(path).equals(place.getParent())
          && place.getFileName().toString().matches(how.names());
    }
  }

  /** A file that an option or a file reads; the option is empty for the latter. */
  private record Input(String option, Path path) {}

  /**
   * Looks at what is read and written by the words of a command line.
   *
   * @throws ParameterException if an output is an input, or two outputs are one
   * @throws InputException if a place cannot be written
   */
  static void check(ParseResult parsed) {
    List<Output> outputs = outputs(parsed);
    if (outputs.isEmpty() || asksForHelp(parsed)) {
      return;
    }
    CommandLine line = last(parsed).commandSpec().commandLine();
    requireOthers(line, outputs, inputs(parsed));
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      for (Output earlier : outputs.subList(0, i)) {
        boolean device = Files.exists(output.path()) && !Files.isRegularFile(output.path());
        if (!device && earlier.replaces(output.path())) {
          throw new ParameterException(
              line,
              "%s: %s is what %s writes too; expected another file"
                  .formatted(output.option(), output.path(), earlier.option()));
        }
      }
    }
    for (Output output : outputs) {
      requireWritable(output);
    }
  }

  /**
   * Refuses to replace a file that a command reads without its being named on the command line.
   *
   * @throws ParameterException if an output is one of the files
   */
  static void requireOthers(CommandSpec command, Collection<Path> alsoRead) {
    ParseResult parsed = command.root().commandLine().getParseResult();
    List<Input> inputs = alsoRead.stream().map(path -> new Input("", path)).toList();
    requireOthers(command.commandLine(), outputs(parsed), inputs);
  }

  private static void requireOthers(CommandLine line, List<Output> outputs, List<Input> inputs) {
    for (Input input : inputs) {
      if (!Files.isRegularFile(input.path())) {
        continue;
      }
      for (Output output : outputs) {
        boolean renewed = !input.option().isEmpty() && input.option().equals(output.how().renews());
        if (!renewed && output.replaces(input.path())) {
          throw new ParameterException(
              line,
              "%s: would replace %s, which is read; expected another file"
                  .formatted(output.option(), input.path()));
        }
      }
    }
  }

  private static void requireWritable(Output output) {
    Path path = output.path();
    switch (output.how().value()) {
      case FILE -> WholeFile.requireWritable(path);
      case FOLDER -> WholeFile.requireFolder(path);
      case MADE_FOLDER -> {
        Path there = path.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
          there = there.getParent();
        }
        WholeFile.requireFolder(there);
      }
    }
  }

  private static boolean asksForHelp(ParseResult parsed) {
    for (ParseResult part = parsed; part != null; part = part.subcommand()) {
      if (part.isUsageHelpRequested() || part.isVersionHelpRequested()) {
        return true;
      }
    }
    return false;
  }

  private static ParseResult last(ParseResult parsed) {
    ParseResult part = parsed;
    while (part.subcommand() != null) {
      part = part.subcommand();
    }
    return part;
  }

  private static List<Output> outputs(ParseResult parsed) {
    List<Output> outputs = new ArrayList<>();
    for (ParseResult part = parsed; part != null; part = part.subcommand()) {
      for (ArgSpec argument : part.matchedArgs()) {
        Optional<Writes> how = mark(argument, Writes.class);
        if (how.isPresent()) {
          for (String text : argument.stringValues()) {
            String file = argument.typeInfo().isMap() ? behind(text, '=') : text;
            for (Path path : path(file)) {
              outputs.add(new Output(nameOf(argument), path, how.get()));
            }
          }
        }
      }
    }
    return outputs;
  }

  /** Every file that a word may name; most words name none. */
  private static List<Input> inputs(ParseResult parsed) {
    List<Input> inputs = new ArrayList<>();
    for (ParseResult part = parsed; part != null; part = part.subcommand()) {
      for (ArgSpec argument : part.matchedArgs()) {
        if (mark(argument, Writes.class).isPresent() || mark(argument, NoFile.class).isPresent()) {
          continue;
        }
        for (String text : argument.stringValues()) {
          // The text itself, NAME=FILE, and FILE@ADDRESS.
          String before = text.substring(0, Math.max(0, text.lastIndexOf('@')));
          // What the shell takes from a file for standard input is read too.
          String whole = text.equals("-") ? "/dev/stdin" : text;
          for (String name : List.of(whole, behind(text, '='), before)) {
            path(name).forEach(path -> inputs.add(new Input(nameOf(argument), path)));
          }
        }
      }
    }
    return inputs;
  }

  private static String nameOf(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String behind(String text, char mark) {
    return text.substring(text.indexOf(mark) + 1);
  }

  private static List<Path> path(String text) {
    try {
      return text.isEmpty() ? List.of() : List.of(Path.of(text));
    } catch (InvalidPathException noName) {
      // Whoever reads it says so.
      return List.of();
    }
  }

  private static <A extends Annotation> Optional<A> mark(ArgSpec argument, Class<A> kind) {
    return argument.userObject() instanceof AnnotatedElement element
        ? Optional.ofNullable(element.getAnnotation(kind))
        : Optional.empty();
  }

  /** The file itself, behind links, whether it is there or not. */
  private static Path real(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    try {
      if (Files.exists(file)) {
        return file.toRealPath();
      }
      Path folder = file.toAbsolutePath().getParent();
      return folder != null && Files.exists(folder)
          ? folder.toRealPath().resolve(whole.getFileName())
          : whole;
    } catch (IOException unreadable) {
      return whole;
    }
  }
}
