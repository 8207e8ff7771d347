package dev.thumbprint.firmware.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Executes with the native library Unicorn 2 over the Foreign Function and Memory API.
 *
 * <p>What Unicorn leaves to its user and how it shows, found in its sources (version 2.0.1, {@code
 * cpu-exec.c}, {@code translator.c}, {@code m_helper.c}) and pinned by tests:
 *
 * <ul>
 *   <li>SVC, BKPT and EXC_RETURN arrive at an interrupt hook; WFI makes the run return without an
 *       error; WFE and YIELD return as an invalid instruction with the PC behind them.
 *   <li>A block hook is called before the check for a stop, so a block at which a stop takes effect
 *       is announced but not executed; {@link Calls#onBlock} hides that.
 *   <li>A refused load or store leaves the translated block at once, with a PC that may be many
 *       blocks old.
 *   <li>Instructions of the DSP extension are executed on processors that lack it.
 *   <li>Writing IPSR switches the stacks, but translated code learns of handler mode only after
 *       another write ({@link UnicornRegisters#APSR_NZCV}).
 * </ul>
 */
public final class UnicornEngine implements Engine {
  /**
   * System property that chooses the native library: a file, or {@code system} for the one that is
   * installed on this machine; read when the first engine starts.
   */
  public static final String LIBRARY_PROPERTY = UnicornLibrary.PROPERTY;

  /** Branches to here and above are exception returns. */
  private static final int EXC_RETURN_FIRST = 0xffffff00;

  /** The T bit of XPSR. */
  private static final int THUMB_STATE = 1 << 24;

  private final Cpu cpu;
  private final UnicornHandle handle;
  private final UnicornMemory memory;

  /** Numbers under which the library calls this engine and its ports. */
  private final List<Integer> registered = new ArrayList<>();

  private final int self;

  /** Data accesses not told yet; null where each is told by a call of its own. */
  private final AccessLog log;

  /** What is counted without a call to Java; null where nothing is. */
  private EdgeTable edges;

  private final boolean nativeHooks;

  private BlockProbe blockProbe;
  private boolean blocksHooked;
  private int blockStart;
  private int blockEnd;
  private boolean stopRequested;
  private int interrupt = NONE;
  private int faultAddress;
  private Throwable thrown;

  private static final int NONE = -1;

  /**
   * Starts an engine.
   *
   * @throws EngineUnavailableException if no library could be loaded
   */
  public UnicornEngine(Cpu cpu) {
    this(cpu, NativeAccessHook.function().isPresent() && NativeBlockHook.function().isPresent());
  }

  /** Starts an engine with hooks in machine code, or one that calls Java for everything. */
  UnicornEngine(Cpu cpu, boolean nativeHooks) {
    this.cpu = cpu;
    this.nativeHooks = nativeHooks;
    this.handle = new UnicornHandle(cpu);
    this.memory = new UnicornMemory(handle.arena());
    this.log = nativeHooks ? new AccessLog(handle.arena()) : null;
    this.self = register(new Calls());
    try {
      handle.addHook(UnicornApi.HOOK_INTR, UnicornCallbacks.INTERRUPT, self, 1, 0);
      handle.addHook(
          UnicornApi.HOOK_MEM_UNMAPPED | UnicornApi.HOOK_MEM_PROT,
          UnicornCallbacks.FAULT,
          self,
          1,
          0);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public Cpu cpu() {
    return cpu;
  }

  @Override
  public String version() {
    return handle.version();
  }

  @Override
  public int pageBytes() {
    return UnicornMemory.PAGE_BYTES;
  }

  @Override
  public void mapMemory(int address, long bytes, Access access) {
    map(address, memory.add(Integer.toUnsignedLong(address), bytes), access);
  }

  @Override
  public void mapAlias(int address, int original, long bytes, Access access) {
    long from = Integer.toUnsignedLong(original);
    map(address, memory.alias(Integer.toUnsignedLong(address), from, bytes), access);
  }

  private void map(int address, MemorySegment segment, Access access) {
    int permissions = UnicornApi.PROT_READ | UnicornApi.PROT_EXEC;
    if (access == Access.READ_WRITE_EXECUTE) {
      permissions |= UnicornApi.PROT_WRITE;
    }
    handle.map(address, segment, permissions);
  }

  @Override
  public void mapIo(int address, long bytes, IoHandler handler) {
    mapIo(address, bytes, handler, UnicornCallbacks.WRITE);
  }

  /** Without a function for stores, Unicorn maps what cannot be written. */
  @Override
  public void mapReadOnlyIo(int address, long bytes, IoHandler handler) {
    mapIo(address, bytes, handler, MemorySegment.NULL);
  }

  private void mapIo(int address, long bytes, IoHandler handler, MemorySegment write) {
    UnicornMemory.requirePages(Integer.toUnsignedLong(address), bytes);
    var port = new IoPort(address, handler);
    handle.mapIo(address, bytes, UnicornCallbacks.READ, write, register(port));
  }

  private int register(Object target) {
    int id = UnicornCallbacks.register(target);
    registered.add(id);
    return id;
  }

  @Override
  public void write(int address, byte[] data) {
    if (data.length > 0) {
      handle.write(address, data);
    }
  }

  @Override
  public byte[] read(int address, int bytes) {
    return memory.read(Integer.toUnsignedLong(address), bytes);
  }

  @Override
  public int readWord(int address) {
    return memory.find(Integer.toUnsignedLong(address), 4).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
  }

  @Override
  public boolean isMemory(int address, long bytes) {
    return memory.contains(Integer.toUnsignedLong(address), bytes);
  }

  @Override
  public int get(Register register) {
    return handle.readRegister(UnicornRegisters.number(register));
  }

  @Override
  public void set(Register register, int value) {
    switch (register) {
      case XPSR -> handle.writeRegister(UnicornRegisters.XPSR_NZCVQG, value);
      case PC -> handle.writeRegister(UnicornRegisters.number(register), value | 1);
      default -> handle.writeRegister(UnicornRegisters.number(register), value);
    }
    if (register == Register.XPSR || register == Register.IPSR || register == Register.CONTROL) {
      handle.writeRegister(UnicornRegisters.APSR_NZCV, get(Register.XPSR));
    }
  }

  @Override
  public int getFloatBits(int number) {
    return handle.readRegister(UnicornRegisters.S0 + number);
  }

  @Override
  public void setFloatBits(int number, int bits) {
    handle.writeRegister(UnicornRegisters.S0 + number, bits);
  }

  @Override
  public void observeBlocks(BlockProbe probe) {
    blockProbe = probe;
    hookBlocks();
  }

  private void hookBlocks() {
    if (!blocksHooked) {
      blocksHooked = true;
      if (edges != null) {
        MemorySegment hook = NativeBlockHook.function().orElseThrow();
        handle.addHook(UnicornApi.HOOK_BLOCK, hook, edges.stateAddress(), 1, 0);
      } else {
        handle.addHook(UnicornApi.HOOK_BLOCK, UnicornCallbacks.BLOCK, self, 1, 0);
      }
    }
  }

  @Override
  public Optional<EdgeTable> edgeTable() {
    if (edges == null && nativeHooks && !blocksHooked) {
      edges = new EdgeTable(handle.arena(), UnicornCallbacks.BLOCK, self);
    }
    return Optional.ofNullable(edges);
  }

  @Override
  public void observeAccesses(int first, int last, AccessProbe probe) {
    if (log != null) {
      hookBlocks();
    }
    if (edges != null) {
      edges.refuse();
    }
    handle.addHook(
        UnicornApi.HOOK_MEM_READ | UnicornApi.HOOK_MEM_WRITE,
        log != null ? NativeAccessHook.function().orElseThrow() : UnicornCallbacks.ACCESS,
        log != null ? log.add(probe) : register(new AccessPort(this, probe)),
        Integer.toUnsignedLong(first),
        Integer.toUnsignedLong(last));
  }

  @Override
  public Stop run() {
    stopRequested = false;
    interrupt = NONE;
    faultAddress = 0;
    thrown = null;
    if (edges != null) {
      edges.close();
    }
    int result = handle.start(get(Register.PC) | 1);
    tellAccesses();
    rethrow();
    return stopped(result, get(Register.PC));
  }

  private void rethrow() {
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("a probe threw a checked exception", thrown);
    }
  }

  private Stop stopped(int result, int pc) {
    Stop.Reason reason = interrupt == NONE ? null : reasonOfInterrupt();
    if (reason == null) {
      reason = reasonOfResult(result, pc);
    }
    boolean fetchedReturn =
        reason == Stop.Reason.FETCH_FAULT && Integer.compareUnsigned(pc, EXC_RETURN_FIRST) >= 0;
    if (reason == Stop.Reason.EXCEPTION_RETURN || fetchedReturn) {
      return new Stop(Stop.Reason.EXCEPTION_RETURN, pc, pc | 1);
    }
    boolean pcIsStale = reason == Stop.Reason.READ_FAULT || reason == Stop.Reason.WRITE_FAULT;
    return new Stop(reason, pcIsStale && blockProbe != null ? blockStart() : pc, faultAddress);
  }

  private Stop.Reason reasonOfInterrupt() {
    return switch (interrupt) {
      case UnicornApi.EXCP_SWI -> Stop.Reason.SUPERVISOR_CALL;
      case UnicornApi.EXCP_BKPT -> Stop.Reason.BREAKPOINT;
      case UnicornApi.EXCP_EXCEPTION_EXIT -> Stop.Reason.EXCEPTION_RETURN;
      case UnicornApi.EXCP_PREFETCH_ABORT -> Stop.Reason.FETCH_FAULT;
      case UnicornApi.EXCP_DATA_ABORT -> Stop.Reason.UNALIGNED_ACCESS;
      case UnicornApi.EXCP_INVSTATE -> Stop.Reason.INVALID_STATE;
      case UnicornApi.EXCP_STKOF -> Stop.Reason.STACK_OVERFLOW;
      default -> Stop.Reason.UNDEFINED_INSTRUCTION;
    };
  }

  private Stop.Reason reasonOfResult(int result, int pc) {
    return switch (result) {
      case UnicornApi.ERR_OK ->
          stopRequested ? Stop.Reason.REQUESTED : Stop.Reason.WAIT_FOR_INTERRUPT;
      case UnicornApi.ERR_INSN_INVALID -> reasonOfInvalid(pc);
      case UnicornApi.ERR_EXCEPTION -> Stop.Reason.INVALID_STATE;
      case UnicornApi.ERR_FETCH_UNMAPPED, UnicornApi.ERR_FETCH_PROT -> Stop.Reason.FETCH_FAULT;
      case UnicornApi.ERR_READ_UNMAPPED, UnicornApi.ERR_READ_PROT -> Stop.Reason.READ_FAULT;
      case UnicornApi.ERR_WRITE_UNMAPPED, UnicornApi.ERR_WRITE_PROT -> Stop.Reason.WRITE_FAULT;
      case UnicornApi.ERR_READ_UNALIGNED, UnicornApi.ERR_WRITE_UNALIGNED ->
          Stop.Reason.UNALIGNED_ACCESS;
      default -> throw new EngineException("the engine failed: " + handle.text(result));
    };
  }

  private Stop.Reason reasonOfInvalid(int pc) {
    if ((get(Register.XPSR) & THUMB_STATE) == 0) {
      return Stop.Reason.INVALID_STATE;
    }
    return pc == blockEnd() ? Stop.Reason.YIELD : Stop.Reason.UNDEFINED_INSTRUCTION;
  }

  private int blockStart() {
    return edges == null ? blockStart : edges.blockStart();
  }

  private int blockEnd() {
    return edges == null ? blockEnd : edges.blockEnd();
  }

  @Override
  public void stop() {
    stopRequested = true;
    if (edges != null) {
      edges.close();
    }
    handle.stop();
  }

  @Override
  public void forgetCode() {
    handle.forgetCode();
  }

  @Override
  public void close() {
    handle.close();
    registered.forEach(UnicornCallbacks::release);
    registered.clear();
  }

  /** Before anything that comes behind them in the program. */
  private void tellAccesses() {
    if (log == null) {
      return;
    }
    try {
      log.tell();
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** Nothing may be thrown through native frames: it is kept, and thrown again by {@link #run}. */
  private void fail(Throwable e) {
    if (thrown == null) {
      thrown = e;
    }
    stop();
  }

  /** What the native library calls. */
  private final class Calls implements UnicornCallbacks.Engine {
    @Override
    public void onBlock(int address, int size) {
      if (stopRequested) {
        return;
      }
      tellAccesses();
      if (stopRequested) {
        return;
      }
      try {
        enter(address, size);
        if (blockProbe != null && !blockProbe.enter(address, size)) {
          stop();
        }
        if (edges != null && !stopRequested) {
          edges.open();
        }
      } catch (Throwable e) {
        fail(e);
      }
    }

    private void enter(int address, int size) {
      blockStart = address;
      blockEnd = address + size;
      if (edges != null) {
        edges.setBlock(address, size);
      }
    }

    @Override
    public void onInterrupt(int number) {
      interrupt = number;
      stop();
    }

    @Override
    public void onFault(int address) {
      faultAddress = address;
    }
  }

  private record AccessPort(UnicornEngine engine, AccessProbe probe)
      implements UnicornCallbacks.Accesses {
    @Override
    public void access(int type, int address, int size) {
      try {
        probe.access(address, size, type == UnicornApi.MEM_WRITE);
      } catch (Throwable e) {
        engine.fail(e);
      }
    }
  }

  private final class IoPort implements UnicornCallbacks.Port {
    private final int base;
    private final IoHandler handler;

    IoPort(int base, IoHandler handler) {
      this.base = base;
      this.handler = handler;
    }

    @Override
    public int read(int offset, int size) {
      tellAccesses();
      try {
        return handler.read(base + offset, size);
      } catch (Throwable e) {
        fail(e);
        return 0;
      }
    }

    @Override
    public void write(int offset, int size, int value) {
      tellAccesses();
      try {
        handler.write(base + offset, size, value);
      } catch (Throwable e) {
        fail(e);
      }
    }
  }
}
