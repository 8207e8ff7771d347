package dev.thumbprint.model;

import dev.thumbprint.cost.work.LayerWork;
import java.util.List;
import java.util.OptionalLong;

/**
 * The layers of a network without weights: what a cost needs, from a model or from a layer list.
 *
 * @param name short name for reports
 * @param provenance where it comes from: a file with its hash, the zoo, a recording
 * @param layers the layers in execution order, at least one
 * @param parameters weights and biases, empty where the source does not tell
 */
public record Network(String name, String provenance, List<Layer> layers, OptionalLong parameters) {

  public Network {
    layers = List.copyOf(layers);
  }

  /** What the layers ask for, in execution order. */
  public List<LayerWork> works() {
    return layers.stream().map(Layer::work).toList();
  }

  /** True multiply-accumulates of one inference. */
  public long macs() {
    return layers.stream().mapToLong(layer -> layer.work().macs()).sum();
  }
}
