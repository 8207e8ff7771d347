package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.PricedBlock;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.cost.memory.MemoryStatistics;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.firmware.retime.Counts;
import dev.thumbprint.firmware.thumb.CodeBlock;
import dev.thumbprint.firmware.thumb.Instruction;
import dev.thumbprint.firmware.time.Parts;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators of a run in the columns of the stored tables of single kernels (docs/sweeps.md),
 * one call each. What wraps a kernel in the runtime is in it, and caches are as the operator before
 * left them.
 */
public final class OperatorCounts {
  /** Microcontrollers by the prefix of their columns of misses. */
  private static final Map<String, String> CACHES =
      Map.of(
          "l4",
          "STM32(L4|G4).*",
          "f4",
          "STM32(F2|F4).*",
          "ic8",
          "STM32(L5|U5|H5).*",
          "l1",
          "STM32F7.*");

  private final Counts counts;
  private final CorePipeline pipeline;
  private final Map<Integer, CodeBlock> code = new HashMap<>();
  private final Map<Integer, PricedBlock> priced = new HashMap<>();
  private final Map<String, MemoryGeometry> caches = new LinkedHashMap<>();

  private OperatorCounts(Counts counts) {
    this.counts = counts;
    pipeline = CorePipeline.of(counts.core());
    for (Counts.Block block : counts.blocks()) {
      code.put(block.id(), block.code());
      priced.put(block.id(), pipeline.prepare(block.code().instructions()));
    }
    for (Board board : Boards.builtIn()) {
      CACHES.forEach(
          (prefix, mcu) -> {
            if (board.core() == counts.core() && board.mcu().matches(mcu)) {
              counted(board).ifPresent(geometry -> caches.putIfAbsent(prefix, geometry));
            }
          });
    }
  }

  private Optional<MemoryGeometry> counted(Board board) {
    try {
      Target target = Target.of(board, TargetOptions.DEFAULTS);
      MemoryGeometry geometry = Parts.geometry(target, Parts.map(target));
      return counts.systems().stream().anyMatch(system -> system.isSystemOf(geometry))
          ? Optional.of(geometry)
          : Optional.empty();
    } catch (InputException addressesNotKnown) {
      return Optional.empty();
    }
  }

  /**
   * The rows, each with its cells by column.
   *
   * @param network that ran; without it the shapes stay empty
   * @throws InputException if the run has no operators
   */
  public static List<Map<String, String>> rows(Counts counts, Optional<Network> network) {
    var reader = new OperatorCounts(counts);
    List<Map<String, String>> rows = new ArrayList<>();
    for (Counts.Part part : counts.parts()) {
      Operators.index(part.name())
          .ifPresent(
              index -> {
                Optional<LayerWork> layer = Operators.layer(index, network).map(Layer::work);
                rows.add(reader.row(part, layer));
              });
    }
    if (rows.isEmpty()) {
      throw InputException.of(
          "", "parts", "no operators", "counts of firmware with TensorFlow Lite Micro and symbols");
    }
    return rows;
  }

  private Map<String, String> row(Counts.Part part, Optional<LayerWork> layer) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("core", counts.core().label());
    row.put("op", layer.map(work -> work.operator().name()).orElse(Operators.kind(part.name())));
    shapes(row, layer);
    Map<String, Long> sums = sums(part);
    long calls = Math.max(1, part.entries());
    sums.forEach((column, sum) -> row.put(column, Long.toString(Math.round(sum / (double) calls))));
    return row;
  }

  private static void shapes(Map<String, String> row, Optional<LayerWork> layer) {
    Optional<Window> window = layer.map(LayerWork::window).filter(w -> !w.equals(Window.NONE));
    row.put("input", layer.map(work -> work.input().toString()).orElse(""));
    row.put("filter", layer.map(work -> filter(work)).orElse(""));
    row.put("output", layer.map(work -> work.output().toString()).orElse(""));
    row.put("stride", window.map(w -> w.strideHeight() + "x" + w.strideWidth()).orElse(""));
    row.put("padding", window.map(w -> w.padding().name()).orElse(""));
    row.put("type", layer.map(work -> work.inputType().label()).orElse(""));
  }

  private static String filter(LayerWork work) {
    boolean pool = work.filter().rank() == 0 && !work.window().equals(Window.NONE);
    return pool ? work.window().height() + "x" + work.window().width() : work.filter().toString();
  }

  private Map<String, Long> sums(Counts.Part part) {
    Map<String, Long> sums = new LinkedHashMap<>();
    long cycles = 0;
    long taken = 0;
    for (Counts.Edge edge : part.edges()) {
      PricedBlock from = priced.get(edge.from());
      PricedBlock to = priced.get(edge.to());
      cycles += edge.count() * pipeline.edge(from, to).cycles();
      taken += from != null && CorePipeline.isTaken(from, to) ? edge.count() : 0;
    }
    long mispredicted = part.mispredictions() * pipeline.mispredictCycles(1, 1);
    long unaligned =
        part.unaligned().stream()
            .mapToLong(
                u ->
                    u.count() * pipeline.unalignedCycles(u.lowAddress(), u.widthBytes(), u.store()))
            .sum();
    sums.put("instructions", 0L);
    sums.put("cycles", cycles + mispredicted + unaligned);
    sums.put("mispredict_cycles", mispredicted);
    sums.put("unaligned_cycles", unaligned);
    for (String column :
        List.of("loads", "stores", "multiplies", "dsp_multiplies", "divides", "float_ops")) {
      sums.put(column, 0L);
    }
    sums.put("branches", 0L);
    sums.put("taken", taken);
    part.edges().forEach(edge -> add(sums, code.get(edge.to()), edge.count()));
    sums.put(
        "flash_reads",
        part.traffic().stream()
            .filter(t -> t.region().startsWith("flash"))
            .mapToLong(t -> t.reads())
            .sum());
    caches.forEach((prefix, geometry) -> addMisses(sums, prefix, geometry, part));
    return sums;
  }

  private static void add(Map<String, Long> sums, CodeBlock block, long count) {
    for (Instruction instruction : block.instructions()) {
      InstructionClass kind = instruction.instructionClass();
      sums.merge("instructions", count, Long::sum);
      if (kind.isLoad()) {
        sums.merge("loads", count * instruction.access().count(), Long::sum);
      }
      if (kind.isStore()) {
        sums.merge("stores", count * instruction.access().count(), Long::sum);
      }
      switch (kind) {
        case MULTIPLY, MULTIPLY_ADD, MULTIPLY_LONG, MULTIPLY_ADD_LONG ->
            sums.merge("multiplies", count, Long::sum);
        case MULTIPLY_DSP, MULTIPLY_ADD_DSP, MULTIPLY_ADD_LONG_DSP ->
            sums.merge("dsp_multiplies", count, Long::sum);
        case DIVIDE -> sums.merge("divides", count, Long::sum);
        default -> {}
      }
      if (kind.isFloat()) {
        sums.merge("float_ops", count, Long::sum);
      }
      if (instruction.writesPc()) {
        sums.merge("branches", count, Long::sum);
      }
    }
  }

  private void addMisses(
      Map<String, Long> sums, String prefix, MemoryGeometry geometry, Counts.Part part) {
    for (int i = 0; i < counts.systems().size(); i++) {
      if (counts.systems().get(i).isSystemOf(geometry)) {
        MemoryStatistics found = counts.systems().get(i).stalls(part.events().get(i), geometry);
        sums.put(prefix + "_code_miss", found.codeMisses());
        sums.put(prefix + "_data_miss", found.dataMisses());
        return;
      }
    }
  }
}
