package dev.thumbprint.cli;

import dev.thumbprint.model.WholeFile;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.study.radio.RadioChart;
import dev.thumbprint.study.radio.RadioComparison;
import dev.thumbprint.study.radio.RadioReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radio MODEL -b BOARD}: sending the input against computing on the node. */
@Command(
    name = "radio",
    description = {
      "The energy of sending the input by BT 5, FSK, LoRa or UMTS beside that of computing on the"
          + " node and sending the result."
    })
final class RadioCommand implements Callable<Integer> {
  /** More than a node has; keeps products in range. */
  private static final long BYTES_MAX = 1L << 40;

  @Spec CommandSpec spec;
  @Mixin ModelArgument model;
  @Mixin TargetMixin target;
  @Mixin OutputMixin output;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      description = "Bytes of the input that would be sent. Default: the model's input tensor.")
  private Long payload;

  @Option(
      names = "--result",
      paramLabel = "BYTES",
      description = "Bytes of the result that is sent instead. Default: the model's output tensor.")
  private Long result;

  @Writes
  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = "Also draw energy against size with the crossovers.")
  private Path plot;

  @Override
  public Integer call() throws IOException {
    requireRange("--payload", payload);
    requireRange("--result", result);
    Subject subject = model.read();
    RadioComparison comparison = RadioComparison.of(subject, target.target());
    if (payload != null || result != null) {
      comparison =
          RadioComparison.of(
              subject,
              target.target(),
              payload == null ? comparison.inputBytes() : payload,
              result == null ? comparison.resultBytes() : result);
    }
    if (plot != null) {
      WholeFile.write(RadioChart.render(comparison), plot);
    }
    RadioReport report = new RadioReport(comparison);
    output.write(
        switch (output.format()) {
          case HTML -> report.html();
          case TABLE -> report.text();
          case JSON -> report.json(Version.version(), Version.commit());
          case CSV -> report.csv();
          case MD -> report.markdown();
        },
        spec.commandLine().getOut());
    return ExitStatus.FINE;
  }

  private void requireRange(String option, Long bytes) {
    if (bytes != null && (bytes < 0 || bytes > BYTES_MAX)) {
      throw new ParameterException(
          spec.commandLine(), "%s: %d is not within 0 and %d".formatted(option, bytes, BYTES_MAX));
    }
  }
}
