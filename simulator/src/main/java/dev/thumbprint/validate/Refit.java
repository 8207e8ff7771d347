package dev.thumbprint.validate;

import dev.thumbprint.cost.calibration.Calibration;
import dev.thumbprint.cost.calibration.CoefficientWriter;
import dev.thumbprint.cost.calibration.Sample;
import dev.thumbprint.cost.pricing.Coefficients;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import dev.thumbprint.recorded.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the shipped coefficients from the built-in recordings, and nothing else. */
public final class Refit {
  /** What a reader types to make the shipped files again. */
  public static final String COMMAND =
      "./thumbprint validate --refit cost-models/src/main/resources/dev/thumbprint/cost/pricing";

  private Refit() {}

  /** The model fitted to all built-in recordings that may be fitted to. */
  public static CostModel model() {
    return Calibration.run(fittable(Recordings.builtIn(), new Samples()));
  }

  /** The samples of recordings whose build is told and whose trust is A or B. */
  static List<Sample> fittable(List<Recording> recordings, Samples samples) {
    List<Sample> fittable = new ArrayList<>();
    for (Recording recording : recordings) {
      if (Splits.apart(recording).isEmpty()) {
        samples.find(recording).ifPresent(fittable::add);
      }
    }
    return fittable;
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
    return files;
  }

  /**
   * Writes the shipped files.
   *
   * @throws IOException if a file cannot be written
   */
  public static void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : files(model()).entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
