package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.model.WholeInput;
import dev.thumbprint.study.Experiment;
import dev.thumbprint.study.Outcome;
import dev.thumbprint.study.Plot;
import dev.thumbprint.study.Study;
import dev.thumbprint.study.StudyCsv;
import dev.thumbprint.study.StudyHtml;
import dev.thumbprint.study.StudyJson;
import dev.thumbprint.study.StudyMarkdown;
import dev.thumbprint.study.StudyText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study heim2021}: the experiments of the paper, recorded beside simulated. */
@Command(
    name = "study",
    description = {
      "Run the experiments of a published study in simulation, beside its recordings.",
      "Every statement of the study is judged on the recordings and on the simulation apart."
    })
final class StudyCommand implements Callable<Integer> {
  private static final int VERDICTS_BYTES_MAX = 16 << 20;
  private static final int CHANGES_MAX = 100;

  /** Studies that are built in. */
  enum Name {
    HEIM2021;

    List<Experiment> experiments() {
      return switch (this) {
        case HEIM2021 -> Study.experiments();
      };
    }
  }

  @Spec CommandSpec spec;
  @Mixin OutputMixin output;

  @Parameters(index = "0", paramLabel = "STUDY", description = "The study: heim2021.")
  private Name name;

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      description = "Run only these rows: numbers 1 to 21 or names such as FIG4.")
  private List<String> only = List.of();

  @Writes(Writes.Kind.FOLDER)
  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Also write every plot as SVG to DIR.")
  private Path plots;

  @Writes(
      value = Writes.Kind.FOLDER,
      names = "study\\.html|study-results\\.md|study-verdicts\\.csv")
  @Option(
      names = "--document",
      paramLabel = "DIR",
      description =
          "Also write study.html, study-results.md and study-verdicts.csv to DIR (all rows).")
  private Path document;

  @Option(
      names = "--expect",
      paramLabel = "VERDICTS.csv",
      description = "Exit with status 1 where a verdict differs from those of this file.")
  private Path expected;

  @Override
  public Integer call() throws IOException {
    if ((document != null || expected != null) && !only.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--document and --expect take all rows: leave out --only");
    }
    output.require(Format.values());
    List<String> verdicts =
        expected == null
            ? List.of()
            : WholeInput.text(expected, VERDICTS_BYTES_MAX).lines().toList();
    List<Experiment> wanted =
        only.isEmpty() ? name.experiments() : only.stream().map(Study::experiment).toList();
    List<Outcome> outcomes = Study.run(wanted, progress());
    if (plots != null) {
      for (Outcome outcome : outcomes) {
        for (Plot plot : outcome.plots()) {
          WholeFile.write(plot.svg(), plots.resolve(plot.name() + ".svg"));
        }
      }
    }
    if (document != null) {
      WholeFile.write(StudyHtml.of(outcomes), document.resolve("study.html"));
      WholeFile.write(StudyMarkdown.of(outcomes), document.resolve("study-results.md"));
      WholeFile.write(StudyCsv.verdicts(outcomes), document.resolve("study-verdicts.csv"));
    }
    output.write(
        switch (output.format()) {
          case TABLE -> StudyText.of(outcomes);
          case JSON -> StudyJson.of(outcomes, Version.version(), Version.commit());
          case CSV -> StudyCsv.figures(outcomes);
          case MD -> StudyMarkdown.of(outcomes);
          case HTML -> StudyHtml.of(outcomes);
        },
        spec.commandLine().getOut());
    if (expected == null) {
      return ExitStatus.FINE;
    }
    List<String> changed = changes(StudyCsv.verdicts(outcomes).lines().toList(), verdicts);
    PrintWriter err = spec.commandLine().getErr();
    changed.forEach(line -> err.println("thumbprint: verdict changed: " + line));
    return changed.isEmpty() ? ExitStatus.FINE : ExitStatus.LIMIT_FAILED;
  }

  /** Verdicts that are not the expected ones; the first of them where another file was named. */
  static List<String> changes(List<String> found, List<String> wanted) {
    List<String> changed = new ArrayList<>();
    found.stream()
        .filter(line -> !wanted.contains(line))
        .forEach(line -> changed.add("now " + line));
    wanted.stream()
        .filter(line -> !found.contains(line))
        .forEach(line -> changed.add("was " + line));
    if (changed.size() <= CHANGES_MAX) {
      return changed;
    }
    List<String> shown = new ArrayList<>(changed.subList(0, CHANGES_MAX));
    shown.add("and %,d more".formatted(changed.size() - CHANGES_MAX));
    return shown;
  }

  private Consumer<Experiment> progress() {
    Consumer<String> told = SharedOptions.of(spec).progress(spec.commandLine().getErr());
    return row -> told.accept("row %d, %s".formatted(row.row(), row.title()));
  }
}
