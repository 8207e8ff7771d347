package dev.thumbprint.profile;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.memory.Footprint;
import dev.thumbprint.memory.FootprintModel;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.model.Graph;
import java.util.List;
import java.util.Optional;

/**
 * The memory side of a profile.
 *
 * @param arenaBytes tensor arena to allocate
 * @param ramBytes arena, stack and static data
 * @param flashBytes model, kernels, runtime and start-up code
 * @param fit whether it fits, empty where the memory is not known
 * @param assumptions what the figures rest on, in words
 */
record MemoryCost(
    Metric arenaBytes,
    Metric ramBytes,
    Metric flashBytes,
    Optional<Fit> fit,
    List<String> assumptions) {

  static MemoryCost of(Subject subject, Target target) {
    if (subject.graph().isEmpty()) {
      return unavailable("a layer list has no tensors to plan");
    }
    try {
      return planned(subject.graph().get(), target);
    } catch (MemoryException unknown) {
      return unavailable(unknown.getMessage());
    }
  }

  private static MemoryCost planned(Graph graph, Target target) {
    MemoryPlan plan = ArenaPlanner.plan(graph, target.kernels(), target.board().core());
    Footprint footprint =
        FootprintModel.of(graph, plan, target.kernels(), target.board().core(), target.opt());
    return new MemoryCost(
        bytes(plan.arenaBytesToAllocate()),
        bytes(footprint.ramBytes()),
        bytes(footprint.flashBytes()),
        Optional.of(Fit.check(footprint, target)),
        footprint.assumptions());
  }

  private static MemoryCost unavailable(String reason) {
    Metric none = new Unavailable(reason);
    return new MemoryCost(none, none, none, Optional.empty(), List.of());
  }

  private static Estimate bytes(long bytes) {
    return Estimate.exact((double) bytes, Source.MODELLED);
  }
}
