package dev.thumbprint.firmware.retime;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.core.PricedBlock;
import dev.thumbprint.cost.memory.CliffDetector;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.cost.memory.MemoryStatistics;
import dev.thumbprint.cost.memory.MemorySystem;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.thumb.CodeBlock;
import dev.thumbprint.firmware.time.MemoryCounter.Unaligned;
import dev.thumbprint.model.InputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Times counts for one core and memory system. Exact for what executed: the same figures as a run
 * with that setting, as long as the firmware does not look at a clock to decide what to do.
 */
public final class Retimer {
  private final Counts counts;
  private final CorePipeline pipeline;
  private final MemoryGeometry geometry;
  private final int system;
  private final Map<Integer, CodeBlock> code = new HashMap<>();
  private final Map<Integer, PricedBlock> blocks = new HashMap<>();

  /**
   * Prepares to time counts.
   *
   * @param core of the board; must be the one of the run
   * @param map memories of the board; must hold the program
   * @param geometry how they are timed; its caches must have been counted
   * @throws InputException if the counts cannot be timed for these
   */
  public Retimer(Counts counts, Core core, MemoryMap map, MemoryGeometry geometry) {
    this.counts = counts;
    this.geometry = geometry;
    if (core != counts.core()) {
      throw InputException.of(
              "",
              "core",
              "counts of a %s".formatted(counts.core().label()),
              "a board with this core, not %s".formatted(core.label()))
          .withHint("run the firmware again for another core: it needs other code anyway");
    }
    for (Counts.Range range : counts.program()) {
      long end = Integer.toUnsignedLong(range.address()) + range.bytes() - 1;
      boolean fits =
          map.regionAt(range.address()).map(region -> region.contains((int) end)).orElse(false);
      if (!fits) {
        throw InputException.of(
            "",
            "program",
            "%d bytes at 0x%08x".formatted(range.bytes(), range.address()),
            "memory of " + map.name());
      }
    }
    system =
        systemOf(geometry)
            .orElseThrow(
                () ->
                    InputException.of(
                            "",
                            "memory systems",
                            counts.systems().stream()
                                .map(s -> s.describe())
                                .collect(Collectors.joining("; ")),
                            "the memory system of " + map.name() + " in this setting")
                        .withHint("run the firmware with --counts on this board"));
    pipeline = CorePipeline.of(core);
    for (Counts.Block block : counts.blocks()) {
      code.put(block.id(), block.code());
      blocks.put(block.id(), pipeline.prepare(block.code().instructions()));
    }
  }

  private OptionalInt systemOf(MemoryGeometry wanted) {
    List<MemorySystem> systems = counts.systems();
    return IntStream.range(0, systems.size())
        .filter(i -> systems.get(i).isSystemOf(wanted))
        .findFirst();
  }

  /** Time of one part. */
  public PartTime time(Counts.Part part) {
    long instructions = 0;
    long cycles = 0;
    for (Counts.Edge edge : part.edges()) {
      instructions += edge.count() * code.get(edge.to()).instructions().size();
      cycles += edge.count() * edgeCycles(edge);
    }
    MemoryStatistics stalls =
        counts.systems().get(system).stalls(part.events().get(system), geometry);
    long unaligned = 0;
    for (Unaligned u : part.unaligned()) {
      unaligned += u.count() * pipeline.unalignedCycles(u.lowAddress(), u.widthBytes(), u.store());
    }
    long[] variants = variants(part);
    return new PartTime(
        part.name(),
        part.entries(),
        instructions,
        cycles,
        part.mispredictions() * pipeline.mispredictCycles(1, 1),
        part.exceptionEntries() * pipeline.exceptionEntryCycles()
            + part.exceptionReturns() * pipeline.exceptionReturnCycles(),
        stalls.codeStallCycles(),
        stalls.codeMisses(),
        stalls.dataStallCycles(),
        stalls.dataMisses(),
        stalls(part, system, geometry),
        Arrays.stream(variants).min().orElseThrow(),
        Arrays.stream(variants).max().orElseThrow(),
        unaligned,
        part.sleptCycles());
  }

  /** Cycles of going over an edge once, with everything in zero-wait memory. */
  public long edgeCycles(Counts.Edge edge) {
    PricedBlock from = blocks.get(edge.from());
    return pipeline.edge(from, blocks.get(edge.to())).cycles();
  }

  /** The instructions of a block. */
  public CodeBlock code(int block) {
    return code.get(block);
  }

  /** The same block, ready for the pipeline. */
  public PricedBlock priced(int block) {
    return blocks.get(block);
  }

  /** Stalls with a few lines of code cache more and fewer, those of them that were counted. */
  private long[] variants(Counts.Part part) {
    return CliffDetector.LINES_ADDED.stream()
        .map(geometry::withCodeLinesAdded)
        .filter(variant -> systemOf(variant).isPresent())
        .mapToLong(variant -> stalls(part, systemOf(variant).getAsInt(), variant))
        .toArray();
  }

  private long stalls(Counts.Part part, int counted, MemoryGeometry variant) {
    MemoryStatistics stalls =
        counts.systems().get(counted).stalls(part.events().get(counted), variant);
    return stalls.codeStallCycles() + (variant.unified() ? stalls.dataStallCycles() : 0);
  }

  /** Whether the stalls with a few lines of code cache more and fewer are known. */
  public boolean knowsCliff() {
    return CliffDetector.LINES_ADDED.stream()
        .allMatch(lines -> systemOf(geometry.withCodeLinesAdded(lines)).isPresent());
  }
}
