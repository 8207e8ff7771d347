package dev.thumbprint.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The list of subcommands, in the order in which the help shows them. */
final class Commands {
  private static final Map<String, Supplier<Object>> ALL = all();
  private static final List<String> BOARD_OPTIONAL = List.of("calibrate", "validate");

  private Commands() {}

  /**
   * Adds the command that {@code args} begin with; all of them where they begin with none: to
   * describe every command costs more time than most of them take.
   */
  static void addTo(CommandLine line, SharedOptions shared, String... args) {
    Supplier<Object> one = args.length == 0 ? null : ALL.get(args[0]);
    if (one == null) {
      ALL.values().forEach(command -> line.addSubcommand(command.get()));
    } else {
      line.addSubcommand(one.get());
    }
    for (String name : BOARD_OPTIONAL) {
      if (line.getSubcommands().containsKey(name)) {
        boardIsOptional(line.getSubcommands().get(name));
      }
    }
    line.getSubcommands().values().forEach(OutputMixin::nameForms);
    shared.addTo(line);
  }

  private static Map<String, Supplier<Object>> all() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("profile", ProfileCommand::new);
    all.put("run", RunCommand::new);
    all.put("analyze", AnalyzeCommand::new);
    all.put("check", CheckCommand::new);
    all.put("compare", CompareCommand::new);
    all.put("explain", ExplainCommand::new);
    all.put("explore", ExploreCommand::new);
    all.put("emulate", EmulateCommand::new);
    all.put("validate", ValidateCommand::new);
    all.put("calibrate", CalibrateCommand::new);
    all.put("boards", BoardsCommand::new);
    all.put("kernels", KernelsCommand::new);
    all.put("ops", OpsCommand::new);
    all.put("zoo", ZooCommand::new);
    all.put("train", TrainCommand::new);
    all.put("advise", AdviseCommand::new);
    all.put("study", StudyCommand::new);
    all.put("batch", BatchCommand::new);
    all.put("phase", PhaseCommand::new);
    all.put("radio", RadioCommand::new);
    all.put("serve", ServeCommand::new);
    return Collections.unmodifiableMap(all);
  }

  /** Recordings name their board; only a log needs to be told. */
  private static void boardIsOptional(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    OptionSpec board = command.findOption("--board");
    command.remove(board);
    command.addOption(OptionSpec.builder(board).required(false).build());
  }
}
