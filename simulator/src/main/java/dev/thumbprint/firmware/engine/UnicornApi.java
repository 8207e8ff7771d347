package dev.thumbprint.firmware.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The part of the C interface of Unicorn 2 that the engine uses, as method handles with exact
 * types. Pointers that only pass through are {@code long}, which keeps the calls free of
 * allocation.
 *
 * @see <a
 *     href="https://github.com/unicorn-engine/unicorn/blob/master/include/unicorn/unicorn.h">unicorn.h</a>
 */
final class UnicornApi {
  static final int ARCH_ARM = 1;
  static final int MODE_THUMB = 1 << 4;

  static final int PROT_READ = 1;
  static final int PROT_WRITE = 2;
  static final int PROT_EXEC = 4;

  static final int HOOK_INTR = 1;
  static final int HOOK_BLOCK = 1 << 3;
  static final int HOOK_MEM_UNMAPPED = 7 << 4;
  static final int HOOK_MEM_PROT = 7 << 7;
  static final int HOOK_MEM_READ = 1 << 10;
  static final int HOOK_MEM_WRITE = 1 << 11;

  static final int MEM_READ = 16;
  static final int MEM_WRITE = 17;
  static final int MEM_READ_UNMAPPED = 19;
  static final int MEM_WRITE_UNMAPPED = 20;
  static final int MEM_WRITE_PROT = 22;
  static final int MEM_READ_PROT = 23;

  static final int ERR_OK = 0;
  static final int ERR_READ_UNMAPPED = 6;
  static final int ERR_WRITE_UNMAPPED = 7;
  static final int ERR_FETCH_UNMAPPED = 8;
  static final int ERR_INSN_INVALID = 10;
  static final int ERR_WRITE_PROT = 12;
  static final int ERR_READ_PROT = 13;
  static final int ERR_FETCH_PROT = 14;
  static final int ERR_READ_UNALIGNED = 16;
  static final int ERR_WRITE_UNALIGNED = 17;
  static final int ERR_EXCEPTION = 21;

  /** Writes one argument: {@code type | arguments << 26 | direction << 30}. */
  static final int CTL_CPU_MODEL_WRITE = 7 | 1 << 26 | 1 << 30;

  static final int CTL_TB_FLUSH_WRITE = 10 | 1 << 30;

  /** QEMU's numbers of what interrupts translated code, as they reach an interrupt hook. */
  static final int EXCP_SWI = 2;

  static final int EXCP_PREFETCH_ABORT = 3;
  static final int EXCP_DATA_ABORT = 4;
  static final int EXCP_BKPT = 7;
  static final int EXCP_EXCEPTION_EXIT = 8;
  static final int EXCP_NOCP = 17;
  static final int EXCP_INVSTATE = 18;
  static final int EXCP_STKOF = 19;

  private static final ValueLayout.OfLong POINTER = JAVA_LONG;
  private static final Linker.Option QUICK = Linker.Option.critical(false);

  static final UnicornApi INSTANCE = new UnicornApi(UnicornLibrary.load());

  final String origin;
  final MethodHandle version;
  final MethodHandle open;
  final MethodHandle close;
  final MethodHandle errorText;
  final MethodHandle setCpuModel;
  final MethodHandle flushBlocks;
  final MethodHandle mapPointer;
  final MethodHandle mapIo;
  final MethodHandle memoryWrite;
  final MethodHandle registerRead;
  final MethodHandle registerWrite;
  final MethodHandle hookAdd;
  final MethodHandle start;
  final MethodHandle stop;

  private UnicornApi(UnicornLibrary.Loaded library) {
    origin = library.origin();
    var bind = new Binder(library);
    version = bind.of("uc_version", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    open = bind.of("uc_open", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    close = bind.of("uc_close", FunctionDescriptor.of(JAVA_INT, POINTER));
    errorText = bind.of("uc_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    setCpuModel =
        bind.of(
            "uc_ctl",
            FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    flushBlocks =
        bind.of(
            "uc_ctl",
            FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    mapPointer =
        bind.of(
            "uc_mem_map_ptr",
            FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS));
    mapIo =
        bind.of(
            "uc_mmio_map",
            FunctionDescriptor.of(
                JAVA_INT, POINTER, JAVA_LONG, JAVA_LONG, ADDRESS, POINTER, ADDRESS, POINTER));
    memoryWrite =
        bind.of(
            "uc_mem_write",
            FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_LONG, ADDRESS, JAVA_LONG));
    registerRead =
        bind.of("uc_reg_read", FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_INT, ADDRESS), QUICK);
    registerWrite =
        bind.of("uc_reg_write", FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_INT, ADDRESS), QUICK);
    hookAdd =
        bind.of(
            "uc_hook_add",
            FunctionDescriptor.of(
                JAVA_INT, POINTER, ADDRESS, JAVA_INT, ADDRESS, POINTER, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(7));
    start =
        bind.of(
            "uc_emu_start",
            FunctionDescriptor.of(JAVA_INT, POINTER, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    stop = bind.of("uc_emu_stop", FunctionDescriptor.of(JAVA_INT, POINTER), QUICK);
    requireVersion2();
  }

  /** {@code void (*)(uc_engine*, uint64_t address, uint32_t size, void *user)}. */
  static final FunctionDescriptor BLOCK_CALLBACK =
      FunctionDescriptor.ofVoid(POINTER, JAVA_LONG, JAVA_INT, POINTER);

  /** {@code void (*)(uc_engine*, uint32_t number, void *user)}. */
  static final FunctionDescriptor INTERRUPT_CALLBACK =
      FunctionDescriptor.ofVoid(POINTER, JAVA_INT, POINTER);

  /**
   * {@code void (*)(uc_engine*, uc_mem_type, uint64_t address, int size, int64_t value, void
   * *user)}.
   */
  static final FunctionDescriptor ACCESS_CALLBACK =
      FunctionDescriptor.ofVoid(POINTER, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, POINTER);

  /** As {@link #ACCESS_CALLBACK}, and returns whether to go on. */
  static final FunctionDescriptor FAULT_CALLBACK =
      FunctionDescriptor.of(
          ValueLayout.JAVA_BOOLEAN, POINTER, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, POINTER);

  /** {@code uint64_t (*)(uc_engine*, uint64_t offset, unsigned size, void *user)}. */
  static final FunctionDescriptor IO_READ_CALLBACK =
      FunctionDescriptor.of(JAVA_LONG, POINTER, JAVA_LONG, JAVA_INT, POINTER);

  /** {@code void (*)(uc_engine*, uint64_t offset, unsigned size, uint64_t value, void *user)}. */
  static final FunctionDescriptor IO_WRITE_CALLBACK =
      FunctionDescriptor.ofVoid(POINTER, JAVA_LONG, JAVA_INT, JAVA_LONG, POINTER);

  private void requireVersion2() {
    int number = version();
    if (number >>> 24 != 2) {
      throw new EngineUnavailableException(
          "the Unicorn library from %s is version %s; version 2.x is needed"
              .formatted(origin, versionText()),
          null);
    }
  }

  private int version() {
    try {
      return (int) version.invokeExact(MemorySegment.NULL, MemorySegment.NULL);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  String versionText() {
    int number = version();
    return "%d.%d.%d".formatted(number >>> 24, number >> 16 & 0xff, number >> 8 & 0xff);
  }

  /** Turns a result code into an exception, unless it is 0. */
  void check(int result, String what) {
    if (result != ERR_OK) {
      throw new EngineException(what + ": " + text(result));
    }
  }

  String text(int result) {
    try {
      MemorySegment text = (MemorySegment) errorText.invokeExact(result);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** A native call declares Throwable, and throws nothing but errors of the virtual machine. */
  static IllegalStateException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call failed", e);
  }

  private record Binder(UnicornLibrary.Loaded library) {
    MethodHandle of(String name, FunctionDescriptor type, Linker.Option... options) {
      MemorySegment symbol =
          library
              .symbols()
              .find(name)
              .orElseThrow(
                  () ->
                      new EngineUnavailableException(
                          "the Unicorn library from %s has no function %s"
                              .formatted(library.origin(), name),
                          null));
      return Linker.nativeLinker().downcallHandle(symbol, type, options);
    }
  }
}
