package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.Op;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.count.EdgeCount;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.image.Symbols;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.thumb.Instruction;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** What the machine did. */
  public static Emulation of(Machine machine, String core, MemoryObserver memory, Outcome outcome) {
    List<EdgeCount> edges = machine.recorder().edges();
    List<String> notes = new ArrayList<>(machine.pollingNotes());
    return new Emulation(
        machine.image().name(),
        machine.map().name(),
        core,
        machine.map().clockHz(),
        machine.engine().version(),
        outcome,
        machine.meter().instructions(),
        machine.meter().cycles(),
        machine.sleptCycles(),
        functions(machine, edges),
        opcodes(edges),
        memory.traffic(),
        memory.stalls(),
        machine.stackBytesMax(),
        unpriced(edges),
        notes);
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
