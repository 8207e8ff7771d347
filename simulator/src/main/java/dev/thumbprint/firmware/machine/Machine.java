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
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.model.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A microcontroller with a program in it. It owns its engine; one machine runs one program once,
 * from reset or from a function.
 */
public final class Machine implements AutoCloseable {
  private final ProgramLoader loader;
  private final MemoryMap map;
  private final Image image;
  private final Engine engine;
  private final Meter meter = new Meter();
  private final Console console = new Console();
  private final Exceptions exceptions;
  private final SystemControl system;
  private final Peripherals peripherals;
  private final Semihosting semihosting;
  private final CallStack calls;
  private final BlockRecorder recorder;
  private final CorePipeline pipeline;
  private final Diagnosis diagnosis;
  private final RamUse ramUse;
  private final TimedDevices devices;
  private final ExceptionFlow exceptionFlow;
  private final Execution execution;

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
    loader = new ProgramLoader(map, image, engine);
    loader.mapMemories();
    Bus bus = new MachineBus();
    exceptions = new Exceptions(engine);
    SysTick sysTick = new SysTick(bus, exceptions);
    calls = new CallStack(image.symbols(), setup.callListener());
    recorder =
        new BlockRecorder(
            engine, pipeline, meter, this::meet, setup.stalls(), calls, this::functionStarts);
    diagnosis = new Diagnosis(engine, image, recorder, calls);
    peripherals = new Peripherals(map, bus, console, diagnosis::place);
    int table = loader.vectorTable();
    system = new SystemControl(bus, map.cpu(), exceptions, sysTick, table);
    semihosting = new Semihosting(engine, bus, setup.directory(), loader.ramEnd());
    loader.mapDevices(system, peripherals);
    engine.observeBlocks(recorder);
    int stackTop = loader.initialStack(table);
    ramUse = new RamUse(engine, map, image, loader.stackOfCall(stackTop));
    loader.load();
    engine.set(Register.MSP, stackTop);
    devices = new TimedDevices(sysTick, peripherals, console, meter);
    exceptionFlow =
        new ExceptionFlow(engine, exceptions, system, pipeline, meter, recorder, calls, diagnosis);
    execution =
        new Execution(
            engine, meter, devices, exceptionFlow, system, semihosting, recorder, calls, diagnosis);
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

  private boolean functionStarts(int address) {
    return image.symbols().functionAt(address).map(Symbol::address).orElse(~address) == address;
  }

  /** Sees every block once before it executes. */
  private void meet(Block block) {
    diagnosis.requireInstructions(block, pipeline, map.cpu());
  }

  /** Stops the run when this address is about to be executed; -1 for no such address. */
  public void setUntil(int address) {
    execution.setUntil(address);
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
    return execution.runFrom(start & ~1, budget);
  }

  /**
   * Runs one function, without start-up code, and ends when it returns.
   *
   * @param arguments the first four in registers, the others on the stack
   */
  public Outcome call(int function, int[] arguments, Budget budget) {
    int onStack = Math.max(0, arguments.length - 4);
    int sp = (loader.stackOfCall(engine.get(Register.MSP)) - 4 * onStack) & ~7;
    engine.set(Register.MSP, sp);
    for (int i = 0; i < arguments.length; i++) {
      if (i < 4) {
        engine.set(Register.core(i), arguments[i]);
      } else {
        engine.writeWord(sp + 4 * (i - 4), arguments[i]);
      }
    }
    engine.set(Register.LR, Execution.RETURN_HERE | 1);
    return execution.runFrom(function & ~1, budget);
  }

  /** Goes on with a run that came to the address it was to stop at. */
  public Outcome resume(Budget budget) {
    return execution.resume(budget);
  }

  /** Ends the run before the next block; for partners of the console. */
  public void endRun(String reason) {
    execution.end(reason);
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

  /** How much of RAM was used so far. */
  public RamUse ramUse() {
    return ramUse;
  }

  /** Exceptions taken so far. */
  public long exceptionEntries() {
    return exceptionFlow.entries();
  }

  /** Exceptions returned from so far. */
  public long exceptionReturns() {
    return exceptionFlow.returns();
  }

  /** Cycles spent in WFI. */
  public long sleptCycles() {
    return devices.sleptCycles();
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
    recorder.finish();
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
