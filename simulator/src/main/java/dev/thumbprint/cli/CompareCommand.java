package dev.thumbprint.cli;

import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.compare.Comparison;
import dev.thumbprint.compare.ComparisonReport;
import dev.thumbprint.compare.ProfileReader;
import dev.thumbprint.report.TableForms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare A.json B.json}: what changed between two profiles. */
@Command(
    name = "compare",
    description = "Compare two reports of profile --json, in total and layer by layer.")
final class CompareCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin OutputMixin output = new OutputMixin(Format.TABLE, Format.JSON, Format.CSV, Format.MD);

  @Parameters(index = "0", paramLabel = "BEFORE.json", description = "The first report.")
  Path before;

  @Parameters(index = "1", paramLabel = "AFTER.json", description = "The second report.")
  Path after;

  @Option(
      names = "--fail-above",
      paramLabel = "5%",
      converter = Quantities.Percent.class,
      description =
          "Status 1 where cycles, latency, energy, arena, RAM or flash grew by more than this.")
  Double failAbove;

  @Override
  public Integer call() throws IOException {
    Format format = output.format(Format.TABLE, Format.JSON, Format.CSV, Format.MD);
    Comparison comparison = Comparison.of(ProfileReader.read(before), ProfileReader.read(after));
    List<String> failed = failAbove == null ? List.of() : comparison.above(failAbove);
    ComparisonReport report = new ComparisonReport(comparison);
    output.write(
        switch (format) {
          case JSON -> report.json(failed);
          case CSV -> TableForms.csv(report.layers());
          case MD -> TableForms.markdown(report.layers());
          default -> report.text();
        },
        spec.commandLine().getOut());
    if (failed.isEmpty()) {
      return ExitStatus.FINE;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "thumbprint: grew by more than %s %%, or is not available any more: %s"
            .formatted(100 * failAbove, String.join(", ", failed)));
    return ExitStatus.LIMIT_FAILED;
  }
}
