package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.RecordedNetworks;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.report.TableForms;
import dev.thumbprint.validate.AccuracyDocument;
import dev.thumbprint.validate.CountsReport;
import dev.thumbprint.validate.LogReport;
import dev.thumbprint.validate.Refit;
import dev.thumbprint.validate.TflmLog;
import dev.thumbprint.validate.ValidationRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: predictions beside recordings. */
@Command(
    name = "validate",
    description = {
      "Compare predictions with recordings.",
      "Without a file: the built-in recordings, each predicted by coefficients that were fitted"
          + " without it. With files: your own recordings, predicted by the shipped coefficients."
    })
final class ValidateCommand implements Callable<Integer> {
  /** Declared ways to hold out rows. */
  enum Split {
    SWEEP,
    NETWORK,
    BOARD,
    SOURCE,
    BUILD,
    VERSION
  }

  @Spec CommandSpec spec;

  /** With --counts other forms, as that option says. */
  @Mixin OutputMixin output = new OutputMixin(Format.TABLE, Format.JSON, Format.CSV);

  @Mixin TargetMixin target;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Log of TFLM's profiler instead of a table, with --model and -b.")
  private Path log;

  @Option(names = "--model", paramLabel = "MODEL", description = "Model of the log.")
  private String model;

  @Option(
      names = "--tick-rate",
      paramLabel = "1MHz",
      converter = Quantities.TickRate.class,
      description = "Ticks of the log in a second. Default: by the log, or cycles of the core.")
  private Long tickHz;

  @Parameters(
      paramLabel = "FILE.csv",
      arity = "0..*",
      description = "Recordings (docs/recordings.md).")
  private List<Path> files = List.of();

  @Option(
      names = "--networks",
      paramLabel = "FILE.json",
      description = "Operator lists of networks that the recordings name.")
  private Path networks;

  @Writes
  @Option(
      names = "--predictions",
      paramLabel = "OUT.csv",
      description = "Also write the predictions row by row.")
  private Path predictions;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "Hold out built-in rows by ${COMPLETION-CANDIDATES}.")
  private Split split;

  @Writes(Writes.Kind.MADE_FOLDER)
  @Option(
      names = "--refit",
      paramLabel = "DIR",
      description = "Fit the coefficients to the built-in recordings anew and write them to DIR.")
  private Path refit;

  @Writes
  @Option(
      names = "--document",
      paramLabel = "FILE.md",
      description =
          "Write the accuracy document: all splits, goals beside figures; its scatter plots go to"
              + " the folder accuracy beside it.")
  private Path document;

  @Option(
      names = "--counts",
      description =
          "Compare stored counts of emulated kernels, timed for the board, with recorded layers"
              + " (docs/sweeps.md). Forms: table, md, csv.")
  private boolean counts;

  /** What is wrong with the damaged rows of the files, in their order. */
  private final SequencedMap<Recording, String> damaged = new LinkedHashMap<>();

  private int rowCount;

  @Override
  public Integer call() throws IOException {
    if (counts) {
      return writeCounts();
    }
    Format format = output.format(Format.TABLE, Format.JSON, Format.CSV);
    if (log != null) {
      return log(format);
    }
    Consumer<String> progress =
        step ->
            SharedOptions.of(spec)
                .progress(spec.commandLine().getErr())
                .accept("fitting without " + step);
    if (refit != null || document != null) {
      if (!files.isEmpty() || split != null) {
        throw new ParameterException(
            spec.commandLine(), "--refit and --document use all built-in recordings: no files");
      }
      if (refit != null) {
        Refit.write(refit, progress);
      }
      if (document != null) {
        AccuracyDocument.make(progress).write(document);
      }
      return ExitStatus.FINE;
    }
    ValidationRun run = run(progress);
    if (predictions != null) {
      WholeFile.write(run.predictions(), predictions);
    }
    output.write(
        switch (format) {
          case JSON -> run.json();
          case CSV -> run.predictions();
          default -> run.text();
        },
        spec.commandLine().getOut());
    if (!damaged.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "thumbprint: %d of %d rows are damaged; the first: %s"
              .formatted(damaged.size(), rowCount, damaged.firstEntry().getValue()));
    }
    return rowCount > 0 && damaged.size() == rowCount ? ExitStatus.BAD_INPUT : ExitStatus.FINE;
  }

  private int log(Format format) throws IOException {
    if (model == null || target.board == null || !files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--log needs --model and -b, and no table besides");
    }
    Subject subject = ModelArgument.read(model);
    Target on = target.target();
    double[] cycles =
        TflmLog.read(log)
            .cycles(
                subject.network(),
                on,
                tickHz == null ? OptionalDouble.empty() : OptionalDouble.of(tickHz));
    LogReport report = new LogReport(Profiler.profile(subject, on, target.model(), false), cycles);
    output.write(
        switch (format) {
          case JSON -> report.json();
          case CSV -> TableForms.csv(report.table());
          default -> report.table().render();
        },
        spec.commandLine().getOut());
    return ExitStatus.FINE;
  }

  private int writeCounts() throws IOException {
    boolean more =
        !files.isEmpty() || split != null || refit != null || document != null || networks != null;
    if (more || predictions != null || output.format() == OutputMixin.Format.JSON) {
      throw new ParameterException(
          spec.commandLine(),
          "--counts compares the built-in recordings: no files, no other option, not --json");
    }
    CountsReport report = CountsReport.builtIn();
    output.write(
        output.format(Format.TABLE, Format.CSV, Format.MD) == Format.CSV
            ? report.csv()
            : report.text(),
        spec.commandLine().getOut());
    return ExitStatus.FINE;
  }

  private ValidationRun run(Consumer<String> progress) throws IOException {
    if (files.isEmpty()) {
      return split == null
          ? ValidationRun.builtIn(progress)
          : ValidationRun.bySplit(split.name().toLowerCase(Locale.ROOT), progress);
    }
    if (split != null) {
      throw new ParameterException(
          spec.commandLine(), "--split holds out built-in rows: leave the files out");
    }
    Map<String, RecordedNetwork> own = new HashMap<>();
    if (networks != null) {
      own.putAll(RecordedNetworks.read(networks));
    }
    List<Recording> rows = new ArrayList<>();
    for (Path file : files) {
      Recordings.Tolerated read = target.rowDefaults(true).fill(Recordings.readTolerantly(file));
      rows.addAll(read.rows());
      damaged.putAll(read.damaged());
    }
    rowCount = rows.size();
    return ValidationRun.of(rows, damaged, own, "Shipped coefficients against " + files);
  }
}
