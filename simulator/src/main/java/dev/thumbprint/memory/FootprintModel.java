package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.memory.Footprint.Part;
import dev.thumbprint.model.Graph;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

  /**
   * Stack for the runtime. The high-water mark of AllocateTensors and Invoke is at most 1,340 bytes
   * over nine models (tensorflow/tflite-micro 90b983c2, GCC 12.2.1 -O2, Cortex-M4); the rest is
   * room for the caller and one interrupt.
   */
  static final long STACK_BYTES = 2048;

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
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    graph
        .subgraphs()
        .forEach(subgraph -> subgraph.nodes().forEach(node -> operators.add(node.operator())));
    return of(operators, graph.fileBytes(), plan.arenaBytesToAllocate(), library, core, opt);
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
    RuntimeBuild build = RuntimeBuild.of(library, core);
    LinkTable table = LinkTables.nearest(build.kernels(), core, opt);
    boolean scaled = table.opt() != opt;
    double kernelScale = scaled ? OptimisationScale.kernels(opt) : 1;
    double runtimeScale = scaled ? OptimisationScale.runtime(opt) : 1;
    long kernels = Math.round(table.kernelFlashBytes(operators) * kernelScale);
    long runtime = Math.round(table.baseFlashBytes() * runtimeScale);
    List<Part> flash =
        List.of(
            new Part(MODEL, modelBytes),
            new Part(KERNELS, kernels),
            new Part(RUNTIME, runtime),
            new Part(START_UP, START_UP_BYTES));
    long resolver = RESOLVER_BYTES + RESOLVER_BYTES_PER_OPERATOR * operators.size();
    List<Part> ram =
        List.of(
            new Part(ARENA, arenaBytes),
            new Part(STACK, STACK_BYTES),
            new Part(
                STATIC_DATA, table.baseRamBytes() + table.kernelRamBytes(operators) + resolver));
    return new Footprint(ram, flash, assumptions(table, core, opt, operators));
  }

  private static List<String> assumptions(
      LinkTable table, Core core, OptLevel opt, Set<Operator> operators) {
    List<String> words = new ArrayList<>();
    words.add(
        "kernels and runtime: %s for %s at -%s (%s)"
            .formatted(
                table.kernels().label(),
                table.core().label(),
                table.opt().label(),
                table.origin()));
    if (table.core() != core) {
      words.add(
          "no link map of %s: sizes of %s are taken".formatted(core.label(), table.core().label()));
    }
    if (table.opt() != opt) {
      words.add(
          "-%s is scaled from -%s by what recorded images show of the level"
              .formatted(opt.label(), table.opt().label()));
    }
    operators.stream()
        .filter(operator -> !table.knows(operator))
        .forEach(
            operator -> words.add("size of %s is unknown and not counted".formatted(operator)));
    words.add(
        "start-up code of %d bytes; hardware layer and application are not counted"
            .formatted(START_UP_BYTES));
    return words;
  }
}
