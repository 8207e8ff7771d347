package dev.thumbprint.profile;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.memory.ArenaEstimate;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.Footprint;
import dev.thumbprint.memory.FootprintModel;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.model.Graph;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a network occupies, planned from its model or guessed from its layers. */
public final class Footprints {
  private Footprints() {}

  /**
   * What a network occupies.
   *
   * @param plan its arena
   * @param footprint RAM and flash
   * @param guessed whether only the layers are known, not their connections
   */
  public record Planned(MemoryPlan plan, Footprint footprint, boolean guessed) {}

  /**
   * What a network occupies with a kernel library on a core.
   *
   * @throws dev.thumbprint.memory.MemoryException if that cannot be known
   */
  public static Planned of(Subject subject, LibraryId kernels, Core core, OptLevel opt) {
    return of(subject, plan(subject, kernels, core), kernels, core, opt);
  }

  /**
   * The arena of a network; the same for all libraries and cores of one {@link
   * dev.thumbprint.memory.RuntimeBuild}.
   *
   * @throws dev.thumbprint.memory.MemoryException if it cannot be planned
   */
  public static MemoryPlan plan(Subject subject, LibraryId kernels, Core core) {
    return subject.graph().isPresent()
        ? ArenaPlanner.plan(subject.graph().get(), kernels, core)
        : ArenaEstimate.of(subject.network().name(), subject.network().works(), kernels, core);
  }

  /**
   * What a network occupies whose arena is planned.
   *
   * @throws dev.thumbprint.memory.MemoryException if that cannot be known
   */
  public static Planned of(
      Subject subject, MemoryPlan plan, LibraryId kernels, Core core, OptLevel opt) {
    if (subject.graph().isPresent()) {
      Graph graph = subject.graph().get();
      return new Planned(plan, FootprintModel.of(graph, plan, kernels, core, opt), false);
    }
    List<LayerWork> works = subject.network().works();
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    works.forEach(work -> operators.add(work.operator()));
    Footprint footprint =
        FootprintModel.of(
            operators,
            ArenaEstimate.modelBytes(works),
            plan.arenaBytesToAllocate(),
            kernels,
            core,
            opt);
    return new Planned(plan, footprint, true);
  }
}
