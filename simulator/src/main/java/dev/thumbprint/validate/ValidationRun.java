package dev.thumbprint.validate;

import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.recorded.RecordedNetwork;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the command {@code validate} does. */
public final class ValidationRun {
  private final Validated validated;

  private ValidationRun(Validated validated) {
    this.validated = validated;
  }

  /** Validates the built-in recordings: operators by sweep value, networks by network. */
  public static ValidationRun builtIn(Consumer<String> progress) {
    List<Recording> rows = Recordings.builtIn();
    Validation validation = new Validation(rows, new Samples());
    return new ValidationRun(
        new Validated(
            "Built-in recordings; every row predicted from other shapes or other networks",
            CostModel.shipped(),
            validation.crossFitted(HeldOut.of(rows, validation, progress))));
  }

  /**
   * Validates the built-in recordings by one declared split.
   *
   * @param split {@code sweep}, {@code network}, {@code board}, {@code source}, {@code build} or
   *     {@code version}
   */
  public static ValidationRun bySplit(String split, Consumer<String> progress) {
    List<Recording> rows = Recordings.builtIn();
    Validation validation = new Validation(rows, new Samples());
    return new ValidationRun(
        new Validated(
            "Built-in recordings; each " + split + " held out once",
            CostModel.shipped(),
            HeldOut.of(rows, validation, progress).split(split, row -> true)));
  }

  /**
   * Validates the shipped model against recordings of the user.
   *
   * @param damaged what is wrong with rows that were damaged in their file
   */
  public static ValidationRun of(
      List<Recording> rows,
      Map<Recording, String> damaged,
      Map<String, RecordedNetwork> networks,
      String title) {
    Validation validation = new Validation(rows, new Samples(networks, damaged));
    Baselines baselines = new Validation(Recordings.builtIn(), new Samples()).baselines();
    CostModel model = CostModel.shipped();
    return new ValidationRun(new Validated(title, model, validation.external(model, baselines)));
  }

  /** The report as text. */
  public String text() {
    return ValidationText.of(validated);
  }

  /** The report as JSON. */
  public String json() {
    return ValidationJson.of(validated);
  }

  /** The predictions row by row as CSV. */
  public String predictions() {
    return PredictionCsv.of(validated.predictions());
  }

  Validated validated() {
    return validated;
  }
}
