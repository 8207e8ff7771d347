package dev.thumbprint.profile;

import dev.thumbprint.cost.board.Target;
import java.util.List;

/**
 * What a network costs on a target.
 *
 * @param model the network
 * @param target the board and its configuration
 * @param total figures of the whole network
 * @param layers figures by layer, in execution order
 * @param fit whether the network fits the board, region by region
 * @param advice what would help, best first
 * @param provenance how each figure came about, in words
 */
public record Profile(
    ModelFacts model,
    Target target,
    Totals total,
    List<LayerProfile> layers,
    List<RegionFit> fit,
    List<Advice> advice,
    List<String> provenance) {

  public Profile {
    layers = List.copyOf(layers);
    fit = List.copyOf(fit);
    advice = List.copyOf(advice);
    provenance = List.copyOf(provenance);
  }

  /** Whether every region has room. */
  public boolean fits() {
    return fit.stream().allMatch(RegionFit::fits);
  }
}
