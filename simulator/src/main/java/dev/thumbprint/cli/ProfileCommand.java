package dev.thumbprint.cli;

import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.report.CsvReport;
import dev.thumbprint.report.JsonReport;
import dev.thumbprint.report.MarkdownReport;
import dev.thumbprint.report.TableReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code profile MODEL -b BOARD}: latency, energy, RAM and flash, by layer and in total. */
@Command(
    name = "profile",
    description = "Latency, energy, RAM and flash of a model on a board, by layer and in total.")
final class ProfileCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ModelArgument model;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output;

  @Option(
      names = "--ignore-unknown",
      description = "Give a total although a layer cannot be priced, and mark it partial.")
  boolean ignoreUnknown;

  @Override
  public Integer call() throws Exception {
    Profile profile = Profiler.profile(model.read(), target.target(), ignoreUnknown);
    String report =
        switch (output.format()) {
          case TABLE -> new TableReport(profile).render();
          case JSON -> new JsonReport(profile, Version.version(), Version.commit()).render();
          case CSV -> new CsvReport(profile).render();
          case MD -> new MarkdownReport(profile).render();
        };
    output.write(report, spec.commandLine().getOut());
    return ExitStatus.FINE;
  }
}
