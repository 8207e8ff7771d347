package dev.thumbprint.validate;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.LayerWork;
import java.util.List;

/**
 * What a recording ran, in the terms of the cost model, whether or not it tells how long it took.
 *
 * @param layers one layer, or a network in order of execution
 * @param network whether the layers are a whole network
 * @param target the machine and build
 * @param besideCycles cycles that the recording's program measured beside them
 */
public record Workload(
    List<LayerWork> layers, boolean network, Target target, double besideCycles) {
  public Workload {
    layers = List.copyOf(layers);
  }
}
