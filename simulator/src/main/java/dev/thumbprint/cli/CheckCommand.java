package dev.thumbprint.cli;

import dev.thumbprint.check.Check;
import dev.thumbprint.check.Limit;
import dev.thumbprint.check.Verdict;
import dev.thumbprint.cli.OutputMixin.Format;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.report.CheckReport;
import dev.thumbprint.report.TableForms;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code check MODEL -b BOARD --max-...}: an exit status for continuous integration. */
@Command(
    name = "check",
    description = {
      "Judge a model on a board by limits: status 1 where one fails, or where it does not fit.",
      "Limits take units in any case: 50ms, 0.05s, 2mJ, 128KiB, 128K, 131072."
    })
final class CheckCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin ModelArgument model;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output = new OutputMixin(Format.TABLE, Format.JSON, Format.CSV, Format.MD);

  @Option(
      names = "--max-latency",
      paramLabel = "50ms",
      converter = Quantities.Millis.class,
      description = "Most time of an inference.")
  Double latencyMs;

  @Option(
      names = "--max-energy",
      paramLabel = "2mJ",
      converter = Quantities.Microjoules.class,
      description = "Most energy of an inference.")
  Double energyUj;

  @Option(
      names = "--max-arena",
      paramLabel = "64KiB",
      converter = Quantities.Bytes.class,
      description = "Largest tensor arena.")
  Long arenaBytes;

  @Option(
      names = "--max-ram",
      paramLabel = "128KiB",
      converter = Quantities.Bytes.class,
      description = "Most RAM: arena, stack and static data.")
  Long ramBytes;

  @Option(
      names = "--max-flash",
      paramLabel = "512KiB",
      converter = Quantities.Bytes.class,
      description = "Most flash: model, kernels, runtime and start-up code.")
  Long flashBytes;

  @Option(
      names = "--upper",
      description = "Judge the upper end of the 90 %% interval instead of the value.")
  boolean upper;

  @Override
  public Integer call() throws IOException {
    Format format = output.format(Format.TABLE, Format.JSON, Format.CSV, Format.MD);
    Map<Limit, Double> limits = limits();
    if (limits.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no limit: give --max-latency, --max-energy, --max-ram or another");
    }
    Check check = Check.of(model.read(), target.target(), target.model(), limits, upper);
    CheckReport report = new CheckReport(check);
    output.write(
        switch (format) {
          case JSON -> report.json(Version.version(), Version.commit());
          case CSV -> TableForms.csv(report.table());
          case MD -> TableForms.markdown(report.table());
          default -> report.text();
        },
        spec.commandLine().getOut());
    tellUnknown(check);
    return switch (check.outcome()) {
      case PASSED -> ExitStatus.FINE;
      case FAILED -> ExitStatus.LIMIT_FAILED;
      case UNKNOWN -> ExitStatus.BAD_INPUT;
    };
  }

  /** Says on standard error which limits could not be judged, and why. */
  private void tellUnknown(Check check) {
    for (Verdict verdict : check.verdicts()) {
      if (verdict.figure() instanceof Unavailable none) {
        spec.commandLine()
            .getErr()
            .println(
                "thumbprint: %s is not known: %s"
                    .formatted(verdict.limit().label(), none.reason()));
      }
    }
  }

  private Map<Limit, Double> limits() {
    Map<Limit, Double> limits = new EnumMap<>(Limit.class);
    put(limits, Limit.LATENCY, latencyMs);
    put(limits, Limit.ENERGY, energyUj);
    put(limits, Limit.ARENA, arenaBytes);
    put(limits, Limit.RAM, ramBytes);
    put(limits, Limit.FLASH, flashBytes);
    return limits;
  }

  private static void put(Map<Limit, Double> limits, Limit limit, Number most) {
    if (most != null) {
      limits.put(limit, most.doubleValue());
    }
  }
}
