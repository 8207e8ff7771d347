package dev.thumbprint.report;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.Decision;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.profile.Subject;
import java.util.Optional;

/**
 * What a model is made of.
 *
 * @param subject the model
 * @param library kernel library whose paths are shown
 * @param core core that the kernels are built for
 * @param plan the arena, empty where it cannot be planned
 * @param noPlan why there is no plan
 */
public record Analysis(
    Subject subject, KernelLibrary library, Core core, Optional<MemoryPlan> plan, String noPlan) {

  /** What a library decides about a layer on this core. */
  Decision decide(KernelLibrary other, LayerWork work) {
    return other.decide(work, core.simd());
  }
}
