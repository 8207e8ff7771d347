package dev.thumbprint.explore.engine;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.memory.MemoryException;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.RuntimeBuild;
import dev.thumbprint.profile.Footprints;
import dev.thumbprint.profile.Footprints.Planned;
import dev.thumbprint.profile.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network made ready to be priced often: layers numbered, footprints kept. One thread. */
final class Variant {
  private final Subject subject;
  private final List<LayerWork> works;
  private final int[] layers;
  private final long macs;
  private final long constantBytes;
  private final Map<RuntimeBuild, MemoryPlan> plans = new HashMap<>();
  private final Map<Build, Memory> memories = new HashMap<>();

  /**
   * A network.
   *
   * @param layers numbers of its layers in the catalogue
   */
  Variant(Subject subject, List<LayerWork> works, int[] layers) {
    this.subject = subject;
    this.works = works;
    this.layers = layers;
    this.macs = subject.network().macs();
    this.constantBytes = works.stream().mapToLong(LayerWork::constantBytes).sum();
  }

  /** What decides of a target on the memory of a network. */
  private record Build(LibraryId kernels, Core core, OptLevel opt) {}

  /**
   * What a network occupies, or why that is not known.
   *
   * @param planned null where it is not known
   * @param reason empty where it is known
   */
  record Memory(Planned planned, String reason) {}

  List<LayerWork> works() {
    return works;
  }

  int layer(int index) {
    return layers[index];
  }

  long macs() {
    return macs;
  }

  long constantBytes() {
    return constantBytes;
  }

  Memory memory(Target target) {
    return memories.computeIfAbsent(
        new Build(target.kernels(), target.board().core(), target.opt()), this::plan);
  }

  private Memory plan(Build build) {
    try {
      // Planning costs more than pricing, and few builds differ in what they allocate.
      MemoryPlan plan =
          plans.computeIfAbsent(
              RuntimeBuild.of(build.kernels(), build.core()),
              key -> Footprints.plan(subject, build.kernels(), build.core()));
      return new Memory(
          Footprints.of(subject, plan, build.kernels(), build.core(), build.opt()), "");
    } catch (MemoryException unknown) {
      return new Memory(null, unknown.getMessage());
    }
  }
}
