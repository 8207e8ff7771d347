package dev.thumbprint.firmware.machine;

import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.BlockRecorder;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.count.Meter;
import dev.thumbprint.firmware.count.StallProbe;
import dev.thumbprint.firmware.engine.AccessProbe;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.EngineException;
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.engine.Stop;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.model.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A microcontroller with a program in it. It owns its engine; one machine runs one program once,
 * from reset or from a function.
 */
public final class Machine implements AutoCloseable {
  private static final int SYSTEM_BASE = 0xe000_0000;
  private static final int SYSTEM_BYTES = 0x10_0000;
  private static final int PERIPHERAL_BASE = 0x4000_0000;
  private static final int PERIPHERAL_BYTES = 0x2000_0000;
  private static final int SEMIHOSTING = 0xbeab;

  /**
   * What start-up code looks at besides: serial numbers and calibration values of STM32
   * (0x1fff0000, 0x1ff00000, 0x0bfa0000) and nRF (0x10000000, 0x00ff0000), the flash controller and
   * the processor-local block of RP2040, the ROM table of nRF52 and the debug registers of STM32.
   */
  private static final int[] OTHER_IO = {
    0x1fff_0000,
    0x1ff0_0000,
    0x0bfa_0000,
    0x1000_0000,
    0x00ff_0000,
    0x1800_0000,
    0xd000_0000,
    0xf000_0000
  };

  private static final int IO_BYTES = 0x1_0000;

  /** Where a called function returns to: an address without memory. */
  private static final int RETURN_HERE = 0xdead_0000;

  /** Names that linker scripts give to the end of static data, where a heap begins. */
  private static final List<String> STATICS_ENDS =
      List.of(
          "__HeapBase",
          "__heap_start",
          "__heap_start__",
          "_end",
          "end",
          "__end__",
          "_ebss",
          "__bss_end__",
          "__bss_end");

  /** Functions that make a heap grow. */
  private static final List<String> HEAP_USERS = List.of("_sbrk", "sbrk", "_sbrk_r", "malloc");

  /** Cycles between two looks at the clock of the computer. */
  private static final long WALL_CHECK_CYCLES = 20_000_000;

  private final MemoryMap map;
  private final Image image;
  private final Engine engine;
  private final Meter meter = new Meter();
  private final Console console = new Console();
  private final Exceptions exceptions;
  private final SystemControl system;
  private final SysTick sysTick;
  private final Peripherals peripherals;
  private final Semihosting semihosting;
  private final CallStack calls;
  private final BlockRecorder recorder;
  private final CorePipeline pipeline;
  private final Diagnosis diagnosis;
  private final StackPaint stackPaint;
  private int until = -1;
  private String ended;
  private long sleptCycles;
  private long exceptionEntries;
  private long exceptionReturns;

  /**
   * Puts a program into a microcontroller.
   *
   * @param engine without any memory; closed with the machine
   * @param pipeline prices the instructions
   * @param setup what is observed and offered besides
   * @throws InputException if the program does not fit the memories
   */
  public Machine(MemoryMap map, Image image, Engine engine, CorePipeline pipeline, Setup setup) {
    this.map = map;
    this.image = image;
    this.engine = engine;
    this.pipeline = pipeline;
    for (MemoryMap.Region region : map.regions()) {
      mapRegion(region);
    }
    Bus bus = new MachineBus();
    exceptions = new Exceptions(engine);
    sysTick = new SysTick(bus, exceptions);
    calls = new CallStack(image.symbols(), setup.callListener());
    recorder =
        new BlockRecorder(
            engine, pipeline, meter, this::meet, setup.stalls(), calls, this::functionStarts);
    diagnosis = new Diagnosis(engine, image, recorder, calls);
    peripherals = new Peripherals(map, bus, console, diagnosis::place);
    int table = vectorTable();
    system = new SystemControl(bus, map.cpu(), exceptions, sysTick, table);
    semihosting = new Semihosting(engine, bus, setup.directory(), ramEnd());
    engine.mapIo(SYSTEM_BASE, SYSTEM_BYTES, system);
    engine.mapIo(PERIPHERAL_BASE, PERIPHERAL_BYTES, peripherals);
    for (int base : OTHER_IO) {
      if (map.regionAt(base).isEmpty()) {
        engine.mapIo(base, IO_BYTES, peripherals);
      }
    }
    engine.observeBlocks(recorder);
    int stackTop = initialStack(table);
    stackPaint = new StackPaint(engine, map, stackTop, staticsEnd().map(Symbol::address).orElse(0));
    load();
    engine.set(Register.MSP, stackTop);
  }

  /**
   * What is observed and offered besides the plain run.
   *
   * @param stalls simulates what fetching code waits for
   * @param callListener hears of functions that begin and end; may be null
   * @param directory whose files semihosting may read; null for none
   */
  public record Setup(StallProbe stalls, CallStack.Listener callListener, Path directory) {
    /** Nothing. */
    public static final Setup PLAIN = new Setup(StallProbe.NONE, null, null);
  }

  private void mapRegion(MemoryMap.Region region) {
    Engine.Access access =
        region.writable() ? Engine.Access.READ_WRITE_EXECUTE : Engine.Access.READ_EXECUTE;
    if (region.aliasOf().isPresent()) {
      engine.mapAlias(region.address(), region.aliasOf().get(), region.bytes(), access);
    } else {
      engine.mapMemory(region.address(), region.bytes(), access);
    }
  }

  private void load() {
    for (Image.Segment segment : image.segments()) {
      if (!engine.isMemory(segment.address(), segment.bytes().length)) {
        throw InputException.of(
                image.name(),
                "segment at 0x%08x".formatted(segment.address()),
                segment.bytes().length + " bytes",
                "memory of " + map.name())
            .withHint("is the program linked for this board? Memories: " + describeMemories());
      }
      engine.write(segment.address(), segment.bytes());
    }
  }

  private String describeMemories() {
    List<String> memories = new ArrayList<>();
    for (MemoryMap.Region region : map.regions()) {
      memories.add(
          "%s 0x%08x, %d KiB".formatted(region.name(), region.address(), region.bytes() >> 10));
    }
    return String.join("; ", memories);
  }

  /**
   * A program may lie behind a boot loader: its vector table is then where its lowest segment
   * begins.
   */
  private int vectorTable() {
    int hardware = map.vectorTable();
    for (Image.Segment segment : image.segments()) {
      if (segment.address() == hardware) {
        return hardware;
      }
    }
    if (map.family() == MemoryMap.Family.RP2040) {
      return 0x1000_0100;
    }
    return image.segments().getFirst().address();
  }

  private int initialStack(int table) {
    for (Image.Segment segment : image.segments()) {
      if (segment.address() == table && segment.bytes().length >= 8) {
        byte[] b = segment.bytes();
        return (b[0] & 0xff) | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | (b[3] & 0xff) << 24;
      }
    }
    return ramEnd();
  }

  private int ramEnd() {
    for (MemoryMap.Region region : map.regions()) {
      if (region.writable() && region.aliasOf().isEmpty()) {
        return region.address() + (int) region.bytes();
      }
    }
    return 0;
  }

  private boolean functionStarts(int address) {
    return image.symbols().functionAt(address).map(Symbol::address).orElse(~address) == address;
  }

  /** Sees every block once before it executes. */
  private void meet(Block block) {
    diagnosis.requireInstructions(block, pipeline, map.cpu());
  }

  /** Stops the run when this address is about to be executed; -1 for no such address. */
  public void setUntil(int address) {
    until = address == -1 ? -1 : address & ~1;
    recorder.setStopAt(until);
  }

  /** Observes data accesses; see {@link Engine#observeAccesses}. */
  public void observeAccesses(int first, int last, AccessProbe probe) {
    engine.observeAccesses(first, last, probe);
  }

  /** Runs from reset. */
  public Outcome run(Budget budget) {
    int table = system.vectorTable();
    int start = engine.readWord(table + 4);
    if ((start & 1) == 0 || !engine.isMemory(start & ~1, 2)) {
      String found = "reset vector 0x%08x at 0x%08x".formatted(start, table + 4);
      throw InputException.of(
          image.name(), "vector table", found, "an odd address of code in memory");
    }
    return runFrom(start & ~1, budget);
  }

  /**
   * Runs one function, without start-up code, and ends when it returns.
   *
   * @param arguments the first four in registers, the others on the stack
   */
  public Outcome call(int function, int[] arguments, Budget budget) {
    int onStack = Math.max(0, arguments.length - 4);
    int sp = (engine.get(Register.MSP) - 4 * onStack) & ~7;
    engine.set(Register.MSP, sp);
    for (int i = 0; i < arguments.length; i++) {
      if (i < 4) {
        engine.set(Register.core(i), arguments[i]);
      } else {
        engine.writeWord(sp + 4 * (i - 4), arguments[i]);
      }
    }
    engine.set(Register.LR, RETURN_HERE | 1);
    return runFrom(function & ~1, budget);
  }

  private Outcome runFrom(int start, Budget budget) {
    engine.set(Register.PC, start);
    calls.start(start, meter.cycles());
    return resume(budget);
  }

  /** Goes on with a run that came to the address it was to stop at. */
  public Outcome resume(Budget budget) {
    long wallEnd = System.nanoTime() + budget.wallTime().toNanos();
    Outcome outcome = null;
    while (outcome == null) {
      outcome = service();
      if (outcome == null && exhausted(budget, wallEnd)) {
        outcome =
            diagnosis.outcome(
                Outcome.Ending.BUDGET, exhaustion(budget), engine.get(Register.PC), 0);
      }
      if (outcome == null) {
        arm(budget);
        recorder.letOneEnter();
        outcome = handle(engine.run());
      }
    }
    calls.settle(meter.cycles());
    return outcome;
  }

  private boolean exhausted(Budget budget, long wallEnd) {
    return meter.instructions() >= budget.instructions()
        || meter.cycles() >= budget.cycles()
        || System.nanoTime() - wallEnd >= 0;
  }

  private String exhaustion(Budget budget) {
    if (meter.instructions() >= budget.instructions()) {
      return "the budget of %,d instructions is used up".formatted(budget.instructions());
    }
    if (meter.cycles() >= budget.cycles()) {
      return "the budget of %,d cycles is used up".formatted(budget.cycles());
    }
    return "the budget of %d seconds is used up".formatted(budget.wallTime().toSeconds());
  }

  /** Sets when the engine is to come back at the latest. */
  private void arm(Budget budget) {
    long next = nextEvent();
    if (exceptions.isMasked(exceptions.next())) {
      next = 0;
    }
    long left = Math.max(1, budget.instructions() - meter.instructions());
    long horizon = meter.cycles() + Math.min(WALL_CHECK_CYCLES, left);
    meter.setDeadline(Math.min(Math.min(next, horizon), budget.cycles()));
  }

  /** Lets devices do what is due, and takes an exception if one is. */
  private Outcome service() {
    sysTick.tick();
    peripherals.tick();
    console.tick(meter.cycles());
    if (ended != null) {
      return diagnosis.outcome(Outcome.Ending.REACHED, ended, engine.get(Register.PC), 0);
    }
    if (system.resetRequested()) {
      return diagnosis.outcome(
          Outcome.Ending.EXIT, "the firmware asked for a reset", engine.get(Register.PC), 0);
    }
    int next = exceptions.next();
    return exceptions.canTake(next) ? enter(next) : null;
  }

  private Outcome enter(int number) {
    try {
      int frame = exceptions.enter(number, system.vectorTable());
      meter.advance(pipeline.exceptionEntryCycles());
      exceptionEntries++;
      recorder.interrupted();
      calls.interrupt(frame, engine.get(Register.PC), meter.cycles());
      return null;
    } catch (EngineException e) {
      String reason = "the stack cannot take exception %d: %s".formatted(number, e.getMessage());
      return diagnosis.outcome(Outcome.Ending.FAULT, reason, engine.get(Register.PC), 1);
    }
  }

  private Outcome handle(Stop stop) {
    return switch (stop.reason()) {
      case REQUESTED ->
          diagnosis.refusal() == null
              ? reached(stop)
              : diagnosis.outcome(Outcome.Ending.FAULT, diagnosis.refusal(), stop.pc(), 1);
      case WAIT_FOR_INTERRUPT -> sleep(stop.pc());
      case YIELD -> null;
      case SUPERVISOR_CALL -> supervisorCall(stop);
      case EXCEPTION_RETURN -> leave(stop);
      case BREAKPOINT -> breakpoint(stop);
      case FETCH_FAULT -> stop.pc() == RETURN_HERE ? returned(stop) : diagnosis.fault(stop);
      default -> diagnosis.fault(stop);
    };
  }

  private Outcome returned(Stop stop) {
    int result = engine.get(Register.R0);
    String reason = "the function returned, R0 is %d (0x%08x)".formatted(result, result);
    return diagnosis.outcome(Outcome.Ending.RETURNED, reason, stop.pc(), 0);
  }

  /** Ends the run before the next block; for partners of the console. */
  public void endRun(String reason) {
    ended = reason;
    meter.setDeadline(0);
  }

  private Outcome reached(Stop stop) {
    if (ended != null) {
      return diagnosis.outcome(Outcome.Ending.REACHED, ended, stop.pc(), 0);
    }
    if (stop.pc() == until) {
      return diagnosis.outcome(
          Outcome.Ending.REACHED, "the place to stop at was reached", stop.pc(), 0);
    }
    return null;
  }

  private Outcome supervisorCall(Stop stop) {
    exceptions.setPending(Exceptions.SUPERVISOR_CALL, true);
    return exceptions.canTake(Exceptions.SUPERVISOR_CALL)
        ? enter(Exceptions.SUPERVISOR_CALL)
        : diagnosis.outcome(
            Outcome.Ending.FAULT,
            "SVC where its exception cannot be taken: its priority is too low or interrupts are off",
            stop.pc() - 2,
            1);
  }

  private Outcome leave(Stop stop) {
    if (exceptions.current() == 0) {
      return diagnosis.fault(stop);
    }
    try {
      int frame = exceptions.leave(stop.address());
      meter.advance(pipeline.exceptionReturnCycles());
      exceptionReturns++;
      recorder.interrupted();
      calls.resume(frame, engine.get(Register.PC), meter.cycles());
      return null;
    } catch (EngineException e) {
      String reason = "the frame of the exception is not in memory: " + e.getMessage();
      return diagnosis.outcome(Outcome.Ending.FAULT, reason, stop.pc(), 1);
    }
  }

  private Outcome breakpoint(Stop stop) {
    byte[] code = engine.read(stop.pc(), 2);
    if (((code[0] & 0xff) | (code[1] & 0xff) << 8) != SEMIHOSTING) {
      return diagnosis.outcome(
          Outcome.Ending.FAULT, "BKPT %d".formatted(code[0] & 0xff), stop.pc(), 1);
    }
    try {
      semihosting.call();
    } catch (EngineException e) {
      String reason = "semihosting call with a bad address: " + e.getMessage();
      return diagnosis.outcome(Outcome.Ending.FAULT, reason, stop.pc(), 1);
    }
    OptionalInt exit = semihosting.exitStatus();
    if (exit.isPresent()) {
      String reason = "the firmware exited with status " + exit.getAsInt();
      return diagnosis.outcome(Outcome.Ending.EXIT, reason, stop.pc(), exit.getAsInt());
    }
    engine.set(Register.PC, stop.pc() + 2);
    return null;
  }

  private long nextEvent() {
    return Math.min(Math.min(sysTick.nextEvent(), peripherals.nextEvent()), console.nextEvent());
  }

  /** Time is skipped to the next thing that happens by itself. */
  private Outcome sleep(int pc) {
    sysTick.tick();
    peripherals.tick();
    console.tick(meter.cycles());
    if (exceptions.next() >= 0 || ended != null) {
      return null;
    }
    long next = nextEvent();
    if (next == Long.MAX_VALUE) {
      return diagnosis.outcome(
          Outcome.Ending.HANG, "WFI with nothing that could end the sleep", pc - 2, 1);
    }
    long slept = Math.max(0, next - meter.cycles());
    sleptCycles += slept;
    meter.advance(slept);
    return null;
  }

  /** The processor executed. */
  public Cpu cpu() {
    return map.cpu();
  }

  /** Memories and clock. */
  public MemoryMap map() {
    return map;
  }

  /** The program. */
  public Image image() {
    return image;
  }

  /** Memory and registers. */
  public Engine engine() {
    return engine;
  }

  /** Modelled time. */
  public Meter meter() {
    return meter;
  }

  /** The serial lines. */
  public Console console() {
    return console;
  }

  /** What was executed. */
  public BlockRecorder recorder() {
    return recorder;
  }

  /** Which functions called which. */
  public CallStack calls() {
    return calls;
  }

  /** Output through semihosting. */
  public byte[] semihostingOutput() {
    return semihosting.output();
  }

  /** Output through the ITM. */
  public byte[] traceOutput() {
    return system.traceOutput();
  }

  /**
   * The most bytes that the main stack held: RAM is painted before the run, and what lies below the
   * stack's beginning is searched for the first stretch that still has its paint.
   */
  public long stackBytesMax() {
    return stackPaint.usedBytes();
  }

  /**
   * The most bytes that the heap held: what lies behind the static data, where the linker says that
   * it ends, up to the first stretch that still has its paint. Empty for a program without a heap.
   */
  public OptionalInt heapBytesMax() {
    boolean allocates =
        HEAP_USERS.stream().anyMatch(name -> image.symbols().find(name).isPresent());
    if (!allocates) {
      return OptionalInt.empty();
    }
    return staticsEnd()
        .map(symbol -> OptionalInt.of(stackPaint.usedBytesFrom(symbol.address())))
        .orElse(OptionalInt.empty());
  }

  /** Bytes from the beginning of RAM to the end of static data, where the linker says it. */
  public OptionalInt staticBytes() {
    Optional<Symbol> end = staticsEnd();
    return map.regions().stream()
        .filter(MemoryMap.Region::writable)
        .filter(region -> end.isPresent() && region.contains(end.get().address() - 1))
        .mapToInt(region -> end.get().address() - region.address())
        .findFirst();
  }

  private Optional<Symbol> staticsEnd() {
    return STATICS_ENDS.stream().flatMap(name -> image.symbols().find(name).stream()).findFirst();
  }

  /** Exceptions taken so far. */
  public long exceptionEntries() {
    return exceptionEntries;
  }

  /** Exceptions returned from so far. */
  public long exceptionReturns() {
    return exceptionReturns;
  }

  /** Cycles spent in WFI. */
  public long sleptCycles() {
    return sleptCycles;
  }

  /** Loops on registers without a device that were helped to an end, in words. */
  public List<String> pollingNotes() {
    List<String> notes = new ArrayList<>();
    for (PollingRule.Helped helped : peripherals.helped()) {
      notes.add(
          "polling rule: %s waited for register 0x%08x, which no device models; %d answers were guessed"
              .formatted(image.symbols().describe(helped.pc()), helped.register(), helped.reads()));
    }
    return notes;
  }

  @Override
  public void close() {
    engine.close();
  }

  private final class MachineBus implements Bus {
    @Override
    public Meter meter() {
      return meter;
    }

    @Override
    public long clockHz() {
      return map.clockHz();
    }

    @Override
    public void interrupt(int number) {
      if (number >= 0 && number < 240) {
        exceptions.setPending(Exceptions.FIRST_INTERRUPT + number, true);
        meter.setDeadline(0);
      }
    }

    @Override
    public byte[] read(int address, int bytes) {
      return engine.isMemory(address, bytes) ? engine.read(address, bytes) : new byte[bytes];
    }

    @Override
    public void write(int address, byte[] data) {
      if (engine.isMemory(address, data.length)) {
        engine.write(address, data);
      }
    }
  }
}
