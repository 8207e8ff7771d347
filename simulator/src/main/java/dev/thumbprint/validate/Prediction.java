package dev.thumbprint.validate;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.recorded.Recording;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was predicted for a recording, beside what was recorded.
 *
 * @param recording the row
 * @param recordedCycles recorded cycles of the inference, empty where the row has none
 * @param besideCycles cycles that the row's source measured beside the inference
 * @param cycles predicted cycles of the inference with their interval, empty where the row was
 *     refused
 * @param latencyMs predicted latency of all that was measured, empty where the clock is not told or
 *     the row was refused
 * @param energyUj predicted energy, empty where the power of the board is not known or the row was
 *     refused
 * @param reason why the row was refused, empty where it was not
 * @param heldOut whether the coefficients come from rows that tell nothing about this one
 * @param apart why the row is scored apart from the others, empty where it is not
 * @param baselines what the simple models say in cycles, in the order of {@link Baselines#NAMES};
 *     NaN where one has nothing to say
 */
record Prediction(
    Recording recording,
    OptionalDouble recordedCycles,
    double besideCycles,
    Optional<Estimate> cycles,
    OptionalDouble latencyMs,
    OptionalDouble energyUj,
    String reason,
    boolean heldOut,
    Optional<String> apart,
    java.util.List<Double> baselines) {

  /** Whether the row has a prediction that may be judged. */
  boolean scored() {
    return cycles.isPresent() && recordedCycles.isPresent() && heldOut;
  }

  /** This prediction with another interval, which is made to hold the value. */
  Prediction between(double low, double high) {
    Estimate estimate = cycles.orElseThrow();
    double value = estimate.value();
    return new Prediction(
        recording,
        recordedCycles,
        besideCycles,
        Optional.of(
            new Estimate(value, Math.min(low, value), Math.max(high, value), estimate.source())),
        latencyMs,
        energyUj,
        reason,
        heldOut,
        apart,
        baselines);
  }

  /** Predicted cycles of all that the row's source measured; none where the row was refused. */
  Optional<Estimate> measured() {
    return cycles.map(
        one ->
            new Estimate(
                one.value() + besideCycles,
                one.low() + besideCycles,
                one.high() + besideCycles,
                one.source()));
  }

  /** Predicted over recorded of all that was measured, minus one. */
  double measuredError() {
    return measured().orElseThrow().value() / (recordedCycles.orElseThrow() + besideCycles) - 1;
  }

  /** Predicted over recorded, minus one. */
  double error() {
    return cycles.orElseThrow().value() / recordedCycles.orElseThrow() - 1;
  }

  /** Whether the recorded cycles lie in the interval. */
  boolean inInterval() {
    double recorded = recordedCycles.orElseThrow();
    Estimate estimate = cycles.orElseThrow();
    return estimate.low() <= recorded && recorded <= estimate.high();
  }

  /** The operator, or {@code network}. */
  String operator() {
    return recording.isLayer() ? recording.work().op() : "network";
  }

  /** Source, board, runtime and operator: rows of one group are reported in one line. */
  String group() {
    return String.join(
        "\t",
        recording.origin().source(),
        recording.setting().boardId(),
        recording.setting().library().toString(),
        operator());
  }
}
