package dev.thumbprint.firmware.engine;

import static dev.thumbprint.firmware.engine.UnicornApi.unexpected;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

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
 *       is announced but not executed; {@link #onBlock} hides that.
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

  /** Address at which a run would end; no instruction is at an odd one. */
  private static final long NO_END = 1;

  /** Branches to here and above are exception returns. */
  private static final int EXC_RETURN_FIRST = 0xffffff00;

  /** The T bit of XPSR. */
  private static final int THUMB_STATE = 1 << 24;

  private final UnicornApi api;
  private final Cpu cpu;
  private final Arena arena = Arena.ofShared();
  private final UnicornMemory memory = new UnicornMemory(arena);
  private final MemorySegment scratch = arena.allocate(16, 16);
  private final long handle;

  private BlockProbe blockProbe;
  private int blockStart;
  private int blockEnd;
  private boolean stopRequested;
  private int interrupt = NONE;
  private int faultAddress;
  private Throwable thrown;
  private boolean closed;

  private static final int NONE = -1;

  /**
   * Starts an engine.
   *
   * @throws EngineUnavailableException if no library could be loaded
   */
  public UnicornEngine(Cpu cpu) {
    this.api = library();
    this.cpu = cpu;
    this.handle = open();
    try {
      addHook(UnicornApi.HOOK_INTR, "onInterrupt", UnicornApi.INTERRUPT_CALLBACK, 1, 0);
      addHook(
          UnicornApi.HOOK_MEM_UNMAPPED | UnicornApi.HOOK_MEM_PROT,
          "onFault",
          UnicornApi.FAULT_CALLBACK,
          1,
          0);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static UnicornApi library() {
    try {
      return UnicornApi.INSTANCE;
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof EngineUnavailableException unavailable) {
        throw unavailable;
      }
      throw e;
    }
  }

  private long open() {
    try {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      api.check(
          (int) api.open.invokeExact(UnicornApi.ARCH_ARM, UnicornApi.MODE_THUMB, out),
          "cannot start the engine");
      long opened = out.get(ValueLayout.JAVA_LONG, 0);
      api.check(
          (int) api.setCpuModel.invokeExact(opened, UnicornApi.CTL_CPU_MODEL_WRITE, model(cpu)),
          "cannot select the processor");
      return opened;
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int model(Cpu cpu) {
    return switch (cpu) {
      case CORTEX_M0 -> 7;
      case CORTEX_M3 -> 8;
      case CORTEX_M4 -> 9;
      case CORTEX_M7 -> 10;
      case CORTEX_M33 -> 11;
    };
  }

  @Override
  public Cpu cpu() {
    return cpu;
  }

  @Override
  public String version() {
    return "Unicorn " + api.versionText() + " (" + api.origin + ")";
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
    try {
      int result =
          (int)
              api.mapPointer.invokeExact(
                  handle,
                  Integer.toUnsignedLong(address),
                  segment.byteSize(),
                  permissions,
                  segment);
      api.check(result, "cannot map memory at 0x%08x".formatted(address));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void mapIo(int address, long bytes, IoHandler handler) {
    long first = Integer.toUnsignedLong(address);
    UnicornMemory.requirePages(first, bytes);
    var port = new IoPort(address, handler);
    MemorySegment read = stub(port, "read", UnicornApi.IO_READ_CALLBACK);
    MemorySegment write = stub(port, "write", UnicornApi.IO_WRITE_CALLBACK);
    try {
      int result = (int) api.mapIo.invokeExact(handle, first, bytes, read, 0L, write, 0L);
      api.check(result, "cannot map a device at 0x%08x".formatted(address));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void write(int address, byte[] data) {
    if (data.length == 0) {
      return;
    }
    try (Arena local = Arena.ofConfined()) {
      MemorySegment copy = local.allocateFrom(ValueLayout.JAVA_BYTE, data);
      int result =
          (int)
              api.memoryWrite.invokeExact(
                  handle, Integer.toUnsignedLong(address), copy, (long) data.length);
      api.check(result, "cannot write %d bytes at 0x%08x".formatted(data.length, address));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
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
    return readRegister(UnicornRegisters.number(register));
  }

  @Override
  public void set(Register register, int value) {
    switch (register) {
      case XPSR -> writeRegister(UnicornRegisters.XPSR_NZCVQG, value);
      case PC -> writeRegister(UnicornRegisters.number(register), value | 1);
      default -> writeRegister(UnicornRegisters.number(register), value);
    }
    if (register == Register.XPSR || register == Register.IPSR || register == Register.CONTROL) {
      writeRegister(UnicornRegisters.APSR_NZCV, get(Register.XPSR));
    }
  }

  @Override
  public int getFloatBits(int number) {
    return readRegister(UnicornRegisters.S0 + number);
  }

  @Override
  public void setFloatBits(int number, int bits) {
    writeRegister(UnicornRegisters.S0 + number, bits);
  }

  private int readRegister(int number) {
    try {
      int result = (int) api.registerRead.invokeExact(handle, number, scratch);
      if (result != UnicornApi.ERR_OK) {
        api.check(result, "cannot read register " + number);
      }
      return scratch.get(ValueLayout.JAVA_INT, 0);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private void writeRegister(int number, int value) {
    scratch.set(ValueLayout.JAVA_INT, 0, value);
    try {
      int result = (int) api.registerWrite.invokeExact(handle, number, scratch);
      if (result != UnicornApi.ERR_OK) {
        api.check(result, "cannot write register " + number);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void observeBlocks(BlockProbe probe) {
    boolean first = blockProbe == null;
    blockProbe = probe;
    if (first) {
      addHook(UnicornApi.HOOK_BLOCK, "onBlock", UnicornApi.BLOCK_CALLBACK, 1, 0);
    }
  }

  @Override
  public void observeAccesses(int first, int last, AccessProbe probe) {
    addHook(
        UnicornApi.HOOK_MEM_READ | UnicornApi.HOOK_MEM_WRITE,
        stub(new AccessPort(this, probe), "access", UnicornApi.ACCESS_CALLBACK),
        Integer.toUnsignedLong(first),
        Integer.toUnsignedLong(last));
  }

  private void addHook(
      int type, String method, FunctionDescriptor descriptor, long first, long last) {
    addHook(type, stub(this, method, descriptor), first, last);
  }

  /** A range whose end is before its beginning means everywhere. */
  private void addHook(int type, MemorySegment callback, long first, long last) {
    try {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      api.check(
          (int) api.hookAdd.invokeExact(handle, out, type, callback, 0L, first, last),
          "cannot observe the engine");
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private MemorySegment stub(Object target, String method, FunctionDescriptor descriptor) {
    MethodType type = descriptor.toMethodType();
    try {
      MethodHandle bound = MethodHandles.lookup().bind(target, method, type);
      return Linker.nativeLinker().upcallStub(bound, descriptor, arena);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no method " + method + type, e);
    }
  }

  @Override
  public Stop run() {
    stopRequested = false;
    interrupt = NONE;
    faultAddress = 0;
    thrown = null;
    int result;
    try {
      long pc = Integer.toUnsignedLong(get(Register.PC)) | 1;
      result = (int) api.start.invokeExact(handle, pc, NO_END, 0L, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
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
    return new Stop(reason, pcIsStale && blockProbe != null ? blockStart : pc, faultAddress);
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
      default -> throw new EngineException("the engine failed: " + api.text(result));
    };
  }

  private Stop.Reason reasonOfInvalid(int pc) {
    if ((get(Register.XPSR) & THUMB_STATE) == 0) {
      return Stop.Reason.INVALID_STATE;
    }
    return pc == blockEnd ? Stop.Reason.YIELD : Stop.Reason.UNDEFINED_INSTRUCTION;
  }

  @Override
  public void stop() {
    stopRequested = true;
    try {
      int ignored = (int) api.stop.invokeExact(handle);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void forgetCode() {
    try {
      api.check(
          (int) api.flushBlocks.invokeExact(handle, UnicornApi.CTL_TB_FLUSH_WRITE),
          "cannot forget translated code");
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      int ignored = (int) api.close.invokeExact(handle);
    } catch (Throwable e) {
      throw unexpected(e);
    } finally {
      arena.close();
    }
  }

  /** Nothing may be thrown through native frames: it is kept, and thrown again by {@link #run}. */
  private void fail(Throwable e) {
    if (thrown == null) {
      thrown = e;
    }
    stop();
  }

  // Called by the native library, by name; see stub().

  @SuppressWarnings("unused")
  private void onBlock(long engine, long address, int size, long user) {
    if (stopRequested) {
      return;
    }
    try {
      blockStart = (int) address;
      blockEnd = (int) address + size;
      if (!blockProbe.enter((int) address, size)) {
        stop();
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  @SuppressWarnings("unused")
  private void onInterrupt(long engine, int number, long user) {
    interrupt = number;
    stop();
  }

  @SuppressWarnings("unused")
  private boolean onFault(long engine, int type, long address, int size, long value, long user) {
    faultAddress = (int) address;
    return false;
  }

  @SuppressWarnings("unused")
  private record AccessPort(UnicornEngine engine, AccessProbe probe) {
    void access(long handle, int type, long address, int size, long value, long user) {
      try {
        probe.access((int) address, size, type == UnicornApi.MEM_WRITE);
      } catch (Throwable e) {
        engine.fail(e);
      }
    }
  }

  @SuppressWarnings("unused")
  private final class IoPort {
    private final int base;
    private final IoHandler handler;

    IoPort(int base, IoHandler handler) {
      this.base = base;
      this.handler = handler;
    }

    long read(long engine, long offset, int size, long user) {
      try {
        return Integer.toUnsignedLong(handler.read(base + (int) offset, size));
      } catch (Throwable e) {
        fail(e);
        return 0;
      }
    }

    void write(long engine, long offset, int size, long value, long user) {
      try {
        handler.write(base + (int) offset, size, (int) value);
      } catch (Throwable e) {
        fail(e);
      }
    }
  }
}
