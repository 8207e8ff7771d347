package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.explore.engine.ClusterEngine;
import dev.thumbprint.explore.engine.Design.Status;
import dev.thumbprint.explore.engine.Exploration;
import dev.thumbprint.explore.engine.Explorer;
import dev.thumbprint.explore.engine.Fingerprint;
import dev.thumbprint.explore.engine.PointFile;
import dev.thumbprint.explore.report.ExplorationJson;
import dev.thumbprint.explore.report.ExplorationPage;
import dev.thumbprint.explore.report.ExplorationText;
import dev.thumbprint.explore.report.FrontCsv;
import dev.thumbprint.explore.report.Plan;
import dev.thumbprint.explore.report.Reproduction;
import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.Sampler;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceReader;
import dev.thumbprint.explore.space.SpaceRequest;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explore SPACE.yaml}: from a question to a Pareto front. */
@Command(
    name = "explore",
    description = {
      "Explore networks, boards and settings: the Pareto front, and what cannot be told apart from"
          + " it.",
      "SPACE.yaml says what is varied, limited and optimised (docs/explore.md). For a quick"
          + " question: explore kws --sweep board=nucleo-l4r5zi --sweep clock=64,80,120MHz"
    })
final class ExploreCommand implements Callable<Integer> {
  private static final int SPACE_BYTES_MAX = 1 << 20;
  private static final Format[] FORMATS = Format.values();

  @Spec CommandSpec spec;
  @Mixin OutputMixin output;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SPACE.yaml|MODEL",
      description = "A space, or a model as profile takes it.")
  String subject = "";

  @Option(
      names = "--sweep",
      paramLabel = "NAME=V1,V2",
      description =
          "Values of an axis (board, network, clock, kernels, opt, period, a parameter of the"
              + " family, ...) instead of those in the file.")
  List<String> sweeps = List.of();

  @Option(
      names = "--sampler",
      paramLabel = "KIND",
      description =
          "grid, random or nsga2; --seed seeds what it draws. Default: the file's, else grid.")
  String sampler;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Designs to look at, at most. Default: all for grid, 10000 otherwise.")
  Long budget;

  @Option(
      names = "--prices",
      paramLabel = "FILE.csv",
      description = "Prices of boards: board,price,currency. Default: what the boards say.")
  String prices = "";

  @Writes
  @Option(
      names = "--points",
      paramLabel = "FILE.csv",
      description =
          "Also write every design looked at, one row each; with Spark also FILE.parquet.")
  Path points;

  @Writes
  @Option(
      names = "--html",
      paramLabel = "FILE.html",
      description =
          "Also write a page that works offline: scatter, table, filters, layers; -f html is that"
              + " page as the report.")
  Path page;

  @Option(
      names = "--resume",
      description = "Take up what a run with the same space and --points left behind.")
  boolean resume;

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "20",
      paramLabel = "N",
      description = "Count the designs and list the first N (20); price nothing.")
  Integer dryRun;

  @Option(
      names = "--network-of",
      paramLabel = "POINT",
      description = "Write the layers of the network of a design as JSON, for profile -.")
  Long networkOf;

  /** Where designs are priced. */
  enum Where {
    LOCAL,
    SPARK;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Option(
      names = "--engine",
      paramLabel = "local|spark",
      defaultValue = "local",
      description = "This process, or Apache Spark, which is fetched on first use.")
  Where engine;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark's master. Default: what spark-submit says, else local[*].")
  String master;

  @Override
  public Integer call() throws IOException {
    requireEngine();
    output.require(dryRun == null ? FORMATS : new Format[] {Format.TABLE, Format.JSON});
    Optional<ClusterEngine> cluster = ServiceLoader.load(ClusterEngine.class).findFirst();
    if (engine == Where.SPARK && cluster.isEmpty() && dryRun == null && networkOf == null) {
      List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
      return new SparkProcess(spec.commandLine().getErr()).run(arguments);
    }
    SpaceRequest request = request();
    Inputs inputs = Inputs.ofThisMachine();
    Space space = SpaceReader.read(request, inputs);
    Places.requireOthers(spec, inputs.contents().keySet().stream().map(Path::of).toList());
    PrintWriter out = spec.commandLine().getOut();
    if (networkOf != null) {
      output.write(Plan.network(space, point(space, networkOf)), out);
      return ExitStatus.FINE;
    }
    if (dryRun != null) {
      boolean json = output.format() == Format.JSON;
      output.write(json ? Plan.json(space, dryRun) : Plan.text(space, dryRun), out);
      return ExitStatus.FINE;
    }
    if (page != null) {
      WholeFile.requireWritable(page);
    }
    String fingerprint = Fingerprint.of(request, inputs, Version.describe());
    Exploration exploration =
        engine == Where.SPARK
            ? explore(cluster.orElseThrow(), space, request, inputs, fingerprint)
            : explore(space, fingerprint);
    Reproduction reproduction = new Reproduction(space, request);
    String drawn =
        page == null && output.format() != Format.HTML
            ? ""
            : new ExplorationPage(exploration, reproduction, Version.describe()).render();
    if (page != null) {
      WholeFile.write(drawn, page);
    }
    output.write(
        switch (output.format()) {
          case CSV -> new FrontCsv(exploration).render();
          case JSON ->
              new ExplorationJson(exploration, reproduction, Version.version(), Version.commit())
                  .render();
          case MD -> new ExplorationText(exploration, reproduction).markdown();
          case HTML -> drawn;
          case TABLE -> new ExplorationText(exploration, reproduction).render();
        },
        out);
    return exploration.tally().count(Status.FEASIBLE) > 0
        ? ExitStatus.FINE
        : ExitStatus.LIMIT_FAILED;
  }

  private void requireEngine() {
    if (engine == Where.LOCAL && master != null) {
      throw new ParameterException(spec.commandLine(), "--master needs --engine spark");
    }
    boolean parquet = points != null && points.toString().endsWith(".parquet");
    if (engine == Where.LOCAL && parquet) {
      throw new ParameterException(
          spec.commandLine(),
          "--points: Parquet needs --engine spark; the local engine writes CSV");
    }
    if (engine == Where.SPARK && resume) {
      throw new ParameterException(
          spec.commandLine(), "--resume is for the local engine; Spark prices lost parts again");
    }
  }

  private Exploration explore(
      ClusterEngine cluster, Space space, SpaceRequest request, Inputs inputs, String fingerprint)
      throws IOException {
    if (space.sampler().kind() == Sampler.Kind.NSGA2) {
      throw InputException.of("", "sampler", "nsga2", "grid or random with --engine spark")
          .withHint("a genetic search goes one generation at a time: it runs on this machine");
    }
    if (points != null) {
      WholeFile.requireWritable(points);
    }
    ProgressBar bar = bar(space);
    try {
      return cluster.run(
          space,
          request,
          inputs,
          fingerprint,
          Optional.ofNullable(master),
          Optional.ofNullable(points),
          bar::tell);
    } finally {
      bar.done();
    }
  }

  private Exploration explore(Space space, String fingerprint) throws IOException {
    ProgressBar bar = bar(space);
    Explorer explorer = new Explorer(space, SharedOptions.of(spec).threads()).telling(bar::tell);
    if (points == null) {
      if (resume) {
        throw new ParameterException(spec.commandLine(), "--resume needs --points");
      }
    } else {
      WholeFile.requireWritable(points);
      explorer.writing(points, fingerprint, resume);
      note(fingerprint);
    }
    try {
      return explorer.run();
    } catch (IOException failed) {
      throw explained(failed);
    } finally {
      bar.done();
    }
  }

  /** Tells whether there is something to take up. */
  private void note(String fingerprint) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Path draft = PointFile.draft(points);
    if (resume && !PointFile.resumable(points, fingerprint)) {
      err.println(
          Files.exists(draft)
              ? "thumbprint: " + draft + " is of another space or version; starting anew"
              : "thumbprint: nothing to resume beside " + points + "; starting anew");
    }
  }

  private IOException explained(IOException failed) {
    if (points == null || !Files.isRegularFile(PointFile.draft(points))) {
      return points == null ? failed : new IOException(points + ": " + failed.getMessage(), failed);
    }
    return new IOException(
        "%s: %s; hint: the rows so far are kept in %s, the same command with --resume goes on"
            .formatted(points, failed.getMessage(), PointFile.draft(points)),
        failed);
  }

  private ProgressBar bar(Space space) {
    return new ProgressBar(
        spec.commandLine().getErr(),
        space.sampler().points(space.size()),
        SharedOptions.of(spec).progressShown());
  }

  private long point(Space space, long point) {
    if (point < 0 || point >= space.size()) {
      throw InputException.of(
          "", "--network-of", Long.toString(point), "0 to " + (space.size() - 1));
    }
    return point;
  }

  private SpaceRequest request() throws IOException {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    boolean file = subject.endsWith(".yaml") || subject.endsWith(".yml");
    if (!file && !subject.isEmpty()) {
      axes.put("network", List.of(subject));
    }
    for (String sweep : sweeps) {
      int equals = sweep.indexOf('=');
      if (equals < 1 || equals == sweep.length() - 1) {
        throw new ParameterException(
            spec.commandLine(),
            "--sweep: found '%s', expected NAME=V1,V2 such as clock=64,80MHz".formatted(sweep));
      }
      List<String> values =
          Arrays.stream(sweep.substring(equals + 1).split(",")).map(String::strip).toList();
      if (axes.put(sweep.substring(0, equals).strip(), values) != null) {
        throw new ParameterException(
            spec.commandLine(), "--sweep: '%s' twice".formatted(sweep.substring(0, equals)));
      }
    }
    Map<String, String> how = new LinkedHashMap<>();
    if (sampler != null) {
      how.put("kind", sampler);
    }
    if (budget != null) {
      how.put("budget", budget.toString());
    }
    SharedOptions.of(spec).seed().ifPresent(seed -> how.put("seed", Long.toString(seed)));
    return new SpaceRequest(file ? subject : "", file ? text(subject) : "", axes, prices, how);
  }

  private static String text(String file) throws IOException {
    Path path = Path.of(file);
    if (Files.isDirectory(path)) {
      throw InputException.of(file, "", "a directory", "a space in YAML");
    }
    String text = WholeInput.text(path, SPACE_BYTES_MAX);
    if (text.isBlank()) {
      throw InputException.of(file, "", "an empty file", "a space that starts with 'version: 1'");
    }
    return text;
  }
}
