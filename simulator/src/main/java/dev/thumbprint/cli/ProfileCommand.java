package dev.thumbprint.cli;

import dev.thumbprint.cost.energy.PowerTrace;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.explain.Advisor;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.profile.Battery;
import dev.thumbprint.profile.Duty;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.CsvReport;
import dev.thumbprint.report.DutyReport;
import dev.thumbprint.report.HtmlReport;
import dev.thumbprint.report.JsonReport;
import dev.thumbprint.report.MarkdownReport;
import dev.thumbprint.report.TableReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code profile MODEL -b BOARD}: latency, energy, RAM and flash, by layer and in total. */
@Command(
    name = "profile",
    description = "Latency, energy, RAM and flash of a model on a board, by layer and in total.")
final class ProfileCommand implements Callable<Integer> {
  private static final double TRACE_STEP_MS = 0.01;
  private static final double TRACE_ROWS = 100_000;

  @Spec CommandSpec spec;
  @Mixin ModelArgument model;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output;

  @Option(
      names = "--ignore-unknown",
      description = "Give a total although a layer cannot be priced, and mark it partial.")
  boolean ignoreUnknown;

  @Writes
  @Option(
      names = "--trace",
      paramLabel = "FILE.csv",
      description = "Also write a synthetic power trace with the energy of the profile.")
  Path trace;

  @Option(
      names = "--battery",
      paramLabel = "CR2032|AA|800mAh@3.7V",
      description = "With --period: life of this battery instead of the usual ones.")
  String battery;

  @Override
  public Integer call() throws IOException {
    List<Battery> batteries = batteries();
    Subject subject = model.read();
    CostModel prices = target.model();
    Profile plain = Profiler.profile(subject, target.target(), prices, ignoreUnknown);
    Profile profile = Advisor.advised(plain, subject, prices);
    Optional<Duty> duty =
        target.periodMs().isPresent()
            ? Optional.of(Duty.of(profile, target.periodMs().getAsDouble(), batteries))
            : Optional.empty();
    String after = duty.map(DutyReport::text).orElse("");
    String report =
        switch (output.format()) {
          case TABLE -> new TableReport(profile).render() + after;
          case JSON -> json(profile, duty);
          case CSV -> new CsvReport(profile).render();
          case MD ->
              new MarkdownReport(profile).render()
                  + (after.isEmpty() ? "" : "```" + after + "```\n");
          case HTML ->
              HtmlReport.of(
                      subject, profile.target(), prices, ignoreUnknown, duty, Version.describe())
                  .render();
        };
    output.write(report, spec.commandLine().getOut());
    if (trace != null) {
      WholeFile.write(trace(profile, duty), trace);
    }
    return status(profile);
  }

  private List<Battery> batteries() {
    if (battery == null) {
      return Battery.USUAL;
    }
    if (target.periodMs().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--battery without --period: how long it lasts depends on how often the network runs;"
              + " add --period, such as --period 1s");
    }
    return List.of(
        Battery.parse(battery)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--battery: '%s' is none of CR2032, AA, or a charge such as 800mAh@3.7V"
                            .formatted(battery))));
  }

  private static String json(Profile profile, Optional<Duty> duty) {
    ObjectNode root = new JsonReport(profile, Version.version(), Version.commit()).toNode();
    duty.ifPresent(cycle -> DutyReport.addTo(root, cycle));
    return root.toPrettyString() + "\n";
  }

  private static String trace(Profile profile, Optional<Duty> duty) throws IOException {
    PowerTrace power =
        Duty.trace(profile, duty)
            .orElseThrow(
                () ->
                    InputException.of(
                        profile.model().name(),
                        "--trace",
                        "the power or the time of a layer is not known, or does not fit the period",
                        "a board whose power is known"));
    StringBuilder csv = new StringBuilder();
    power.writeCsv(csv, Math.max(TRACE_STEP_MS, power.durationMs() / TRACE_ROWS));
    return csv.toString();
  }

  /** A network that cannot be priced or does not fit is reported all the same, and refused. */
  private int status(Profile profile) {
    PrintWriter err = spec.commandLine().getErr();
    if (NoTotal.refused(spec, profile)) {
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
      fit.remedies().forEach(remedy -> hint(err, remedy));
      return ExitStatus.BAD_INPUT;
    }
    return ExitStatus.FINE;
  }

  private void hint(PrintWriter err, String hint) {
    if (!SharedOptions.of(spec).quiet()) {
      err.println("  hint: " + hint);
    }
  }
}
