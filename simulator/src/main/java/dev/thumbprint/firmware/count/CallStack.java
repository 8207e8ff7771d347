package dev.thumbprint.firmware.count;

import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.image.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows calls and returns and adds the time up in a tree of functions. Every exception and every
 * task of a kernel has a stack of its own, found again by the address of its exception frame.
 */
public final class CallStack implements FlowProbe {
  /** Frames kept; deeper recursion is counted in the deepest frame. */
  private static final int DEPTH_MAX = 4096;

  /** Nodes of the tree kept; more distinct paths are counted in their parent. */
  private static final int NODES_MAX = 1 << 20;

  /** Interrupted tasks kept. */
  private static final int TASKS_MAX = 4096;

  /** A function reached along one path of calls. */
  public static final class Node {
    private final String function;
    private final Node parent;
    private final Map<String, Node> children = new HashMap<>();
    private long cycles;
    private long calls;

    Node(String function, Node parent) {
      this.function = function;
      this.parent = parent;
    }

    /** Name of the function. */
    public String function() {
      return function;
    }

    /** Who called it; null at the root. */
    public Node parent() {
      return parent;
    }

    /** What it called. */
    public List<Node> children() {
      return List.copyOf(children.values());
    }

    /** Cycles in the function itself, along this path. */
    public long selfCycles() {
      return cycles;
    }

    /** How often it was called along this path. */
    public long calls() {
      return calls;
    }

    /** Cycles in the function and all it called, along this path. */
    public long totalCycles() {
      long total = cycles;
      for (Node child : children.values()) {
        total += child.totalCycles();
      }
      return total;
    }
  }

  /** One entered function: where it is in the tree and where it returns to. */
  private record Frame(Node node, int returnAddress) {}

  /** Hears when a function begins and ends; for traces. */
  public interface Listener {
    /** A function begins. */
    void begin(String function, long cycles);

    /** A function begins at an address. */
    default void begin(String function, int address, long cycles) {
      begin(function, cycles);
    }

    /** Both, one after the other; either may be null. */
    static Listener both(Listener first, Listener second) {
      if (first == null || second == null) {
        return first == null ? second : first;
      }
      return new Listener() {
        @Override
        public void begin(String function, long cycles) {
          throw new IllegalStateException("functions begin at an address");
        }

        @Override
        public void begin(String function, int address, long cycles) {
          first.begin(function, address, cycles);
          second.begin(function, address, cycles);
        }

        @Override
        public void end(long cycles) {
          first.end(cycles);
          second.end(cycles);
        }
      };
    }

    /** The function that began last ends. */
    void end(long cycles);
  }

  private final Symbols symbols;
  private final Node root = new Node("(all)", null);
  private final Map<Integer, List<Frame>> tasks = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final Listener listener;
  private List<Frame> frames = new ArrayList<>();
  private long since;
  private int nodes;

  /** Names functions by these symbols; the listener may be null. */
  public CallStack(Symbols symbols, Listener listener) {
    this.symbols = symbols;
    this.listener = listener;
  }

  /** Begins at a function that nobody called. */
  public void start(int address, long cycles) {
    settle(cycles);
    push(address, -1, cycles);
  }

  @Override
  public void call(Block callee, int returnAddress, long cycles) {
    settle(cycles);
    push(callee.address(), returnAddress, cycles);
  }

  @Override
  public void jump(Block target, long cycles) {
    settle(cycles);
    int returnAddress = frames.isEmpty() ? -1 : frames.getLast().returnAddress;
    pop(cycles);
    push(target.address(), returnAddress, cycles);
  }

  @Override
  public void back(Block to, long cycles) {
    for (int i = frames.size() - 1; i >= 0; i--) {
      if (frames.get(i).returnAddress == to.address()) {
        settle(cycles);
        while (frames.size() > i) {
          pop(cycles);
        }
        return;
      }
    }
    boolean entry =
        symbols.functionAt(to.address()).map(Symbol::address).orElse(-1) == to.address();
    if (entry) {
      jump(to, cycles);
    }
  }

  /** An exception begins; what it interrupts is kept under the address of its frame. */
  public void interrupt(int frame, int handler, long cycles) {
    settle(cycles);
    if (tasks.size() < TASKS_MAX) {
      tasks.put(frame, frames);
    }
    frames = new ArrayList<>();
    push(handler, -1, cycles);
  }

  /** An exception ends, and what has this frame continues. */
  public void resume(int frame, int address, long cycles) {
    settle(cycles);
    while (!frames.isEmpty()) {
      pop(cycles);
    }
    List<Frame> kept = tasks.remove(frame);
    frames = kept == null ? new ArrayList<>() : kept;
    if (frames.isEmpty()) {
      push(address, -1, cycles);
    }
  }

  /** Adds the time since the last change to the function that is running. */
  public void settle(long cycles) {
    Node node = frames.isEmpty() ? root : frames.getLast().node;
    node.cycles += cycles - since;
    since = cycles;
  }

  private void push(int address, int returnAddress, long cycles) {
    Node parent = frames.isEmpty() ? root : frames.getLast().node;
    Node node = parent;
    if (frames.size() < DEPTH_MAX) {
      String name = names.computeIfAbsent(address, this::name);
      node = parent.children.get(name);
      if (node == null && nodes < NODES_MAX) {
        nodes++;
        node = new Node(name, parent);
        parent.children.put(name, node);
      }
      node = node == null ? parent : node;
    }
    node.calls++;
    frames.add(new Frame(node, returnAddress));
    if (listener != null) {
      listener.begin(node.function, address, cycles);
    }
  }

  private String name(int address) {
    return symbols
        .functionAt(address)
        .map(Symbol::displayName)
        .orElseGet(() -> "0x%08x".formatted(address));
  }

  private void pop(long cycles) {
    if (!frames.isEmpty()) {
      frames.removeLast();
      if (listener != null) {
        listener.end(cycles);
      }
    }
  }

  /** The tree of everything called. */
  public Node root() {
    return root;
  }

  /** Addresses that the active functions return to, innermost first. */
  public List<Integer> returnAddresses() {
    List<Integer> addresses = new ArrayList<>();
    for (int i = frames.size() - 1; i >= 0; i--) {
      if (frames.get(i).returnAddress != -1) {
        addresses.add(frames.get(i).returnAddress);
      }
    }
    return addresses;
  }
}
