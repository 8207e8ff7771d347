package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.LayerWork;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A measurement in the terms of the cost model.
 *
 * @param id name of the measurement, for messages
 * @param layers what ran: one layer, or a network in order of execution
 * @param network whether the layers are a whole network
 * @param target the machine and build
 * @param cycles core cycles, more than 0
 * @param energyUj energy in microjoule where it was measured
 */
public record Sample(
    String id,
    List<LayerWork> layers,
    boolean network,
    Target target,
    double cycles,
    OptionalDouble energyUj) {

  public Sample {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || !(cycles > 0)) {
      throw new IllegalArgumentException("sample " + id + " needs layers and cycles above 0");
    }
  }
}
