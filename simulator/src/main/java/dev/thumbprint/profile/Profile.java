package dev.thumbprint.profile;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.memory.Fit;
import java.util.List;
import java.util.Optional;

/**
 * What a network costs on a target.
 *
 * @param model the network
 * @param target the board and its configuration
 * @param total figures of the whole network
 * @param layers figures by layer, in execution order
 * @param fit whether the network fits the board, region by region; empty where its memory is not
 *     known
 * @param advice what would help, best first
 * @param provenance how each figure came about, in words
 */
public record Profile(
    ModelFacts model,
    Target target,
    Totals total,
    List<LayerProfile> layers,
    Optional<Fit> fit,
    List<Advice> advice,
    List<String> provenance) {

  public Profile {
    layers = List.copyOf(layers);
    advice = List.copyOf(advice);
    provenance = List.copyOf(provenance);
  }

  /** This profile with what would help. */
  public Profile withAdvice(List<Advice> found) {
    return new Profile(model, target, total, layers, fit, found, provenance);
  }

  /** Layers that could not be priced. */
  public List<LayerProfile> notPriced() {
    return layers.stream().filter(layer -> layer.notPriced().isPresent()).toList();
  }

  /** Whether the total is that of the layers that could be priced, and there are others. */
  public boolean partial() {
    return total.cycles() instanceof Estimate && !notPriced().isEmpty();
  }

  /** Whether every memory region is known to have room. */
  public boolean fits() {
    return fit.isPresent() && fit.get().fits();
  }
}
