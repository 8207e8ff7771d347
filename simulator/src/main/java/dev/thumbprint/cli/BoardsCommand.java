package dev.thumbprint.cli;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.validate.EnergyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code boards}: what is built in, what is known of one, and the start of one's own. */
@Command(
    name = "boards",
    description = "The boards that are built in, and how to describe another.")
final class BoardsCommand implements Runnable {
  private static final String SCHEMA_VERSION = "1.0";

  @Spec CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(name = "list", description = "List the built-in boards.")
  int list(@Option(names = "--json", description = "Print JSON instead of a table.") boolean json) {
    List<Board> boards = Boards.builtIn();
    if (json) {
      List<Map<String, Object>> rows = boards.stream().map(BoardsCommand::summary).toList();
      print(json(Map.of("schema_version", SCHEMA_VERSION, "boards", rows)));
    } else {
      print(BoardText.list(boards));
    }
    return ExitStatus.FINE;
  }

  @Command(
      name = "show",
      description = "Show what is known of a board, with the source of each number.")
  int show(
      @Parameters(paramLabel = "NAME|FILE.yaml", description = "Name or alias, or a YAML file.")
          String name,
      @Option(names = "--json", description = "Print JSON instead of text.") boolean json)
      throws IOException {
    Board board = Boards.resolve(name);
    print(json ? json(full(board)) : BoardText.show(board));
    return ExitStatus.FINE;
  }

  @Command(
      name = "new",
      description =
          "Write the description of a board as a start for your own; edit it, then -b FILE.")
  int create(
      @Option(
              names = "--from",
              required = true,
              paramLabel = "NAME",
              description = "The board that yours is nearest to.")
          String from,
      @Option(
              names = "-o",
              paramLabel = "FILE",
              description = "File to write, which must not exist; standard output by default.")
          Path output)
      throws IOException {
    String text = Boards.template(Boards.resolve(from));
    if (output == null) {
      print(text);
    } else {
      Files.writeString(output, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    }
    return ExitStatus.FINE;
  }

  @Command(
      name = "power",
      description =
          "Fit the power of the boards to the built-in recordings; print the error on networks and"
              + " boards that the fit had not seen.")
  int power(
      @Option(names = "--yaml", description = "Print the fit itself, as it is built in.")
          boolean yaml) {
    EnergyReport report = new EnergyReport();
    print(yaml ? report.yaml() : report.text());
    return ExitStatus.FINE;
  }

  private static Map<String, Object> summary(Board board) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("board", board.id());
    row.put("title", board.title());
    row.put("mcu", board.mcu());
    row.put("core", board.core().label());
    row.put("fpu", board.fpu().label());
    row.put("clock_hz", board.clock().defaultHz());
    row.put("flash_bytes", board.flash().map(flash -> flash.bytes()).orElse(0L));
    row.put("ram_bytes", board.ramBytes());
    row.put("aliases", board.aliases());
    return row;
  }

  private static Map<String, Object> full(Board board) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", SCHEMA_VERSION);
    document.put("board", board);
    return document;
  }

  private static String json(Object document) {
    return JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(document)
        + System.lineSeparator();
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
