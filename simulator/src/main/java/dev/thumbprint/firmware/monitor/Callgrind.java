package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.count.CallStack;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The profile as KCachegrind and QCachegrind read it.
 *
 * @see <a href="https://valgrind.org/docs/manual/cl-format.html">Callgrind format specification</a>
 */
public final class Callgrind {
  private record Call(long calls, long cycles) {
    Call plus(long moreCalls, long moreCycles) {
      return new Call(calls + moreCalls, cycles + moreCycles);
    }
  }

  private static final class Function {
    private long self;
    private final Map<String, Call> calls = new TreeMap<>();
  }

  private Callgrind() {}

  /** Writes the tree. */
  public static String write(String firmware, CallStack.Node root) {
    Map<String, Function> functions = new TreeMap<>();
    root.children().forEach(child -> add(child, functions));
    StringBuilder text = new StringBuilder("# callgrind format\nversion: 1\ncreator: thumbprint\n");
    text.append("cmd: ").append(firmware).append("\npositions: line\nevents: Cycles\n");
    functions.forEach(
        (name, function) -> {
          text.append("\nfl=???\nfn=")
              .append(name)
              .append("\n0 ")
              .append(function.self)
              .append('\n');
          function.calls.forEach(
              (callee, call) ->
                  text.append("cfn=")
                      .append(callee)
                      .append("\ncalls=")
                      .append(call.calls)
                      .append(" 0\n0 ")
                      .append(call.cycles)
                      .append('\n'));
        });
    long total = functions.values().stream().mapToLong(function -> function.self).sum();
    text.append("\ntotals: ").append(total).append('\n');
    return text.toString();
  }

  private static void add(CallStack.Node node, Map<String, Function> functions) {
    Function function = functions.computeIfAbsent(node.function(), key -> new Function());
    function.self += node.selfCycles();
    List<CallStack.Node> children =
        node.children().stream().sorted(Comparator.comparing(CallStack.Node::function)).toList();
    for (CallStack.Node child : children) {
      function.calls.merge(
          child.function(),
          new Call(child.calls(), child.totalCycles()),
          (old, one) -> old.plus(one.calls, one.cycles));
      add(child, functions);
    }
  }
}
