package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.LineTable;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.thumb.Instruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which code was executed.
 *
 * @param functions with code, by executed bytes
 * @param linesExecuted source lines of which some instruction was executed
 * @param lines source lines that have code; 0 without debug information
 */
public record Coverage(List<Function> functions, int linesExecuted, int lines) {

  /**
   * A function.
   *
   * @param name readable
   * @param bytes of the function, constants inside of it included
   * @param executedBytes of them
   */
  public record Function(String name, int bytes, int executedBytes) {}

  /** Copies the list. */
  public Coverage {
    functions = List.copyOf(functions);
  }

  /** The coverage of executed blocks in a program. */
  public static Coverage of(Image image, List<Block> blocks) {
    Map<Symbol, BitSet> executed = new HashMap<>();
    Set<LineTable.Position> reached = new HashSet<>();
    for (Block block : blocks) {
      for (Instruction instruction : block.code().instructions()) {
        image
            .symbols()
            .functionAt(instruction.address())
            .ifPresent(
                function -> {
                  int at = instruction.address() - function.address();
                  executed
                      .computeIfAbsent(function, key -> new BitSet())
                      .set(at, at + instruction.size());
                });
        image.lines().at(instruction.address()).ifPresent(reached::add);
      }
    }
    List<Function> functions = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (Symbol symbol : image.symbols().all()) {
      boolean first = symbol.function() && symbol.size() > 0 && seen.add(symbol.address());
      if (first) {
        Symbol named = image.symbols().functionAt(symbol.address()).orElse(symbol);
        int bytes = executed.getOrDefault(named, new BitSet()).cardinality();
        functions.add(new Function(named.displayName(), named.size(), bytes));
      }
    }
    functions.sort(
        Comparator.comparingInt(Function::executedBytes).reversed().thenComparing(Function::name));
    return new Coverage(functions, reached.size(), image.lines().positions().size());
  }

  /** Functions of which something was executed. */
  public long executedFunctions() {
    return functions.stream().filter(function -> function.executedBytes > 0).count();
  }

  /** Bytes of all functions. */
  public long bytes() {
    return functions.stream().mapToLong(Function::bytes).sum();
  }

  /** Bytes of them that were executed. */
  public long executedBytes() {
    return functions.stream().mapToLong(Function::executedBytes).sum();
  }
}
