package dev.thumbprint.report;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.Decision;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.memory.MemoryAdvice;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.profile.Subject;
import java.util.List;
import java.util.Optional;

/**
 * What a model is made of.
 *
 * @param subject the model
 * @param library kernel library whose paths are shown
 * @param core core that the kernels are built for
 * @param plan the arena, empty where it cannot be planned
 * @param planNote why there is no plan, or what it rests on; may be empty
 * @param advice what would lower the arena
 */
public record Analysis(
    Subject subject,
    KernelLibrary library,
    Core core,
    Optional<MemoryPlan> plan,
    String planNote,
    List<MemoryAdvice> advice) {

  public Analysis {
    advice = List.copyOf(advice);
  }

  /** What a library decides about a layer on this core. */
  Decision decide(KernelLibrary other, LayerWork work) {
    return other.decide(work, core.simd());
  }
}
