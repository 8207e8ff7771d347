package dev.thumbprint.cli;

import dev.thumbprint.model.WholeFile;
import dev.thumbprint.report.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Form and place of a report, as every command that reports takes them. */
class OutputMixin {
  /** Forms of a report. */
  enum Format {
    TABLE,
    JSON,
    CSV,
    MD,
    HTML;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is known of one thing: as text, or as JSON. */
  static final class TextOrJson extends OutputMixin {
    TextOrJson() {
      super(Format.TABLE, Format.JSON);
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private final List<Format> forms;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "Form of the report.")
  private Format format;

  @Option(names = "--json", description = "Short for --format json.")
  private boolean json;

  @Writes
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the report to FILE instead of standard output.")
  private Path file;

  /** A report in every form. */
  OutputMixin() {
    this(Format.values());
  }

  /** A report in some forms, which the help names. */
  OutputMixin(Format... forms) {
    this.forms = List.of(forms);
  }

  /** Makes the help of a command and of those below it name the forms that each takes. */
  static void nameForms(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    for (CommandSpec mixin : command.mixins().values()) {
      if (mixin.userObject() instanceof OutputMixin output) {
        OptionSpec plain = command.findOption("--format");
        command.remove(plain);
        command.addOption(
            OptionSpec.builder(plain)
                .description("Form of the report: " + output.names() + ". Default: table.")
                .build());
      }
    }
    line.getSubcommands().values().forEach(OutputMixin::nameForms);
  }

  private String names() {
    return forms.stream().map(Format::toString).collect(Collectors.joining(", "));
  }

  /**
   * Refuses two forms at once.
   *
   * @throws ParameterException if {@code --json} stands beside another form
   */
  static void check(ParseResult parsed) {
    boolean json = parsed.matchedOptionValue("--json", false);
    Object format = parsed.matchedOptionValue("--format", null);
    if (json && format instanceof Format other && other != Format.JSON) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "--json and --format %s exclude each other: leave one out".formatted(other));
    }
  }

  /** The form that was asked for. */
  Format format() {
    return json ? Format.JSON : format == null ? Format.TABLE : format;
  }

  /**
   * The form that was asked for, of those that a command knows.
   *
   * @throws ParameterException if it knows no such form
   */
  Format format(Format... known) {
    Format wanted = format();
    if (!List.of(known).contains(wanted)) {
      throw new ParameterException(
          command.commandLine(),
          "--format %s: '%s' knows %s"
              .formatted(
                  wanted,
                  command.qualifiedName(" ").substring("thumbprint ".length()),
                  Stream.of(known).map(Format::toString).collect(Collectors.joining(", "))));
    }
    return wanted;
  }

  /**
   * Refuses a form that a command does not know, and a place that cannot be written, before the
   * command works for long.
   *
   * @throws ParameterException if it knows no such form
   * @throws IOException if the file cannot be written
   */
  void require(Format... known) throws IOException {
    format(known);
    if (file != null) {
      WholeFile.requireWritable(file);
    }
  }

  /** Writes a list in whatever form was asked for; {@code document} is its JSON. */
  void write(Listing listing) throws IOException {
    write(listing.render(format()), command.commandLine().getOut());
  }

  /** Writes what is known of one thing: as text, or as JSON. */
  void write(Supplier<String> text, Supplier<?> document) throws IOException {
    boolean asJson = format(Format.TABLE, Format.JSON) == Format.JSON;
    write(asJson ? JsonText.of(document.get()) : text.get(), command.commandLine().getOut());
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
    WholeFile.write(report, file);
  }
}
