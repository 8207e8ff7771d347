package dev.thumbprint.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The list of subcommands, in the order in which the help shows them. */
final class Commands {
  private static final List<Supplier<Object>> ALL =
      List.of(RunCommand::new, BoardsCommand::new, ZooCommand::new, OpsCommand::new);

  private Commands() {}

  static void addTo(CommandLine line) {
    ALL.forEach(command -> line.addSubcommand(command.get()));
  }
}
