package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.firmware.time.MemoryObserver;
import dev.thumbprint.model.Layer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run of firmware showed.
 *
 * @param firmware file
 * @param sha256 of the file
 * @param target board and its setting
 * @param engine what executed
 * @param outcome how the run ended
 * @param instructions executed
 * @param cycles modelled, those asleep included
 * @param sleptCycles in WFI
 * @param functions by self time, most first
 * @param operators of a network, in the order of their first execution
 * @param inference the interpreter with all its operators, over all inferences; empty where no
 *     interpreter was found
 * @param opcodes executed instructions by class, most first
 * @param dspInstructions executed, of the DSP extension
 * @param traffic data accesses by memory
 * @param stalls waiting for memory
 * @param memory how much of it was used
 * @param energy what the run took
 * @param coverage which code was executed; empty where a run was timed from counts
 * @param calls the first functions that were called, in order; empty unless asked for
 * @param unpriced instructions whose time is not known, as text; a total with any is partial
 * @param notes what a reader should know
 */
public record Emulation(
    String firmware,
    String sha256,
    Target target,
    String engine,
    Outcome outcome,
    long instructions,
    long cycles,
    long sleptCycles,
    List<Function> functions,
    List<Operator> operators,
    Optional<PartTime> inference,
    Map<InstructionClass, Long> opcodes,
    long dspInstructions,
    List<MemoryObserver.Traffic> traffic,
    MemoryObserver.Stalls stalls,
    MemoryUse memory,
    EnergyUse energy,
    Optional<Coverage> coverage,
    List<String> calls,
    List<String> unpriced,
    List<String> notes) {

  /** Copies the lists. */
  public Emulation {
    functions = List.copyOf(functions);
    operators = List.copyOf(operators);
    traffic = List.copyOf(traffic);
    calls = List.copyOf(calls);
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

  /**
   * An operator of a network.
   *
   * @param index position in the model, from 0
   * @param name kind of operator, such as CONV_2D; {@code ?} where the model is not known
   * @param function that the interpreter called for it
   * @param layer of the model; empty where the model is not known
   * @param time of all its executions together
   * @param energyUj of all its executions together
   */
  public record Operator(
      int index,
      String name,
      String function,
      Optional<Layer> layer,
      PartTime time,
      Metric energyUj) {}

  /**
   * What a run took from the supply.
   *
   * @param totalUj of the whole run, sleep included
   * @param activePowerMw while the core executes
   */
  public record EnergyUse(Metric totalUj, Metric activePowerMw) {}

  /** Modelled time in milliseconds. */
  public double timeMs() {
    return ms(cycles);
  }

  /** Cycles as milliseconds at the clock of the run. */
  public double ms(long someCycles) {
    return someCycles * 1e3 / target.clockHz();
  }

  /** The cycles with the interval that a slightly larger or smaller code cache would give. */
  public Estimate cyclesEstimate() {
    return EmulationMonitor.cycles(cycles, stalls.cliff());
  }

  /** Share of multiply-accumulate instructions, 0 to 1. */
  public double multiplyAccumulateShare() {
    long sum = 0;
    for (Map.Entry<InstructionClass, Long> entry : opcodes.entrySet()) {
      sum += entry.getKey().name().contains("MULTIPLY_ADD") ? entry.getValue() : 0;
    }
    return share(sum);
  }

  /** Share of instructions of the DSP extension, 0 to 1. */
  public double dspShare() {
    return share(dspInstructions);
  }

  private double share(long part) {
    return instructions == 0 ? 0 : part / (double) instructions;
  }
}
