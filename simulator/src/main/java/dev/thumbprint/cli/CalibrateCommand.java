package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.calibration.BoardFit;
import dev.thumbprint.cost.calibration.CoefficientWriter;
import dev.thumbprint.cost.calibration.LibraryFit;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.RecordedNetworks;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.report.JsonText;
import dev.thumbprint.validate.OwnRows;
import dev.thumbprint.validate.Reasons;
import dev.thumbprint.validate.TflmLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code calibrate FILE.csv -o board.yaml}: a board or its kernels as one's own recordings have
 * them.
 */
@Command(
    name = "calibrate",
    description = {
      "Fit a board to your own recordings: 5 to 20 rows with the columns of docs/recordings.md, or"
          + " a log of TFLM's profiler.",
      "At most two numbers, drawn towards what the documents say; prints the error on networks"
          + " left out, before and after. Use the file with -b.",
      "With --library the kernels are fitted instead, one build on one board: a factor for each kind"
          + " of work, or every term, whichever does better on networks left out. Use that file"
          + " with --kernels."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin TargetMixin target;

  @Parameters(
      paramLabel = "FILE.csv",
      arity = "0..*",
      description = "Recordings of one board; -b chooses where there are several.")
  List<Path> files = List.of();

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Log of TFLM's profiler instead, with --model and -b.")
  List<Path> logs = List.of();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Model of each log, in the same order.")
  List<String> models = List.of();

  @Option(
      names = "--tick-rate",
      paramLabel = "1MHz",
      converter = Quantities.TickRate.class,
      description = "Ticks in a second. Default: by the log, or cycles of the core.")
  Long tickHz;

  @Option(
      names = "--networks",
      paramLabel = "FILE.json",
      description = "Operator lists of networks that the recordings name.")
  Path networks;

  @Option(names = "--library", description = "Fit the kernel library's build instead of the board.")
  boolean library;

  @Writes(renews = "--board")
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.yaml",
      description = "File to write: a board for -b, or with --library coefficients for --kernels.")
  Path output;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "Form of what is printed: table, json. Default: table.")
  Format format;

  @Option(names = "--json", description = "Short for --format json.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty() == logs.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "give recordings, or --log with --model and -b");
    }
    if (!Set.of(Format.TABLE, Format.JSON).contains(format == null ? Format.TABLE : format)) {
      throw new ParameterException(
          spec.commandLine(), "--format %s: 'calibrate' knows table, json".formatted(format));
    }
    List<Recording> recordings = new ArrayList<>();
    Map<Recording, String> damaged = new HashMap<>();
    for (Path file : files) {
      // Rows that name no board are of the one that is calibrated, whatever others call it.
      Recordings.Tolerated read = target.rowDefaults(false).fill(Recordings.readTolerantly(file));
      recordings.addAll(read.rows());
      damaged.putAll(read.damaged());
    }
    String name = boardName(recordings);
    Board base = Boards.resolve(name);
    boolean asJson = json || format == Format.JSON;
    String report;
    try {
      report =
          library
              ? library(recordings, damaged, Boards.recognised(base), asJson)
              : board(name, recordings, damaged, base, asJson);
    } catch (Unfit unfit) {
      throw InputException.of(
              String.valueOf(files.isEmpty() ? logs : files), "", unfit.getMessage(), "")
          .withHint(refusals(unfit.rows.refused()));
    }
    spec.commandLine().getOut().print(report);
    spec.commandLine().getOut().flush();
    return ExitStatus.FINE;
  }

  /** Rows that nothing can be fitted to. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;
    private final transient OwnRows rows;

    Unfit(IllegalArgumentException cause, OwnRows rows) {
      super(cause.getMessage(), cause);
      this.rows = rows;
    }
  }

  private String board(
      String name,
      List<Recording> recordings,
      Map<Recording, String> damaged,
      Board base,
      boolean asJson)
      throws IOException, Unfit {
    String template = template(base);
    Board own = Boards.parse(name, template);
    OwnRows rows = logs.isEmpty() ? rows(recordings, damaged, base, own) : rows(own);
    BoardFit fit;
    try {
      fit = BoardFit.of(target.model(), rows.rows());
    } catch (IllegalArgumentException tooFew) {
      throw new Unfit(tooFew, rows);
    }
    WholeFile.write(template + section(fit), output);
    return asJson ? document(own, fit, rows) : text(base, own, fit, rows);
  }

  private String library(
      List<Recording> recordings, Map<Recording, String> damaged, Board base, boolean asJson)
      throws IOException, Unfit {
    OwnRows rows = logs.isEmpty() ? rows(recordings, damaged, base, base) : rows(base);
    LibraryFit fit;
    try {
      fit = LibraryFit.of(target.model(), rows.rows());
    } catch (IllegalArgumentException unfit) {
      throw new Unfit(unfit, rows);
    }
    WholeFile.write(CoefficientWriter.write(origin(), List.of(fit.set())), output);
    return asJson ? document(fit, rows) : text(fit, rows);
  }

  /** The board that was named, or the only one that the rows name. */
  private String boardName(List<Recording> recordings) {
    if (target.board != null) {
      return target.board;
    }
    if (!logs.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--log needs -b: a log names no board");
    }
    Set<String> named = named(recordings);
    if (named.size() != 1) {
      throw InputException.of(
              files.toString(), "board_id", named.isEmpty() ? "no board" : "boards " + named, "one")
          .withHint("-b chooses one");
    }
    return named.iterator().next();
  }

  private static Set<String> named(List<Recording> recordings) {
    Set<String> named = new TreeSet<>();
    recordings.forEach(recording -> named.add(recording.setting().boardId()));
    named.remove("");
    return named;
  }

  private static String template(Board base) {
    // A board of one's own keeps its name.
    String text = Boards.template(base).replaceFirst("(?m)^id: my-my-", "id: my-");
    int before = text.indexOf("\ncalibration:\n");
    return before < 0 ? text : text.substring(0, before + 1);
  }

  private OwnRows rows(
      List<Recording> recordings, Map<Recording, String> damaged, Board base, Board own) {
    Map<String, RecordedNetwork> lists =
        networks == null ? Map.of() : RecordedNetworks.read(networks);
    Set<String> names = new HashSet<>(base.aliases());
    names.add(base.id());
    names.add(own.id());
    names.add("");
    Set<String> told = named(recordings);
    if (told.size() == 1) {
      // Whatever they call it, it is the board that was chosen.
      names.addAll(told);
    }
    return OwnRows.of(recordings, damaged, lists, own, names);
  }

  /** One row for each layer of each log; one network alone is left out layer by layer. */
  private OwnRows rows(Board own) throws IOException {
    if (models.size() != logs.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "%d logs and %d models: each --log needs its --model"
              .formatted(logs.size(), models.size()));
    }
    Target on = target.on(own);
    List<BoardFit.Row> rows = new ArrayList<>();
    for (int i = 0; i < logs.size(); i++) {
      Network network = ModelArgument.read(models.get(i)).network();
      double[] cycles =
          TflmLog.read(logs.get(i))
              .cycles(
                  network, on, tickHz == null ? OptionalDouble.empty() : OptionalDouble.of(tickHz));
      for (int k = 0; k < cycles.length; k++) {
        if (cycles[k] > 0) {
          String group = logs.size() > 1 ? models.get(i) : "layer " + k;
          Sample sample =
              new Sample(
                  models.get(i) + " " + k,
                  List.of(network.layers().get(k).work()),
                  false,
                  on,
                  cycles[k],
                  OptionalDouble.empty());
          rows.add(new BoardFit.Row(sample, group));
        }
      }
    }
    return new OwnRows(rows, Map.of());
  }

  private String section(BoardFit fit) {
    return String.format(
        Locale.ROOT,
        "calibration:\n  scale: %.6f\n  weights: %.6f\n  spread: %.6f\n  rows: %d\n  source: \"%s\"\n",
        fit.scale(),
        fit.weights(),
        fit.spread(),
        fit.rows(),
        origin());
  }

  private String origin() {
    // Whoever is given the file knows the names, and has no use for the folders.
    String from = (files.isEmpty() ? logs : files).stream().map(Path::getFileName).toList() + "";
    return "thumbprint calibrate " + from.replaceAll("[\"\\\\\\p{Cntrl}]", "_");
  }

  private String text(LibraryFit fit, OwnRows rows) {
    String freedom =
        switch (fit.freedom()) {
          case NONE ->
              "Nothing lowers the error on rows left out: the coefficients stay as shipped.";
          case KINDS -> "One factor for each kind of work fitted.";
          case TERMS -> "Every term fitted, drawn towards what is shipped.";
        };
    return String.format(
            Locale.ROOT,
            """
        %s: %d rows, %d groups left out in turn
        %s
          mean absolute error on what was left out: %.1f %% before, %.1f %% after
          90 %% interval of the next network: +/- %.1f %%
        %s: use it with --kernels %s
        """,
            fit.set(),
            fit.rows(),
            fit.groups(),
            freedom,
            fit.beforePct(),
            fit.afterPct(),
            100 * Math.expm1(fit.set().spread()),
            output,
            output)
        + (rows.refused().isEmpty() ? "" : refusals(rows.refused()) + "\n");
  }

  private String document(LibraryFit fit, OwnRows rows) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema_version", "1.0");
    root.put("library", fit.set().library().toString());
    root.put("board", fit.set().home().board().id());
    root.put("opt", fit.set().opt().label());
    root.put("file", output.toString());
    root.put("rows", fit.rows());
    root.put("groups", fit.groups());
    root.put("freedom", fit.freedom().name().toLowerCase(Locale.ROOT));
    root.put("held_out_error_before_pct", fit.beforePct());
    root.put("held_out_error_after_pct", fit.afterPct());
    root.put("half_width_pct", 100 * Math.expm1(fit.set().spread()));
    root.put("refused", rows.refused());
    return JsonText.of(root);
  }

  private String text(Board base, Board own, BoardFit fit, OwnRows rows) {
    return String.format(
            Locale.ROOT,
            """
        %s, from %s: %d rows, %d groups left out in turn
        %s
          scale    %.3f  of all cycles
          weights  %.3f  of the waiting for weights
          mean absolute error on what was left out: %.1f %% before, %.1f %% after
          90 %% interval of the next network: at most +/- %.1f %%
        %s: use it with -b %s
        """,
            own.id(),
            base.id(),
            fit.rows(),
            fit.groups(),
            fit.numbers() == 0
                ? "No number lowers the error on rows left out: both stay 1."
                : fit.numbers() + (fit.numbers() == 1 ? " number fitted" : " numbers fitted"),
            fit.scale(),
            fit.weights(),
            fit.beforePct(),
            fit.afterPct(),
            100 * Math.expm1(fit.spread()),
            output,
            output)
        + (rows.refused().isEmpty() ? "" : refusals(rows.refused()) + "\n");
  }

  private static String refusals(Map<String, Integer> refused) {
    return refused.isEmpty()
        ? "measure two networks or more, in cycles or in milliseconds"
        : "rows not used, by reason:\n  " + String.join("\n  ", Reasons.shown(refused));
  }

  private String document(Board own, BoardFit fit, OwnRows rows) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema_version", "1.0");
    root.put("board", own.id());
    root.put("file", output.toString());
    root.put("rows", fit.rows());
    root.put("groups", fit.groups());
    root.put("numbers", fit.numbers());
    root.put("scale", fit.scale());
    root.put("weights", fit.weights());
    root.put("held_out_error_before_pct", fit.beforePct());
    root.put("held_out_error_after_pct", fit.afterPct());
    root.put("half_width_pct", 100 * Math.expm1(fit.spread()));
    root.put("refused", rows.refused());
    return JsonText.of(root);
  }
}
