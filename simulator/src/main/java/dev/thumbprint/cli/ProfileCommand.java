package dev.thumbprint.cli;

import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.report.CsvReport;
import dev.thumbprint.report.JsonReport;
import dev.thumbprint.report.MarkdownReport;
import dev.thumbprint.report.TableReport;
import java.io.PrintWriter;
import java.util.Locale;
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
    return status(profile);
  }

  /** A network that cannot be priced or does not fit is reported all the same, and refused. */
  private int status(Profile profile) {
    PrintWriter err = spec.commandLine().getErr();
    if (profile.total().cycles() instanceof Unavailable none) {
      err.println("thumbprint: no total: " + none.reason());
      err.println("  hint: --ignore-unknown gives a total without such layers, marked partial");
      return ExitStatus.BAD_INPUT;
    }
    if (profile.fit().isPresent() && !profile.fits()) {
      Fit fit = profile.fit().get();
      for (Fit.Region region : fit.regions()) {
        if (!region.fits()) {
          err.println(
              String.format(
                  Locale.ROOT,
                  "thumbprint: %s does not fit %s: needs %,d bytes of %s, which has %,d",
                  profile.model().name(),
                  profile.target().board().title(),
                  region.neededBytes(),
                  region.name(),
                  region.availableBytes()));
        }
      }
      fit.remedies().forEach(remedy -> err.println("  hint: " + remedy));
      return ExitStatus.BAD_INPUT;
    }
    return ExitStatus.FINE;
  }
}
