package dev.thumbprint.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The list of subcommands, in the order in which the help shows them. */
final class Commands {
  private Commands() {}

  static void addTo(CommandLine line, SharedOptions shared) {
    line.addSubcommand(new ProfileCommand());
    line.addSubcommand(new RunCommand());
    line.addSubcommand(new AnalyzeCommand());
    line.addSubcommand(new CheckCommand());
    line.addSubcommand(new CompareCommand());
    line.addSubcommand(new ExplainCommand());
    line.addSubcommand(new ExploreCommand());
    line.addSubcommand(new EmulateCommand());
    line.addSubcommand(new ValidateCommand());
    line.addSubcommand(new CalibrateCommand());
    line.addSubcommand(new BoardsCommand());
    line.addSubcommand(new KernelsCommand());
    line.addSubcommand(new OpsCommand());
    line.addSubcommand(new ZooCommand());
    line.addSubcommand(new TrainCommand());
    line.addSubcommand(new AdviseCommand());
    line.addSubcommand(new StudyCommand());
    line.addSubcommand(new BatchCommand());
    line.addSubcommand(new PhaseCommand());
    line.addSubcommand(new RadioCommand());
    line.addSubcommand(new ServeCommand());
    boardIsOptional(line.getSubcommands().get("calibrate"));
    boardIsOptional(line.getSubcommands().get("validate"));
    shared.addTo(line);
  }

  /** Recordings name their board; only a log needs to be told. */
  private static void boardIsOptional(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    OptionSpec board = command.findOption("--board");
    command.remove(board);
    command.addOption(OptionSpec.builder(board).required(false).build());
  }
}
