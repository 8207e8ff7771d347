package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.Op;
import dev.thumbprint.cost.memory.CliffDetector;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.retime.Counts;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.firmware.retime.Retimer;
import dev.thumbprint.firmware.thumb.Instruction;
import dev.thumbprint.firmware.time.MemoryObserver.Stalls;
import dev.thumbprint.firmware.time.MemoryObserver.Traffic;
import dev.thumbprint.firmware.time.Parts;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** The report of a run that is timed from its counts. */
public final class RetimedRun {
  private final Counts counts;
  private final Target target;
  private final Retimer retimer;
  private final List<PartTime> parts;

  /**
   * Times counts for a target.
   *
   * @throws dev.thumbprint.model.InputException if they cannot be timed for it
   */
  public RetimedRun(Counts counts, Target target) {
    this.counts = counts;
    this.target = target;
    MemoryMap map = Parts.map(target);
    MemoryGeometry geometry = Parts.geometry(target, map);
    retimer = new Retimer(counts, target.board().core(), map, geometry);
    parts = counts.parts().stream().map(retimer::time).toList();
  }

  /** Time of the parts, in the order of the counts. */
  public List<PartTime> parts() {
    return parts;
  }

  /**
   * The same report as of the run itself; what only a run can tell is left out.
   *
   * @param network that the firmware ran, where it is known
   */
  public Emulation emulation(Optional<Network> network) {
    long cycles = parts.stream().mapToLong(PartTime::cycles).sum();
    long slept = parts.stream().mapToLong(PartTime::sleptCycles).sum();
    List<Counts.Edge> edges =
        counts.parts().stream().flatMap(part -> part.edges().stream()).toList();
    Stalls stalls = stalls();
    return new Emulation(
        counts.firmware(),
        counts.sha256(),
        target,
        counts.engine(),
        counts.outcome(),
        parts.stream().mapToLong(PartTime::instructions).sum(),
        cycles,
        slept,
        functions(edges),
        Operators.of(parts, network, target),
        Operators.inference(parts),
        opcodes(edges),
        edges.stream()
            .mapToLong(
                edge -> edge.count() * EmulationMonitor.dspInstructions(retimer.code(edge.to())))
            .sum(),
        traffic(),
        stalls,
        new MemoryUse(
            counts.stackBytesMax(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            counts.program().stream().mapToLong(Counts.Range::bytes).sum()),
        EnergyMonitor.of(target, EmulationMonitor.cycles(cycles, stalls.cliff()), slept),
        Optional.empty(),
        List.of(),
        unpriced(edges),
        notes(slept));
  }

  private List<String> notes(long slept) {
    List<String> notes = new ArrayList<>(counts.notes());
    notes.add(
        "timed from the counts of a run on %s: cycles of functions are without waiting for memory"
            .formatted(counts.board()));
    if (!retimer.knowsCliff()) {
      notes.add("the counts do not tell how other sizes of the code cache would do");
    }
    if (slept > 0) {
      notes.add("cycles asleep are those of the run that was counted");
    }
    return notes;
  }

  private static final class Sum {
    private long calls;
    private long cycles;
    private long instructions;
    private int entry;
  }

  private List<Emulation.Function> functions(List<Counts.Edge> edges) {
    Map<Integer, String> names = new HashMap<>();
    Map<String, Sum> sums = new TreeMap<>();
    for (Counts.Block block : counts.blocks()) {
      names.put(block.id(), block.function());
      Sum sum = sums.computeIfAbsent(block.function(), name -> new Sum());
      boolean first =
          sum.entry == 0
              || Integer.compareUnsigned(block.code().address(), retimer.code(sum.entry).address())
                  < 0;
      sum.entry = first ? block.id() : sum.entry;
    }
    for (Counts.Edge edge : edges) {
      Sum sum = sums.get(names.get(edge.to()));
      sum.cycles += edge.count() * retimer.edgeCycles(edge);
      sum.instructions += edge.count() * retimer.code(edge.to()).instructions().size();
      boolean entered =
          edge.from() == 0
              || retimer.code(edge.from()).last().isCall()
              || !names.get(edge.from()).equals(names.get(edge.to()));
      sum.calls += entered && edge.to() == sum.entry ? edge.count() : 0;
    }
    List<Emulation.Function> functions = new ArrayList<>();
    sums.forEach(
        (name, sum) ->
            functions.add(
                new Emulation.Function(
                    name, sum.calls, sum.cycles, OptionalLong.empty(), sum.instructions)));
    functions.sort(EmulationMonitor.MOST_TIME_FIRST);
    return functions;
  }

  private Map<InstructionClass, Long> opcodes(List<Counts.Edge> edges) {
    Map<InstructionClass, Long> sums = new HashMap<>();
    for (Counts.Edge edge : edges) {
      for (Instruction instruction : retimer.code(edge.to()).instructions()) {
        sums.merge(instruction.instructionClass(), edge.count(), Long::sum);
      }
    }
    return EmulationMonitor.mostFirst(sums);
  }

  private List<Traffic> traffic() {
    Map<String, Traffic> sums = new TreeMap<>();
    for (Counts.Part part : counts.parts()) {
      for (Traffic t : part.traffic()) {
        sums.merge(
            t.region(),
            t,
            (a, b) ->
                new Traffic(
                    a.region(),
                    a.reads() + b.reads(),
                    a.writes() + b.writes(),
                    a.readBytes() + b.readBytes(),
                    a.writeBytes() + b.writeBytes()));
      }
    }
    return List.copyOf(sums.values());
  }

  private Stalls stalls() {
    long code = parts.stream().mapToLong(PartTime::codeStallCycles).sum();
    long data = parts.stream().mapToLong(PartTime::dataStallCycles).sum();
    return new Stalls(
        code,
        parts.stream().mapToLong(PartTime::codeMisses).sum(),
        data,
        parts.stream().mapToLong(PartTime::dataMisses).sum(),
        counts.parts().stream()
            .flatMap(part -> part.unaligned().stream())
            .mapToLong(u -> u.count())
            .sum(),
        parts.stream().mapToLong(PartTime::unalignedCycles).sum(),
        new CliffDetector.StallInterval(
            parts.stream().mapToLong(PartTime::cacheStallLow).sum(),
            parts.stream().mapToLong(PartTime::cacheStall).sum(),
            parts.stream().mapToLong(PartTime::cacheStallHigh).sum()));
  }

  private List<String> unpriced(List<Counts.Edge> edges) {
    TreeSet<String> texts = new TreeSet<>();
    for (Counts.Edge edge : edges) {
      for (Op op : retimer.priced(edge.to()).unpriced()) {
        texts.add(EmulationMonitor.describe(op));
      }
    }
    return texts.stream().limit(EmulationMonitor.UNPRICED_MAX).toList();
  }
}
