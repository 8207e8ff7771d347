package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.memory.CliffDetector;
import dev.thumbprint.cost.memory.MemoryGeometry;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.count.StallProbe;
import dev.thumbprint.firmware.engine.AccessProbe;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.MemoryMap;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.retime.Counts;
import dev.thumbprint.firmware.retime.CountsRecorder;
import dev.thumbprint.firmware.retime.PartTime;
import dev.thumbprint.firmware.time.MemoryCounter;
import dev.thumbprint.firmware.time.MemoryObserver;
import dev.thumbprint.firmware.time.Parts;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program in a board, ready to run, with everything that observes it. Run the {@link #machine()},
 * then ask for the {@link #emulation} or the {@link #counts}.
 */
public final class FirmwareRun implements AutoCloseable {
  /** A memory that answers at once cannot be told from one that is not there. */
  private static final int SOME_WAIT_STATES = 1;

  private final Target target;
  private final Optional<Network> network;
  private final Machine machine;
  private final MemoryObserver memory;
  private final Optional<CountsRecorder> recorder;
  private final Optional<ArenaMonitor> arena;
  private final Optional<CallLog> log;

  /**
   * What is wanted besides the plain run.
   *
   * @param counted memory systems to count for, so that the run can be timed for them later; empty
   *     for no counts
   * @param callListener hears of functions that begin and end
   * @param directory whose files semihosting may read
   * @param network that the firmware runs; without it the model is looked for in the firmware
   * @param operators whether the operators of TensorFlow Lite Micro are told apart, where there are
   *     any
   * @param calls whether the first calls are kept
   */
  public record Options(
      List<MemoryGeometry> counted,
      Optional<CallStack.Listener> callListener,
      Optional<Path> directory,
      Optional<Network> network,
      boolean operators,
      boolean calls) {
    /** The functions, and operators where there are any. */
    public static final Options USUAL =
        new Options(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), true, false);

    /** Copies the list. */
    public Options {
      counted = List.copyOf(counted);
    }

    /** These options with counts for memory systems. */
    public Options withCounts(List<MemoryGeometry> geometries) {
      return new Options(geometries, callListener, directory, network, operators, calls);
    }
  }

  /**
   * Puts a program into a board.
   *
   * @throws dev.thumbprint.firmware.engine.EngineUnavailableException if no engine can be loaded
   * @throws InputException if the program does not fit the board
   */
  public FirmwareRun(Target target, Image image, Options options) {
    this.target = target;
    network =
        options.network.isPresent()
            ? options.network
            : EmbeddedModel.find(image).map(Lowering::network);
    Core core = target.board().core();
    MemoryMap map = Parts.map(target);
    MemoryGeometry geometry = Parts.geometry(target, map);
    CorePipeline pipeline = CorePipeline.of(core);
    memory = new MemoryObserver(map, geometry, pipeline);
    StallProbe stalls = memory;
    AccessProbe accesses = memory;
    boolean divided = options.operators && OperatorMonitor.isUseful(image.symbols());
    MemoryCounter counter = null;
    if (divided || !options.counted.isEmpty()) {
      counter = new MemoryCounter(options.counted.isEmpty() ? own(target) : options.counted);
      stalls = StallProbe.both(memory, counter);
      accesses = AccessProbe.both(memory, counter);
    }
    OperatorMonitor operators = divided ? new OperatorMonitor(image.symbols(), network) : null;
    arena = ArenaMonitor.find(image.symbols());
    if (arena.isPresent()) {
      accesses = AccessProbe.both(accesses, arena.get());
    }
    log = options.calls ? Optional.of(new CallLog()) : Optional.empty();
    CallStack.Listener listener = options.callListener.orElse(null);
    listener = CallStack.Listener.both(listener, operators);
    listener = CallStack.Listener.both(listener, arena.orElse(null));
    listener = CallStack.Listener.both(listener, log.orElse(null));
    var setup = new Machine.Setup(stalls, listener, options.directory.orElse(null));
    machine = new Machine(map, image, new UnicornEngine(map.cpu()), pipeline, setup);
    memory.setMeter(machine.meter());
    machine.observeAccesses(0, 0x3fff_ffff, accesses);
    machine.observeAccesses(0x6000_0000, 0x9fff_ffff, accesses);
    recorder =
        counter == null
            ? Optional.empty()
            : Optional.of(new CountsRecorder(machine, counter, memory));
    if (operators != null) {
      operators.setRecorder(recorder.orElseThrow());
    }
  }

  /** The memory system of a target, and a few lines of code cache more and fewer. */
  private static List<MemoryGeometry> own(Target target) {
    List<MemoryGeometry> all = new ArrayList<>();
    MemoryGeometry own = geometry(target);
    all.add(own);
    CliffDetector.LINES_ADDED.forEach(lines -> all.add(own.withCodeLinesAdded(lines)));
    return all;
  }

  /**
   * The memory systems that counts should be taken for: those of a target with its caches on and
   * off and a few lines more and fewer, and those of all built-in boards with the same core that
   * have memory where the program lies.
   */
  public static List<MemoryGeometry> countedFor(Target target, Image image) {
    List<MemoryGeometry> all = new ArrayList<>(own(target));
    for (boolean caches : new boolean[] {true, false}) {
      all.add(geometry(with(target.board(), caches)));
      for (Board board : Boards.builtIn()) {
        if (board.core() == target.board().core() && holds(board, image)) {
          all.add(geometry(with(board, caches)));
        }
      }
    }
    return all;
  }

  private static MemoryGeometry geometry(Target target) {
    return Parts.geometry(target, Parts.map(target));
  }

  private static Target with(Board board, boolean caches) {
    return Target.of(
        board, TargetOptions.builder().caches(caches).waitStates(SOME_WAIT_STATES).build());
  }

  private static boolean holds(Board board, Image image) {
    try {
      MemoryMap map = Parts.map(Target.of(board, TargetOptions.DEFAULTS));
      return image.segments().stream()
          .allMatch(
              segment ->
                  map.regionAt(segment.address())
                      .map(region -> region.contains((int) segment.end() - 1))
                      .orElse(false));
    } catch (InputException addressesNotKnown) {
      return false;
    }
  }

  /** The board with the program. */
  public Machine machine() {
    return machine;
  }

  /** What the memories did. */
  public MemoryObserver memory() {
    return memory;
  }

  /** Divides the counts into parts; empty where nothing is counted. */
  public Optional<CountsRecorder> recorder() {
    return recorder;
  }

  /** The board in its setting. */
  public Target target() {
    return target;
  }

  /** The network that the firmware runs, where it is known. */
  public Optional<Network> network() {
    return network;
  }

  MemoryUse memoryUse() {
    return new MemoryUse(
        machine.ramUse().stackBytesMax(),
        machine.ramUse().staticBytes(),
        machine.ramUse().heapBytesMax(),
        arena.map(ArenaMonitor::use),
        machine.image().bytes());
  }

  List<String> calls() {
    return log.map(CallLog::lines).orElse(List.of());
  }

  /** What the machine did so far. */
  public Emulation emulation(Outcome outcome) {
    List<PartTime> parts =
        recorder.isEmpty() ? List.of() : new RetimedRun(counts(outcome), target).parts();
    return EmulationMonitor.of(this, outcome, parts);
  }

  /**
   * The counts so far.
   *
   * @throws IllegalStateException if none were asked for
   */
  public Counts counts(Outcome outcome) {
    return recorder
        .orElseThrow(() -> new IllegalStateException("no counts were asked for"))
        .counts(target.board().core(), outcome);
  }

  @Override
  public void close() {
    machine.close();
  }
}
