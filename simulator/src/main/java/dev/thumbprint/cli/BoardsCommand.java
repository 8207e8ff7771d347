package dev.thumbprint.cli;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.validate.EnergyReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code boards}: what is built in, what is known of one, and the start of one's own. */
@Command(
    name = "boards",
    description = "The boards that are built in, and how to describe another.")
final class BoardsCommand implements Callable<Integer> {
  private static final String SCHEMA_VERSION = "1.0";

  @Spec CommandSpec spec;

  @Mixin OutputMixin output;

  @Override
  public Integer call() throws IOException {
    return list(output);
  }

  @Command(name = "list", description = "List the built-in boards; so does boards alone.")
  int list(@Mixin OutputMixin form) throws IOException {
    List<Board> boards = Boards.builtIn();
    List<Map<String, Object>> rows = boards.stream().map(BoardsCommand::summary).toList();
    Object document = Map.of("schema_version", SCHEMA_VERSION, "boards", rows);
    form.write(new Listing("Boards", BoardText.list(boards), "", document));
    return ExitStatus.FINE;
  }

  @Command(
      name = "show",
      description = "Show what is known of a board, with the source of each number.")
  int show(
      @Parameters(paramLabel = "NAME|FILE.yaml", description = "Name or alias, or a YAML file.")
          String name,
      @Mixin OutputMixin.TextOrJson form)
      throws IOException {
    Board board = Boards.resolve(name);
    form.write(() -> BoardText.show(board), () -> full(board));
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
      @Writes
          @Option(
              names = {"-o", "--output"},
              paramLabel = "FILE",
              description = "File to write, which must not exist; standard output by default.")
          Path file)
      throws IOException {
    String text = Boards.template(Boards.resolve(from));
    if (file == null) {
      print(text);
    } else if (Files.isRegularFile(file)) {
      throw InputException.of(file.toString(), "output", "a file that exists", "a new name");
    } else {
      WholeFile.write(text, file);
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

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
