package dev.thumbprint.firmware.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A hook of data accesses in machine code, which only writes the access down in an {@link
 * AccessLog}. A call from native code to Java takes about 30 ns, several times as long as the
 * access itself; writing it down takes about one.
 *
 * <p>Where there is none ({@link NativeCode}), every access is a call to Java.
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

  private static final Optional<MemorySegment> FUNCTION = NativeCode.load(CODE);

  private NativeAccessHook() {}

  /** The hook; empty where there is none. */
  static Optional<MemorySegment> function() {
    return FUNCTION;
  }

  /** The record with which the hook writes to a log. */
  static MemorySegment target(Arena arena, MemorySegment log, int tag) {
    MemorySegment target = arena.allocate(16, 8);
    target.set(ADDRESS, LOG, log);
    target.set(JAVA_INT, TAG, tag << TAG_SHIFT);
    return target;
  }
}
