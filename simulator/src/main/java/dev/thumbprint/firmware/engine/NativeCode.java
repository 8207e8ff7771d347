package dev.thumbprint.firmware.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Functions in machine code, for what is called too often for a call from native code to Java.
 *
 * <p>For Linux on x86-64, with the calling convention of the System V ABI. Elsewhere, and where the
 * system refuses executable memory, there are none, and whoever wants one does without.
 */
final class NativeCode {
  private static final int PROT_READ_WRITE = 1 | 2;
  private static final int PROT_READ_EXECUTE = 1 | 4;
  private static final int MAP_PRIVATE_ANONYMOUS = 2 | 0x20;
  private static final long PAGE_BYTES = 4096;

  /** Columns of a listing that hold bytes; what follows is for the reader. */
  private static final int BYTE_COLUMNS = 18;

  private NativeCode() {}

  /**
   * Makes a listing callable: bytes in hexadecimal in the first columns of each line. It stays for
   * the life of the process.
   */
  static Optional<MemorySegment> load(String listing) {
    boolean known =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    return known ? load(bytes(listing)) : Optional.empty();
  }

  private static byte[] bytes(String listing) {
    StringBuilder bytes = new StringBuilder();
    listing.lines().forEach(line -> bytes.append(line, 0, BYTE_COLUMNS));
    return HexFormat.of().parseHex(bytes.toString().replace(" ", ""));
  }

  private static Optional<MemorySegment> load(byte[] code) {
    try {
      long page =
          (long) map().invokeExact(0L, PAGE_BYTES, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
      if (page == -1) {
        return Optional.empty();
      }
      MemorySegment memory = MemorySegment.ofAddress(page).reinterpret(PAGE_BYTES);
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
}
