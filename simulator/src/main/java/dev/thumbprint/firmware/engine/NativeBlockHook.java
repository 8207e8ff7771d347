package dev.thumbprint.firmware.engine;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A hook of blocks in machine code: it counts the ways from block to block that an {@link
 * EdgeTable} knows, and calls Java for all others and when time is up. A call from native code to
 * Java takes about 30 ns, several times as long as the block itself; counting takes about two.
 *
 * <p>Where there is none ({@link NativeCode}), every block is a call to Java.
 */
final class NativeBlockHook {
  /** Offsets in the record that the hook gets as its last argument. */
  static final int PREVIOUS = 0;

  static final int TABLE = 8;
  static final int CYCLES = 16;
  static final int GATE = 24;
  static final int INSTRUCTIONS = 32;
  static final int UPCALL_USER = 40;
  static final int UPCALL = 48;
  static final int BLOCK_START = 56;
  static final int BLOCK_SIZE = 60;
  static final int STATE_BYTES = 64;

  /** Ways out of a block that the table holds: a branch has two. */
  static final int WAYS = 2;

  /** Offsets in a way, and its size. */
  static final int ADDRESS = 0;

  static final int SIZE = 4;
  static final int WAY_CYCLES = 8;
  static final int WAY_INSTRUCTIONS = 12;
  static final int COUNT = 16;
  static final int NEXT = 24;
  static final int WAY_BYTES = 32;

  private static final String CODE =
      """
      f3 0f 1e fa       endbr64                  ; engine rdi, address rsi, size edx, record rcx
      48 8b 41 10       mov rax, [rcx+16]        ; cycles
      48 3b 41 18       cmp rax, [rcx+24]        ; gate
      7d 46             jge up
      4c 8b 01          mov r8, [rcx]            ; previous, an offset
      4c 03 41 08       add r8, [rcx+8]          ; table
      41 39 30          cmp [r8], esi
      75 06             jne second
      41 39 50 04       cmp [r8+4], edx
      74 0f             je known
      49 83 c0 20       add r8, 32               ; second:
      41 39 30          cmp [r8], esi
      75 2b             jne up
      41 39 50 04       cmp [r8+4], edx
      75 25             jne up
      49 ff 40 10       inc qword [r8+16]        ; known:
      45 8b 48 08       mov r9d, [r8+8]
      4c 01 c8          add rax, r9
      48 89 41 10       mov [rcx+16], rax
      45 8b 48 0c       mov r9d, [r8+12]
      4c 01 49 20       add [rcx+32], r9
      4d 8b 48 18       mov r9, [r8+24]
      4c 89 09          mov [rcx], r9
      89 71 38          mov [rcx+56], esi
      89 51 3c          mov [rcx+60], edx
      c3                ret
      48 8b 41 30       mov rax, [rcx+48]        ; up:
      48 8b 49 28       mov rcx, [rcx+40]
      ff e0             jmp rax
      """;

  private static final Optional<MemorySegment> FUNCTION = NativeCode.load(CODE);

  private NativeBlockHook() {}

  /** The hook; empty where there is none. */
  static Optional<MemorySegment> function() {
    return FUNCTION;
  }
}
