package dev.thumbprint.recorded;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The figures of a recording; each may be absent.
 *
 * @param latencyMs latency of the operator or of one inference, in milliseconds
 * @param cycles core cycles, recorded or latency times nominal clock
 * @param energyUj energy in microjoule; see {@link Setting#energyScope()}
 * @param powerMw mean power during the work, in milliwatt
 * @param arenaBytes bytes of the tensor arena used
 * @param ramBytes RAM; what it covers differs by source (docs/recordings.md)
 * @param flashBytes flash; what it covers differs by source (docs/recordings.md)
 */
public record Measured(
    OptionalDouble latencyMs,
    OptionalLong cycles,
    OptionalDouble energyUj,
    OptionalDouble powerMw,
    OptionalLong arenaBytes,
    OptionalLong ramBytes,
    OptionalLong flashBytes) {
  /**
   * The recorded cycles, or latency times clock where the source gives only a latency; empty where
   * neither can be had.
   *
   * @param clockHz clock in Hz, see {@link Setting#clockHz()}
   */
  public OptionalDouble cyclesAt(OptionalLong clockHz) {
    if (cycles.isPresent()) {
      return OptionalDouble.of((double) cycles.getAsLong());
    }
    return latencyMs.isPresent() && clockHz.isPresent()
        ? OptionalDouble.of(latencyMs.getAsDouble() * clockHz.getAsLong() / 1e3)
        : OptionalDouble.empty();
  }
}
