package dev.thumbprint.validate;

import dev.thumbprint.cost.calibration.Calibration;
import dev.thumbprint.cost.calibration.CoefficientWriter;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.pricing.Coefficients;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the shipped coefficients from the built-in recordings, and nothing else. */
public final class Refit {
  /** What a reader types to make the shipped files again. */
  public static final String COMMAND =
      "./thumbprint validate --refit cost-models/src/main/resources/dev/thumbprint/cost/pricing";

  private Refit() {}

  /** The model fitted to all built-in recordings that may be fitted to, without intervals. */
  public static CostModel model() {
    Samples samples = new Samples();
    List<Sample> fittable = new ArrayList<>();
    for (Recording recording : Recordings.builtIn()) {
      if (Validation.fittable(recording)) {
        samples.find(recording).ifPresent(fittable::add);
      }
    }
    return Calibration.run(fittable);
  }

  /** The model with intervals from the errors of rows held out. */
  public static CostModel modelWithIntervals(Consumer<String> progress) {
    List<Recording> rows = Recordings.builtIn();
    Validation validation = new Validation(rows, new Samples());
    return model().with(HeldOut.of(rows, validation, progress).intervals());
  }

  /** The text of every shipped file, by name. */
  public static Map<String, String> files(CostModel model) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String file : Coefficients.FILES) {
      files.put(
          file,
          CoefficientWriter.write(
              COMMAND,
              model.sets().stream().filter(set -> file.equals(Coefficients.file(set))).toList()));
    }
    files.put(Coefficients.TRANSFER, CoefficientWriter.write(COMMAND, model.transfer()));
    files.put(Coefficients.INTERVALS, CoefficientWriter.write(COMMAND, model.intervals()));
    return files;
  }

  /**
   * Writes the shipped files.
   *
   * @throws IOException if a file cannot be written
   */
  public static void write(Path directory, Consumer<String> progress) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : files(modelWithIntervals(progress)).entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
