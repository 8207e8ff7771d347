package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans the arena of a model exactly as TensorFlow Lite Micro of August 2026 (90b983c2) with
 * CMSIS-NN of June 2026 (4ab83cc3) does on 32-bit Arm.
 */
public final class ArenaPlanner {
  private ArenaPlanner() {}

  /**
   * The plan for a kernel library on a core.
   *
   * @throws MemoryException if the library is unknown or the model cannot be planned
   */
  public static MemoryPlan plan(Graph graph, LibraryId library, Core core) {
    return plan(graph, PlanOptions.of(RuntimeBuild.of(library, core)));
  }

  /**
   * The plan for a runtime that is set up in a given way.
   *
   * @throws MemoryException if the model cannot be planned
   */
  public static MemoryPlan plan(Graph graph, PlanOptions options) {
    ArenaScript script = ArenaScript.prepare(graph, options);
    Lifetimes lifetimes = Lifetimes.of(graph);
    List<Candidate> candidates = candidates(graph, script, lifetimes);
    List<BufferRequest> requests = candidates.stream().map(Candidate::request).toList();
    long[] offsets = GreedyPlanner.offsets(requests);
    long height = GreedyPlanner.height(requests, offsets);
    script.finish(variablesInTail(graph), requests.size(), height);

    List<PlannedBuffer> buffers = new ArrayList<>(candidates.size());
    for (int i = 0; i < offsets.length; i++) {
      buffers.add(candidates.get(i).at(offsets[i]));
    }
    Arena arena = Arena.run(script.steps(), unlimited(script));
    long toAllocate = SmallestArena.toAllocate(script.steps(), arena);
    return new MemoryPlan(
        graph.name(),
        options.build(),
        buffers,
        arena.entries(),
        lifetimes.steps(),
        height,
        SmallestArena.minimum(script.steps(), arena, toAllocate),
        toAllocate,
        script.unknown());
  }

  /** A tensor or scratch buffer before it has its place. */
  private record Candidate(
      String name, int subgraph, int tensor, long bytes, BufferRequest request) {
    PlannedBuffer at(long offset) {
      return new PlannedBuffer(name, subgraph, tensor, bytes, offset, request);
    }
  }

  private static List<Candidate> candidates(Graph graph, ArenaScript script, Lifetimes lifetimes) {
    OfflineOffsets offline = OfflineOffsets.of(graph);
    List<Candidate> candidates = new ArrayList<>();
    int global = 0;
    for (int s = 0; s < graph.subgraphs().size(); s++) {
      for (Tensor tensor : graph.subgraphs().get(s).tensors()) {
        long prescribed = offline.of(global++);
        long bytes = Demands.bytes(tensor);
        boolean inHead =
            tensor.variable()
                ? prescribed != BufferRequest.ONLINE
                : !tensor.constant() && bytes != 0 && !script.placedByKernel(s, tensor.index());
        if (inHead) {
          candidates.add(
              new Candidate(
                  tensor.name(),
                  s,
                  tensor.index(),
                  bytes,
                  new BufferRequest(
                      StructSizes.alignUp(bytes, StructSizes.ARENA_ALIGNMENT),
                      lifetimes.first(s, tensor.index()),
                      lifetimes.last(s, tensor.index()),
                      prescribed)));
        }
      }
    }
    for (ArenaScript.ScratchRequest request : script.scratch()) {
      candidates.add(
          new Candidate(
              request.what(),
              request.subgraph(),
              -1,
              request.bytes(),
              BufferRequest.online(
                  StructSizes.alignUp(request.bytes(), StructSizes.ARENA_ALIGNMENT),
                  lifetimes.nodeFirst(request.subgraph(), request.node()),
                  lifetimes.nodeLast(request.subgraph(), request.node()))));
    }
    return candidates;
  }

  /**
   * Variables that go to the tail. The runtime looks up the prescription by the index inside the
   * subgraph, which is wrong for all but the first; that is repeated here.
   */
  private static List<Tensor> variablesInTail(Graph graph) {
    OfflineOffsets offline = OfflineOffsets.of(graph);
    List<Tensor> variables = new ArrayList<>();
    for (Subgraph subgraph : graph.subgraphs()) {
      for (Tensor tensor : subgraph.tensors()) {
        if (tensor.variable() && offline.of(tensor.index()) == BufferRequest.ONLINE) {
          variables.add(tensor);
        }
      }
    }
    return variables;
  }

  /** An arena that is large enough for anything in the script, a multiple of 16. */
  private static long unlimited(ArenaScript script) {
    long sum = 0;
    for (ArenaStep step : script.steps()) {
      sum +=
          switch (step) {
            case ArenaStep.Tail t -> t.bytes() + t.alignment();
            case ArenaStep.Head h -> h.bytes();
            case ArenaStep.Temporary t -> t.bytes() + StructSizes.WORD;
            case ArenaStep.Plan p -> (long) (p.buffers() + 1) * StructSizes.PLANNER_PER_BUFFER;
            case ArenaStep.DropTemporaries drop -> 0;
          };
    }
    return StructSizes.alignUp(sum, StructSizes.ARENA_ALIGNMENT);
  }
}
