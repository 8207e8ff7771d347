package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.memory.TailEntry.Category;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down what the runtime does to its arena from construction to the end of AllocateTensors.
 * Source: tensorflow/tflite-micro 90b983c2, micro_interpreter.cc and micro_allocator.cc.
 */
final class ArenaScript {
  /**
   * A scratch buffer that a kernel asked for.
   *
   * @param what role with its operator
   */
  record ScratchRequest(int subgraph, int node, String what, long bytes) {}

  private final Graph graph;
  private final PlanOptions options;
  private final List<ArenaStep> steps = new ArrayList<>();
  private final List<ScratchRequest> scratch = new ArrayList<>();
  private final Set<Long> placedByKernel = new HashSet<>();
  private final Map<String, Integer> variables = new HashMap<>();
  private final Map<Long, String> handles = new HashMap<>();
  private final List<String> unknown = new ArrayList<>();

  private ArenaScript(Graph graph, PlanOptions options) {
    this.graph = graph;
    this.options = options;
  }

  /** Everything up to the memory plan: construction, Init and Prepare of all operators. */
  static ArenaScript prepare(Graph graph, PlanOptions options) {
    ArenaScript script = new ArenaScript(graph, options);
    script.construct();
    script.structures();
    script.init();
    script.prepareKernels();
    return script;
  }

  List<ArenaStep> steps() {
    return steps;
  }

  List<ScratchRequest> scratch() {
    return scratch;
  }

  List<String> unknown() {
    return unknown;
  }

  /** Whether a kernel made a tensor point into its own data, so that it needs no place. */
  boolean placedByKernel(int subgraph, int tensor) {
    return placedByKernel.contains(key(subgraph, tensor));
  }

  private static long key(int subgraph, int tensor) {
    return ((long) subgraph << Integer.SIZE) | tensor;
  }

  private void tail(Category category, String what, long bytes, int alignment) {
    steps.add(new ArenaStep.Tail(category, what, bytes, alignment));
  }

  private void kernelBuffer(String what, long bytes) {
    tail(Category.PERSISTENT_BUFFERS, what, bytes, StructSizes.ARENA_ALIGNMENT);
  }

  private void construct() {
    boolean recording = options.recordingAllocator();
    tail(
        Category.ALLOCATORS,
        "arena allocator",
        recording
            ? StructSizes.RECORDING_SINGLE_ARENA_ALLOCATOR
            : StructSizes.SINGLE_ARENA_ALLOCATOR,
        StructSizes.WORD);
    tail(Category.ALLOCATORS, "memory planner", StructSizes.GREEDY_PLANNER, StructSizes.WORD);
    tail(
        Category.ALLOCATORS,
        "allocator",
        recording ? StructSizes.RECORDING_MICRO_ALLOCATOR : StructSizes.MICRO_ALLOCATOR,
        StructSizes.WORD);
    int slots = options.resourceVariables().orElseGet(() -> ResourceVariables.count(graph));
    if (slots > 0) {
      kernelBuffer("resource variables", StructSizes.RESOURCE_VARIABLES);
      kernelBuffer("resource variable slots", (long) StructSizes.RESOURCE_VARIABLE * slots);
    }
  }

  private void structures() {
    tail(
        Category.ALLOCATORS,
        "builtin data allocator",
        StructSizes.BUILTIN_DATA_ALLOCATOR,
        StructSizes.WORD);
    requestRoom();
    tail(
        Category.SUBGRAPHS,
        "subgraphs",
        (long) StructSizes.SUBGRAPH_ALLOCATIONS * graph.subgraphs().size(),
        StructSizes.WORD);
    for (Subgraph subgraph : graph.subgraphs()) {
      tail(
          Category.EVAL_TENSORS,
          "tensor structures",
          (long) StructSizes.EVAL_TENSOR * subgraph.tensors().size(),
          StructSizes.WORD);
    }
    for (Subgraph subgraph : graph.subgraphs()) {
      tail(
          Category.NODES,
          "node structures",
          (long) StructSizes.NODE_AND_REGISTRATION * subgraph.nodes().size(),
          StructSizes.WORD);
    }
    for (Subgraph subgraph : graph.subgraphs()) {
      for (Node node : subgraph.nodes()) {
        BuiltinParams params = BuiltinParams.of(node.operator());
        if (params.bytes() > 0) {
          tail(
              Category.BUILTIN_PARAMS,
              title(node, "parameters"),
              params.bytes(),
              params.alignment());
        }
      }
    }
  }

  private void init() {
    for (Subgraph subgraph : graph.subgraphs()) {
      for (Node node : subgraph.nodes()) {
        if (node.operator() == Operator.CUSTOM) {
          initCustom(node);
        }
        int bytes = UserData.bytes(node.operator(), options.build());
        if (bytes > 0) {
          kernelBuffer(title(node, "user data"), bytes);
        }
      }
    }
  }

  private void initCustom(Node node) {
    if (!CustomDemands.knows(node)) {
      unknown.add(title(node, "custom operator"));
      return;
    }
    for (long bytes : CustomDemands.inInit(node)) {
      kernelBuffer(title(node, "user data"), bytes);
    }
  }

  private void prepareKernels() {
    for (int s = 0; s < graph.subgraphs().size(); s++) {
      Subgraph subgraph = graph.subgraphs().get(s);
      for (Node node : subgraph.nodes()) {
        for (Demand demand : KernelDemands.of(subgraph, node, options.build())) {
          apply(s, node, demand);
        }
        resourceVariable(s, node);
        steps.add(new ArenaStep.DropTemporaries());
        requestRoom();
      }
    }
  }

  private void apply(int s, Node node, Demand demand) {
    switch (demand) {
      case Demand.Persistent p -> kernelBuffer(title(node, p.what()), p.bytes());
      case Demand.Scratch b ->
          scratch.add(new ScratchRequest(s, node.index(), title(node, b.what()), b.bytes()));
      case Demand.Temporary t -> temporary(graph.subgraphs().get(s).tensor(t.tensor()));
    }
  }

  private void temporary(Tensor tensor) {
    steps.add(new ArenaStep.Temporary(StructSizes.TENSOR));
    tensor
        .quantization()
        .ifPresent(
            quantization -> {
              steps.add(new ArenaStep.Temporary(StructSizes.AFFINE_QUANTIZATION));
              steps.add(
                  new ArenaStep.Temporary(StructSizes.intArray(quantization.scales().length)));
            });
  }

  /** A handle names a variable; the first assignment in the same subgraph gives it a buffer. */
  private void resourceVariable(int s, Node node) {
    if (node.options() instanceof Options.VarHandle handle) {
      String name = ResourceVariables.name(handle);
      for (int output : node.outputs()) {
        placedByKernel.add(key(s, output));
        handles.put(key(s, output), name);
      }
    } else if (node.operator() == Operator.ASSIGN_VARIABLE && node.inputs().size() == 2) {
      String name = handles.get(key(s, node.inputs().getFirst()));
      if (name != null && variables.putIfAbsent(name, s) == null) {
        Tensor value = graph.subgraphs().get(s).tensor(node.inputs().get(1));
        kernelBuffer(title(node, "resource variable"), Demands.bytes(value));
      }
    }
  }

  /** The head holds the scratch requests so far and room for those of one more operator. */
  private void requestRoom() {
    steps.add(
        new ArenaStep.Head(
            (long) StructSizes.SCRATCH_REQUEST
                * (scratch.size() + StructSizes.SCRATCH_REQUESTS_PER_OPERATOR)));
  }

  /**
   * Planning and what follows it.
   *
   * @param variablesInTail variable tensors that the model does not place by itself
   * @param planned number of buffers given to the planner
   * @param headBytes height of the plan
   */
  void finish(List<Tensor> variablesInTail, int planned, long headBytes) {
    if (!scratch.isEmpty()) {
      tail(
          Category.SCRATCH_HANDLES,
          "scratch handles",
          (long) StructSizes.SCRATCH_HANDLE * scratch.size(),
          StructSizes.WORD);
    }
    long tensors = graph.subgraphs().stream().mapToLong(s -> s.tensors().size()).sum();
    steps.add(new ArenaStep.Temporary((long) StructSizes.POINTER * graph.subgraphs().size()));
    steps.add(new ArenaStep.Temporary(StructSizes.ALLOCATION_INFO * (tensors + scratch.size())));
    for (Tensor variable : variablesInTail) {
      tail(
          Category.VARIABLES,
          "variable " + variable.name(),
          Demands.bytes(variable),
          StructSizes.ARENA_ALIGNMENT);
    }
    steps.add(new ArenaStep.Plan(planned));
    steps.add(new ArenaStep.DropTemporaries());
    steps.add(new ArenaStep.Head(headBytes));
    Subgraph main = graph.main();
    boundary(main, "input", main.inputs());
    boundary(main, "output", main.outputs());
  }

  private void boundary(Subgraph main, String role, List<Integer> tensors) {
    kernelBuffer(role + " pointers", (long) StructSizes.POINTER * tensors.size());
    for (int index : tensors) {
      Tensor tensor = main.tensor(index);
      String what = role + " " + tensor.name();
      tail(Category.PERSISTENT_TENSORS, what, StructSizes.TENSOR, StructSizes.WORD);
      if (tensor.quantization().isPresent()) {
        int scales = tensor.quantization().get().scales().length;
        tail(Category.QUANTIZATION, what, StructSizes.AFFINE_QUANTIZATION, StructSizes.WORD);
        tail(Category.QUANTIZATION, what, StructSizes.intArray(scales), StructSizes.WORD);
      }
    }
  }

  private static String title(Node node, String what) {
    return "%s #%d: %s".formatted(node.label(), node.index(), what);
  }
}
