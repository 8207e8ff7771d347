package dev.thumbprint.profile;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.memory.ArenaEstimate;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.memory.Footprint;
import dev.thumbprint.memory.FootprintModel;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
      return subject.graph().isPresent()
          ? planned(subject.graph().get(), target)
          : guessed(subject.network(), target);
    } catch (MemoryException unknown) {
      return unavailable(unknown.getMessage());
    }
  }

  private static MemoryCost planned(Graph graph, Target target) {
    MemoryPlan plan = ArenaPlanner.plan(graph, target.kernels(), target.board().core());
    Footprint footprint =
        FootprintModel.of(graph, plan, target.kernels(), target.board().core(), target.opt());
    return of(plan, footprint, Fit.check(footprint, target, graph), List.of());
  }

  private static MemoryCost guessed(Network network, Target target) {
    LibraryId kernels = target.kernels();
    Core core = target.board().core();
    List<LayerWork> works = network.works();
    MemoryPlan plan = ArenaEstimate.of(network.name(), works, kernels, core);
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    works.forEach(work -> operators.add(work.operator()));
    Footprint footprint =
        FootprintModel.of(
            operators,
            ArenaEstimate.modelBytes(works),
            plan.arenaBytesToAllocate(),
            kernels,
            core,
            target.opt());
    return of(plan, footprint, Fit.check(footprint, target), List.of(GUESSED));
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
