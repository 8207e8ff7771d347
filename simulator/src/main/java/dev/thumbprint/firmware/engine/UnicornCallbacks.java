package dev.thumbprint.firmware.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The C functions that the native library calls: one of each kind in the whole process. Whom a call
 * is for stands in its last argument, a number that {@link #register} gave out.
 *
 * <p>A function for each engine would be simpler, but the Java virtual machine compiles code for
 * the object bound to it, and keeps about 780 bytes of its own for each for ever.
 */
final class UnicornCallbacks {
  static final MemorySegment BLOCK = stub("block", UnicornApi.BLOCK_CALLBACK);
  static final MemorySegment INTERRUPT = stub("interrupt", UnicornApi.INTERRUPT_CALLBACK);
  static final MemorySegment FAULT = stub("fault", UnicornApi.FAULT_CALLBACK);
  static final MemorySegment ACCESS = stub("access", UnicornApi.ACCESS_CALLBACK);
  static final MemorySegment READ = stub("read", UnicornApi.IO_READ_CALLBACK);
  static final MemorySegment WRITE = stub("write", UnicornApi.IO_WRITE_CALLBACK);

  private static final Object LOCK = new Object();
  private static final Deque<Integer> FREE = new ArrayDeque<>();

  /**
   * Read without the lock: whoever is called was registered by the same thread, or by one that
   * handed its engine over.
   */
  private static Object[] targets = new Object[16];

  private static int used;

  private UnicornCallbacks() {}

  /** What an engine does when it is called. */
  interface Engine {
    void onBlock(int address, int size);

    void onInterrupt(int number);

    void onFault(int address);
  }

  /** What an observer of data accesses does. */
  interface Accesses {
    void access(int type, int address, int size);
  }

  /** What a device does. */
  interface Port {
    int read(int offset, int size);

    void write(int offset, int size, int value);
  }

  /** Gives a receiver of calls a number; it must be released. */
  static int register(Object target) {
    synchronized (LOCK) {
      Integer free = FREE.poll();
      int id = free != null ? free : used++;
      if (id == targets.length) {
        targets = Arrays.copyOf(targets, id * 2);
      }
      targets[id] = target;
      return id;
    }
  }

  static void release(int id) {
    synchronized (LOCK) {
      targets[id] = null;
      FREE.push(id);
    }
  }

  private static MemorySegment stub(String method, FunctionDescriptor descriptor) {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      return Linker.nativeLinker()
          .upcallStub(
              lookup.findStatic(UnicornCallbacks.class, method, descriptor.toMethodType()),
              descriptor,
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no method " + method + descriptor, e);
    }
  }

  // Called by the native library, by name; see stub().

  @SuppressWarnings("unused")
  private static void block(long handle, long address, int size, long user) {
    ((Engine) targets[(int) user]).onBlock((int) address, size);
  }

  @SuppressWarnings("unused")
  private static void interrupt(long handle, int number, long user) {
    ((Engine) targets[(int) user]).onInterrupt(number);
  }

  @SuppressWarnings("unused")
  private static boolean fault(
      long handle, int type, long address, int size, long value, long user) {
    ((Engine) targets[(int) user]).onFault((int) address);
    return false;
  }

  @SuppressWarnings("unused")
  private static void access(long handle, int type, long address, int size, long value, long user) {
    ((Accesses) targets[(int) user]).access(type, (int) address, size);
  }

  @SuppressWarnings("unused")
  private static long read(long handle, long offset, int size, long user) {
    return Integer.toUnsignedLong(((Port) targets[(int) user]).read((int) offset, size));
  }

  @SuppressWarnings("unused")
  private static void write(long handle, long offset, int size, long value, long user) {
    ((Port) targets[(int) user]).write((int) offset, size, (int) value);
  }
}
