package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.memory.Footprint.Part;
import dev.thumbprint.model.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** RAM and flash from the arena plan, the model's file and measured link maps. */
public final class FootprintModel {
  /** Part names, which {@link Fit} sorts into memory regions. */
  static final String ARENA = "tensor arena";

  static final String STACK = "stack";
  static final String STATIC_DATA = "static data";
  static final String MODEL = "model";
  static final String KERNELS = "kernels";
  static final String RUNTIME = "runtime";
  static final String START_UP = "start-up";

  static final String HEAP = "heap";

  /**
   * What the stack needs besides the runtime: the caller, one exception frame with floating-point
   * registers (104 bytes, Armv7-M ARM B1.5.6) and its handler.
   */
  static final long STACK_MARGIN_BYTES = 640;

  /**
   * The runtime and its kernels allocate nothing: the heap stayed at 0 bytes in every build and
   * model of runtime-counts.csv.
   */
  private static final long HEAP_BYTES = 0;

  /** A resolver takes 12 bytes and 36 for each operator that it registers (same source). */
  private static final long RESOLVER_BYTES = 12;

  private static final long RESOLVER_BYTES_PER_OPERATOR = 36;

  /**
   * Vector table of a part with some hundred interrupts, reset handler and initialisation of data:
   * the vendor's hardware layer is not counted.
   */
  static final long START_UP_BYTES = 1024;

  private FootprintModel() {}

  /**
   * The footprint of a model in a file.
   *
   * @throws MemoryException if the library's kernels were never measured
   */
  public static Footprint of(
      Graph graph, MemoryPlan plan, LibraryId library, Core core, OptLevel opt) {
    return of(graph, plan.arenaBytesToAllocate(), library, core, opt);
  }

  static Footprint of(Graph graph, long arenaBytes, LibraryId library, Core core, OptLevel opt) {
    Set<String> operators = new TreeSet<>();
    graph
        .subgraphs()
        .forEach(subgraph -> subgraph.nodes().forEach(node -> operators.add(node.label())));
    return linked(operators, graph.fileBytes(), arenaBytes, library, core, opt);
  }

  /**
   * The footprint of a model of which only size and operators are known.
   *
   * @param modelBytes bytes of the .tflite file
   * @param arenaBytes bytes of the arena to allocate
   * @throws MemoryException if the library's kernels were never measured
   */
  public static Footprint of(
      Set<Operator> operators,
      long modelBytes,
      long arenaBytes,
      LibraryId library,
      Core core,
      OptLevel opt) {
    Set<String> names = new TreeSet<>();
    operators.forEach(operator -> names.add(operator.name()));
    return linked(names, modelBytes, arenaBytes, library, core, opt);
  }

  /**
   * The same for operators by name, custom ones included.
   *
   * @throws MemoryException if the library's kernels were never measured
   */
  static Footprint linked(
      Set<String> operators,
      long modelBytes,
      long arenaBytes,
      LibraryId library,
      Core core,
      OptLevel opt) {
    LinkedSize size = LinkedSize.of(operators, RuntimeBuild.of(library, core), core, opt);
    List<Part> flash =
        List.of(
            new Part(MODEL, modelBytes),
            new Part(KERNELS, size.kernelBytes()),
            new Part(RUNTIME, size.runtimeBytes()),
            new Part(START_UP, START_UP_BYTES));
    long resolver = RESOLVER_BYTES + RESOLVER_BYTES_PER_OPERATOR * operators.size();
    List<Part> ram =
        List.of(
            new Part(ARENA, arenaBytes),
            new Part(STACK, size.stackBytes() + STACK_MARGIN_BYTES),
            new Part(STATIC_DATA, size.staticBytes() + resolver),
            new Part(HEAP, HEAP_BYTES));
    List<String> assumptions = new ArrayList<>(size.assumptions());
    if (library.dated() && !library.generation().equals(RuntimeBuild.YEAR)) {
      assumptions.add(
          "arena and sizes of %s are those of %s".formatted(library, RuntimeBuild.GENERATION));
    }
    assumptions.add(
        "start-up code of %d bytes; hardware layer and application are not counted"
            .formatted(START_UP_BYTES));
    return new Footprint(ram, flash, assumptions);
  }
}
