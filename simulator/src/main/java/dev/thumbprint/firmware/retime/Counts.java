package dev.thumbprint.firmware.retime;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.memory.MemoryEvents;
import dev.thumbprint.cost.memory.MemorySystem;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.thumb.CodeBlock;
import dev.thumbprint.firmware.time.MemoryCounter.Unaligned;
import dev.thumbprint.firmware.time.MemoryObserver.Traffic;
import java.util.List;

/**
 * What a run executed, without any time: enough to time it for every memory system that was
 * counted.
 *
 * @param firmware file
 * @param sha256 of the file
 * @param board that it ran on
 * @param core of the board
 * @param engine what executed
 * @param outcome how the run ended
 * @param stackBytesMax the most that the main stack held; 0 where it is not known
 * @param program where the program lies: what a board must have memory for
 * @param blocks the code that was executed
 * @param systems memory systems whose events were counted
 * @param parts of the run, in the order of their beginning; one where nothing divides it
 * @param notes what a reader should know
 */
public record Counts(
    String firmware,
    String sha256,
    String board,
    Core core,
    String engine,
    Outcome outcome,
    long stackBytesMax,
    List<Range> program,
    List<Block> blocks,
    List<MemorySystem> systems,
    List<Part> parts,
    List<String> notes) {

  /** Copies the lists. */
  public Counts {
    program = List.copyOf(program);
    blocks = List.copyOf(blocks);
    systems = List.copyOf(systems);
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
  }

  /** Bytes at an address. */
  public record Range(int address, int bytes) {}

  /**
   * A straight line of code.
   *
   * @param id number in edges, from 1
   * @param function it belongs to
   * @param code its instructions
   */
  public record Block(int id, String function, CodeBlock code) {}

  /**
   * How often a block was entered from another.
   *
   * @param from the block before; 0 at the start and behind exception entry and return
   * @param to the block entered
   */
  public record Edge(int from, int to, long count) {}

  /**
   * A part of the run: start-up code, an operator of a network.
   *
   * @param name unique in the run
   * @param entries how often it began
   * @param exceptionEntries exceptions taken
   * @param exceptionReturns exceptions returned from
   * @param mispredictions branches that the processor predicted wrongly
   * @param sleptCycles in WFI, at the clock of the run
   * @param edges that were taken
   * @param unaligned accesses that were not aligned
   * @param traffic data accesses by memory
   * @param events in the memory systems, in the order of {@link Counts#systems}
   */
  public record Part(
      String name,
      long entries,
      long exceptionEntries,
      long exceptionReturns,
      long mispredictions,
      long sleptCycles,
      List<Edge> edges,
      List<Unaligned> unaligned,
      List<Traffic> traffic,
      List<MemoryEvents> events) {

    /** Copies the lists. */
    public Part {
      edges = List.copyOf(edges);
      unaligned = List.copyOf(unaligned);
      traffic = List.copyOf(traffic);
      events = List.copyOf(events);
    }
  }
}
