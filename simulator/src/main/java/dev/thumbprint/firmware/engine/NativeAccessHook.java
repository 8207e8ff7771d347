package dev.thumbprint.firmware.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A hook of data accesses in machine code, which only writes the access down in an {@link
 * AccessLog}. A call from native code to Java takes about 30 ns, several times as long as the
 * access itself; writing it down takes about one.
 *
 * <p>For Linux on x86-64, with the calling convention of the System V ABI. Elsewhere, and where the
 * system refuses executable memory, there is none, and every access is a call to Java.
 */
final class NativeAccessHook {
  /** Offsets in the record that the hook gets as its last argument. */
  static final int LOG = 0;

  static final int TAG = 8;

  /** Offsets in the log: entries written, entries there is room for, the first entry. */
  static final int COUNT = 0;

  static final int CAPACITY = 8;
  static final int ENTRIES = 16;

  /** An entry: address; then tag in bits 8 to 30, bytes below, the top bit set for a store. */
  static final int ENTRY_BYTES = 8;

  static final int WRITE_BIT = 1 << 31;
  static final int TAG_SHIFT = 8;

  private static final String CODE =
      """
      f3 0f 1e fa       endbr64
      4d 8b 11          mov r10, [r9]            ; the log
      49 8b 02          mov rax, [r10]           ; entries written
      83 e6 01          and esi, 1               ; UC_MEM_READ is 16, UC_MEM_WRITE 17
      c1 e6 1f          shl esi, 31
      09 ce             or  esi, ecx             ; bytes
      41 0b 71 08       or  esi, [r9+8]          ; tag
      49 3b 42 08       cmp rax, [r10+8]
      73 0a             jae full
      41 89 54 c2 10    mov [r10+rax*8+16], edx  ; address
      41 89 74 c2 14    mov [r10+rax*8+20], esi
      48 ff c0          inc rax                  ; full: counts on, which tells that one is lost
      49 89 02          mov [r10], rax
      c3                ret
      """;

  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int PROT_READ_EXECUTE = 1 | 4;
  private static final int MAP_PRIVATE_ANONYMOUS = 2 | 0x20;
  private static final long PAGE_BYTES = 4096;

  private static final Optional<MemorySegment> FUNCTION = make();

  private NativeAccessHook() {}

  /** The hook; empty where there is none. */
  static Optional<MemorySegment> function() {
    return FUNCTION;
  }

  private static byte[] code() {
    String bytes =
        CODE.lines().map(line -> line.substring(0, 18)).reduce("", String::concat).replace(" ", "");
    return HexFormat.of().parseHex(bytes);
  }

  private static Optional<MemorySegment> make() {
    boolean known =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (!known) {
      return Optional.empty();
    }
    try {
      long page =
          (long) map().invokeExact(0L, PAGE_BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
      if (page == -1) {
        return Optional.empty();
      }
      MemorySegment memory = MemorySegment.ofAddress(page).reinterpret(PAGE_BYTES);
      byte[] code = code();
      MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
      int refused = (int) protect().invokeExact(page, PAGE_BYTES, PROT_READ_EXECUTE);
      return refused == 0 ? Optional.of(memory) : Optional.empty();
    } catch (Throwable e) {
      throw UnicornApi.unexpected(e);
    }
  }

  private static MethodHandle map() {
    return libc(
        "mmap",
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  }

  private static MethodHandle protect() {
    return libc("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  }

  private static MethodHandle libc(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
  }

  /** The record with which the hook writes to a log. */
  static MemorySegment target(Arena arena, MemorySegment log, int tag) {
    MemorySegment target = arena.allocate(16, 8);
    target.set(ADDRESS, LOG, log);
    target.set(JAVA_INT, TAG, tag << TAG_SHIFT);
    return target;
  }
}
