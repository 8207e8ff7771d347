package dev.thumbprint.profile;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.memory.Footprint;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.MemoryPlan;
import java.util.ArrayList;
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

  private static final String GUESSED =
      "a layer list does not say how layers are connected nor what the file adds: arena and file"
          + " size are guessed";

  static MemoryCost of(Subject subject, Target target) {
    try {
      Footprints.Planned planned =
          Footprints.of(subject, target.kernels(), target.board().core(), target.opt());
      Footprint footprint = planned.footprint();
      Fit fit =
          subject.graph().isPresent()
              ? Fit.check(footprint, target, subject.graph().get())
              : Fit.check(footprint, target);
      return of(planned.plan(), footprint, fit, planned.guessed() ? List.of(GUESSED) : List.of());
    } catch (MemoryException unknown) {
      return unavailable(unknown.getMessage());
    }
  }

  private static MemoryCost of(
      MemoryPlan plan, Footprint footprint, Fit fit, List<String> assumptions) {
    List<String> all = new ArrayList<>(assumptions);
    all.addAll(footprint.assumptions());
    return new MemoryCost(
        bytes(plan.arenaBytesToAllocate()),
        bytes(footprint.ramBytes()),
        bytes(footprint.flashBytes()),
        Optional.of(fit),
        all);
  }

  private static MemoryCost unavailable(String reason) {
    Metric none = new Unavailable(reason);
    return new MemoryCost(none, none, none, Optional.empty(), List.of());
  }

  private static Estimate bytes(long bytes) {
    return Estimate.exact((double) bytes, Source.MODELLED);
  }
}
