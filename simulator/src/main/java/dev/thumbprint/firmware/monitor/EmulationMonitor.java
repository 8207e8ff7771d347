package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Source;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.Op;
import dev.thumbprint.cost.memory.CliffDetector;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.count.EdgeCount;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.image.Symbols;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.firmware.thumb.CodeBlock;
import dev.thumbprint.firmware.thumb.Extension;
import dev.thumbprint.firmware.thumb.Instruction;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Sums up a machine after its run. */
public final class EmulationMonitor {
  static final int UNPRICED_MAX = 20;

  /** The order of functions in reports. */
  static final Comparator<Emulation.Function> MOST_TIME_FIRST =
      Comparator.comparingLong(Emulation.Function::selfCycles)
          .reversed()
          .thenComparing(Emulation.Function::name);

  private EmulationMonitor() {}

  /** What an observed machine did, without what its operators are. */
  static Emulation of(FirmwareRun run, Outcome outcome, List<PartTime> parts) {
    Machine machine = run.machine();
    MemoryObserver memory = run.memory();
    Target target = run.target();
    List<EdgeCount> edges = machine.recorder().edges();
    MemoryObserver.Stalls stalls = memory.stalls();
    return new Emulation(
        machine.image().name(),
        machine.image().sha256(),
        target,
        machine.engine().version(),
        outcome,
        machine.meter().instructions(),
        machine.meter().cycles(),
        machine.sleptCycles(),
        functions(machine, edges),
        Operators.of(parts, run.network(), target),
        Operators.inference(parts),
        opcodes(edges),
        dspInstructions(edges),
        memory.traffic(),
        stalls,
        run.memoryUse(),
        EnergyMonitor.of(
            target, cycles(machine.meter().cycles(), stalls.cliff()), machine.sleptCycles()),
        Optional.of(Coverage.of(machine.image(), machine.recorder().blocks())),
        run.calls(),
        unpriced(edges),
        machine.pollingNotes());
  }

  /** Cycles with the interval of the code cache. */
  static Estimate cycles(long cycles, CliffDetector.StallInterval cliff) {
    return new Estimate(
        cycles,
        cycles + cliff.low() - cliff.value(),
        cycles + cliff.high() - cliff.value(),
        Source.EMULATED);
  }

  private static long dspInstructions(List<EdgeCount> edges) {
    long sum = 0;
    for (EdgeCount edge : edges) {
      sum += edge.count() * dspInstructions(edge.to().code());
    }
    return sum;
  }

  static long dspInstructions(CodeBlock code) {
    return code.instructions().stream()
        .filter(instruction -> instruction.extension() == Extension.DSP)
        .count();
  }

  /** Executed instructions by class, most first. */
  public static Map<InstructionClass, Long> opcodes(List<EdgeCount> edges) {
    Map<InstructionClass, Long> counts = new HashMap<>();
    for (EdgeCount edge : edges) {
      for (Instruction instruction : edge.to().code().instructions()) {
        counts.merge(instruction.instructionClass(), edge.count(), Long::sum);
      }
    }
    return mostFirst(counts);
  }

  static Map<InstructionClass, Long> mostFirst(Map<InstructionClass, Long> counts) {
    Map<InstructionClass, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<InstructionClass, Long>comparingByValue()
                .reversed()
                .thenComparing(entry -> entry.getKey().name()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static List<String> unpriced(List<EdgeCount> edges) {
    Set<String> texts = new HashSet<>();
    for (EdgeCount edge : edges) {
      for (Op op : edge.to().priced().unpriced()) {
        if (texts.size() < UNPRICED_MAX) {
          texts.add(describe(op));
        }
      }
    }
    return texts.stream().sorted().toList();
  }

  static String describe(Op op) {
    String text = op instanceof Instruction instruction ? instruction.text() : "?";
    return "%s at 0x%08x".formatted(text, op.address());
  }

  private static final class Sum {
    private long calls;
    private long self;
    private long total;
    private long instructions;
  }

  private static List<Emulation.Function> functions(Machine machine, List<EdgeCount> edges) {
    Map<String, Sum> sums = new HashMap<>();
    add(machine.calls().root(), new HashMap<>(), sums);
    Symbols symbols = machine.image().symbols();
    Map<Block, String> names = new HashMap<>();
    for (EdgeCount edge : edges) {
      String name = names.computeIfAbsent(edge.to(), block -> name(symbols, block.address()));
      sums.computeIfAbsent(name, key -> new Sum()).instructions +=
          edge.count() * edge.to().instructions();
    }
    List<Emulation.Function> functions = new ArrayList<>();
    sums.forEach(
        (name, sum) ->
            functions.add(
                new Emulation.Function(
                    name, sum.calls, sum.self, OptionalLong.of(sum.total), sum.instructions)));
    functions.sort(MOST_TIME_FIRST);
    return functions;
  }

  private static String name(Symbols symbols, int address) {
    return symbols
        .functionAt(address)
        .map(Symbol::displayName)
        .orElseGet(() -> "0x%08x".formatted(address));
  }

  /** Time of a function that calls itself is counted once, where it was entered first. */
  private static long add(CallStack.Node node, Map<String, Integer> active, Map<String, Sum> sums) {
    boolean root = node.parent() == null;
    Sum sum = root ? new Sum() : sums.computeIfAbsent(node.function(), key -> new Sum());
    boolean outermost = active.merge(node.function(), 1, Integer::sum) == 1;
    long total = node.selfCycles();
    for (CallStack.Node child : node.children()) {
      total += add(child, active, sums);
    }
    active.merge(node.function(), -1, Integer::sum);
    sum.calls += node.calls();
    sum.self += node.selfCycles();
    sum.total += outermost ? total : 0;
    return total;
  }
}
