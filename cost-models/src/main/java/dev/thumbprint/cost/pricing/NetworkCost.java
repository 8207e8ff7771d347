package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.Metric;
import java.util.List;

/**
 * What a network costs on a target.
 *
 * @param layers its layers in order of execution
 * @param cycles core cycles of one inference with a 90 % interval, dispatch included; unavailable
 *     where a layer is
 * @param notes what holds for the whole network
 */
public record NetworkCost(List<LayerCost> layers, Metric cycles, List<String> notes) {
  public NetworkCost {
    layers = List.copyOf(layers);
    notes = List.copyOf(notes);
  }
}
