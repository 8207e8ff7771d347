package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a run of firmware showed.
 *
 * @param firmware file
 * @param board it ran on
 * @param core of the board
 * @param clockHz of the core
 * @param engine what executed
 * @param outcome how the run ended
 * @param instructions executed
 * @param cycles modelled, those asleep included
 * @param sleptCycles in WFI
 * @param functions by self time, most first
 * @param opcodes executed instructions by class, most first
 * @param traffic data accesses by memory
 * @param stalls waiting for memory
 * @param stackBytesMax the most that the main stack held; 0 where it is not known
 * @param unpriced instructions whose time is not known, as text; a total with any is partial
 * @param notes what a reader should know
 */
public record Emulation(
    String firmware,
    String board,
    String core,
    long clockHz,
    String engine,
    Outcome outcome,
    long instructions,
    long cycles,
    long sleptCycles,
    List<Function> functions,
    Map<InstructionClass, Long> opcodes,
    List<MemoryObserver.Traffic> traffic,
    MemoryObserver.Stalls stalls,
    long stackBytesMax,
    List<String> unpriced,
    List<String> notes) {

  public Emulation {
    functions = List.copyOf(functions);
    traffic = List.copyOf(traffic);
    unpriced = List.copyOf(unpriced);
    notes = List.copyOf(notes);
  }

  /**
   * A function.
   *
   * @param name readable
   * @param calls how often it was entered
   * @param selfCycles in itself, stalls included
   * @param totalCycles with everything it called; not known where a run was timed from counts
   * @param instructions in itself
   */
  public record Function(
      String name, long calls, long selfCycles, OptionalLong totalCycles, long instructions) {}

  /** Modelled time in milliseconds. */
  public double timeMs() {
    return cycles * 1e3 / clockHz;
  }
}
