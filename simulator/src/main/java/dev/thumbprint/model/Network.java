package dev.thumbprint.model;

import dev.thumbprint.cost.work.LayerWork;
import java.util.List;
import java.util.OptionalLong;

/**
 * The layers of a network without weights: what a cost needs, from a model or from a layer list.
 *
 * @param name short name for reports
 * @param provenance where it comes from: a file with its hash, the zoo, a recording
 * @param layers the layers in execution order; none in a model without operators
 * @param parameters weights and biases, empty where the source does not tell
 */
public record Network(String name, String provenance, List<Layer> layers, OptionalLong parameters) {

  public Network {
    layers = List.copyOf(layers);
  }

  /**
   * This network, if it computes anything that could cost something.
   *
   * @throws InputException if it has no layers, as a model whose converter folded everything
   */
  public Network requireLayers() {
    if (layers.isEmpty()) {
      throw InputException.of(name, "subgraph 0", "no operators", "one at least")
          .withHint("see whether the converter kept the graph");
    }
    return this;
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
