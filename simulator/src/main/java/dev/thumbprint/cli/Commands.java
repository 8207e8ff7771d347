package dev.thumbprint.cli;

import picocli.CommandLine;

/** The list of subcommands, in the order in which the help shows them. */
final class Commands {
  private Commands() {}

  static void addTo(CommandLine line) {
    line.addSubcommand(new ProfileCommand());
    line.addSubcommand(new RunCommand());
    line.addSubcommand(new AnalyzeCommand());
    line.addSubcommand(new ExploreCommand());
    line.addSubcommand(new EmulateCommand());
    line.addSubcommand(new ValidateCommand());
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
  }
}
