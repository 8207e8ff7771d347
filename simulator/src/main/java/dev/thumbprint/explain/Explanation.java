package dev.thumbprint.explain;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the time of a network goes on a target, why, and what would help.
 *
 * @param profile the figures
 * @param layers one for each layer of the profile
 * @param total all layers together
 * @param proposals what would help, most saved time first
 * @param producers for each layer the positions of the layers whose outputs it reads
 */
public record Explanation(
    Profile profile,
    List<LayerWhy> layers,
    Parts total,
    List<Proposal> proposals,
    List<List<Integer>> producers) {
  public Explanation {
    layers = List.copyOf(layers);
    producers = List.copyOf(producers);
    proposals = List.copyOf(proposals);
  }

  /**
   * The reasons of one layer.
   *
   * @param profile its figures
   * @param parts its cycles by what they are spent on
   * @param why reasons in words, the kernel path first
   */
  public record LayerWhy(LayerProfile profile, Parts parts, List<String> why) {
    public LayerWhy {
      why = List.copyOf(why);
    }
  }

  /**
   * Explains a network on a target.
   *
   * @param ignoreUnknown give a total of the layers that can be priced, marked partial, where
   *     others cannot
   * @throws dev.thumbprint.cost.BadDescription if the target's kernel library is not known
   */
  public static Explanation of(
      Subject subject, Target target, CostModel model, boolean ignoreUnknown) {
    Profile profile = Profiler.profile(subject, target, model, ignoreUnknown);
    Pricer pricer = model.on(target);
    List<LayerWhy> layers = new ArrayList<>();
    Parts total = Parts.NONE;
    for (LayerProfile layer : profile.layers()) {
      LayerCost cost = pricer.layer(layer.work());
      Parts parts = Parts.of(cost);
      total = total.plus(parts);
      layers.add(new LayerWhy(layer, parts, Reasons.of(cost, pricer)));
    }
    List<Proposal> proposals = Advisor.proposals(subject, target, model);
    Profile advised = profile.withAdvice(proposals.stream().map(Proposal::advice).toList());
    return new Explanation(advised, layers, total, proposals, Wiring.of(subject).producers());
  }
}
