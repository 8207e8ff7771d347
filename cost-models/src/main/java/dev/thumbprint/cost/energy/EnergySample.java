package dev.thumbprint.cost.energy;

import dev.thumbprint.cost.board.ActivePower.Boundary;
import dev.thumbprint.cost.board.Regulator;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One measurement of power during inference, of whatever origin.
 *
 * @param board name of the board
 * @param library kernel library with its generation, such as {@code cmsis-nn@2020-03}
 * @param kind kind of kernels
 * @param network name of the network, the same for all its layers; what is left out together
 * @param layer whether this is one layer rather than a whole network
 * @param multiplies whether the work is mostly multiply-accumulates; true for a whole network
 * @param clockHz clock of the core
 * @param volts supply, where known
 * @param regulator regulator in use, where known
 * @param boundary what the measurement includes
 * @param powerMw mean power in mW
 */
public record EnergySample(
    String board,
    String library,
    KernelKind kind,
    String network,
    boolean layer,
    boolean multiplies,
    long clockHz,
    OptionalDouble volts,
    Optional<Regulator> regulator,
    Boundary boundary,
    double powerMw) {

  public EnergySample {
    if (!(powerMw > 0 && powerMw < 1e6)) {
      throw new IllegalArgumentException("power %s mW of %s".formatted(powerMw, board));
    }
  }
}
