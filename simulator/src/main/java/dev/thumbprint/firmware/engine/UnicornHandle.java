package dev.thumbprint.firmware.engine;

import static dev.thumbprint.firmware.engine.UnicornApi.unexpected;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One engine of the native library: its functions with Java's types, result codes turned into
 * exceptions, and the memory that lives as long as the engine.
 */
final class UnicornHandle implements AutoCloseable {
  /** Address at which a run would end; no instruction is at an odd one. */
  private static final long NO_END = 1;

  private final UnicornApi api = library();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment scratch = arena.allocate(16, 16);
  private final long handle;
  private boolean closed;

  /**
   * Starts an engine.
   *
   * @throws EngineUnavailableException if no library could be loaded
   */
  UnicornHandle(Cpu cpu) {
    handle = open(cpu);
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

  private long open(Cpu cpu) {
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

  String version() {
    return "Unicorn " + api.versionText() + " (" + api.origin + ")";
  }

  String text(int result) {
    return api.text(result);
  }

  /** Memory that is freed with the engine. */
  Arena arena() {
    return arena;
  }

  void map(int address, MemorySegment segment, int permissions) {
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

  void mapIo(int address, long bytes, MemorySegment read, MemorySegment write, long user) {
    try {
      int result =
          (int)
              api.mapIo.invokeExact(
                  handle, Integer.toUnsignedLong(address), bytes, read, user, write, user);
      api.check(result, "cannot map a device at 0x%08x".formatted(address));
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void write(int address, byte[] data) {
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

  int readRegister(int number) {
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

  void writeRegister(int number, int value) {
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

  /** A range whose end is before its beginning means everywhere. */
  void addHook(int type, MemorySegment callback, long user, long first, long last) {
    try {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      api.check(
          (int) api.hookAdd.invokeExact(handle, out, type, callback, user, first, last),
          "cannot observe the engine");
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Executes from an address on; returns the library's result code. */
  int start(int address) {
    try {
      return (int) api.start.invokeExact(handle, Integer.toUnsignedLong(address), NO_END, 0L, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void stop() {
    try {
      int ignored = (int) api.stop.invokeExact(handle);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  void forgetCode() {
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
}
