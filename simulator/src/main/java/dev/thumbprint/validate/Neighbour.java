package dev.thumbprint.validate;

import dev.thumbprint.recorded.Recording;
import java.util.OptionalDouble;

/**
 * A recording near a case, and how well the model meets it.
 *
 * @param recording the row
 * @param distance 0 where it is the same case; doubling a dimension adds 0.7, another board 0.2,
 *     another core 0.5, another library 1
 * @param differs in what it differs, in words; empty where in nothing
 * @param recordedMs recorded latency
 * @param predictedMs what the model says for it, empty where it says nothing
 */
public record Neighbour(
    Recording recording,
    double distance,
    String differs,
    double recordedMs,
    OptionalDouble predictedMs) {

  /** Predicted over recorded, minus one, in per cent; empty where the model says nothing. */
  public OptionalDouble errorPct() {
    return predictedMs.isPresent()
        ? OptionalDouble.of(100 * (predictedMs.getAsDouble() / recordedMs - 1))
        : OptionalDouble.empty();
  }
}
