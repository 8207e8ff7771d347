package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.image.Symbols;
import dev.thumbprint.firmware.retime.CountsRecorder;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the operators of TensorFlow Lite Micro by their symbols, without a change to the source:
 * the interpreter calls each through a pointer, and what it calls takes a context and a node. The
 * n-th call of one inference is the n-th operator of the model.
 */
public final class OperatorMonitor implements CallStack.Listener {
  /** The interpreter's loop over the operators, by its names since 2020. */
  private static final Pattern INTERPRETER =
      Pattern.compile(
          "tflite::(MicroInterpreter::Invoke|Micro(Interpreter)?Graph::InvokeSubgraph)");

  /** End of the mangled name of a function of (TfLiteContext*, TfLiteNode*). */
  private static final Pattern TAKES_NODE =
      Pattern.compile("^_Z.*P13TfLiteContextP10TfLiteNode(\\..*)?$");

  private static final int NONE = -1;

  private final Symbols symbols;
  private final Optional<Network> network;
  private final List<Boolean> interpreters = new ArrayList<>();
  private CountsRecorder recorder;
  private int depthOfInterpreter = NONE;
  private int depthOfOperator = NONE;
  private int next;

  /** What ended at a cycle: if something begins at the same cycle, it was a tail call. */
  private String ended = "";

  private long endedAt = NONE;
  private int endedDepth = NONE;

  /**
   * Looks for operators among these symbols.
   *
   * @param network that is run, where it is known
   */
  public OperatorMonitor(Symbols symbols, Optional<Network> network) {
    this.symbols = symbols;
    this.network = network;
  }

  /** Whether a program holds the interpreter. */
  public static boolean isUseful(Symbols symbols) {
    return symbols.all().stream()
        .anyMatch(
            symbol -> symbol.function() && INTERPRETER.matcher(symbol.displayName()).matches());
  }

  /** Sets whose counts are divided into the operators. */
  public void setRecorder(CountsRecorder newRecorder) {
    recorder = newRecorder;
  }

  @Override
  public void begin(String function, long cycles) {
    throw new IllegalStateException("functions begin at an address");
  }

  @Override
  public void begin(String function, int address, long cycles) {
    boolean called = !interpreters.isEmpty() && interpreters.getLast();
    boolean interpreter = INTERPRETER.matcher(function).matches();
    if (cycles == endedAt && interpreters.size() == endedDepth) {
      resume();
    } else if (depthOfInterpreter == NONE && interpreter) {
      depthOfInterpreter = interpreters.size();
      next = 0;
      recorder.begin(Operators.INTERPRETER);
    } else if (depthOfOperator == NONE && called && takesNode(address)) {
      depthOfOperator = interpreters.size();
      recorder.begin(Operators.part(next++, network, function));
    }
    interpreters.add(interpreter);
  }

  /** A tail call: what ended goes on in another function. */
  private void resume() {
    if (ended.equals(Operators.INTERPRETER)) {
      depthOfInterpreter = endedDepth;
    } else {
      depthOfOperator = endedDepth;
    }
    recorder.goOnWith(ended);
    endedAt = NONE;
  }

  private boolean takesNode(int address) {
    return symbols
        .functionAt(address)
        .map(Symbol::name)
        .map(name -> TAKES_NODE.matcher(name).matches())
        .orElse(false);
  }

  @Override
  public void end(long cycles) {
    if (!interpreters.isEmpty()) {
      interpreters.removeLast();
    }
    if (depthOfOperator != NONE && interpreters.size() <= depthOfOperator) {
      depthOfOperator = NONE;
      ended(cycles);
      recorder.goOnWith(Operators.INTERPRETER);
    }
    if (depthOfInterpreter != NONE && interpreters.size() <= depthOfInterpreter) {
      depthOfInterpreter = NONE;
      ended(cycles);
      recorder.goOnWith(CountsRecorder.REST);
    }
  }

  private void ended(long cycles) {
    ended = recorder.current();
    endedAt = cycles;
    endedDepth = interpreters.size();
  }
}
