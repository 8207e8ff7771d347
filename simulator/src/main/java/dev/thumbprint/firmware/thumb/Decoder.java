package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.MemoryAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes Thumb and Thumb-2 of every M-profile core from tables.
 *
 * <p>What is no instruction of the M profile decodes to {@link Mnemonic#UNDEFINED}, sized by the
 * architecture's rule, so that a caller can name it with its place; what one core lacks but another
 * has decodes fully, with its {@link Extension}.
 */
public final class Decoder {
  /** First halfwords of 32-bit encodings start with 0b11101, 0b11110 or 0b11111. */
  private static final int WIDE_FROM = 0xE800;

  /** Wide encodings are looked up by bits 12 to 4 of the first halfword. */
  private static final int BUCKETS = 512;

  private static final List<Encoding> NARROW = EncodingTable.read("thumb16.table", 16);
  private static final Encoding[] BY_HALFWORD = indexNarrow();
  private static final Encoding[][] BY_FIRST_HALFWORD = indexWide();

  private Decoder() {}

  /** Bytes of the instruction that starts with this halfword: 2 or 4. */
  public static int sizeOf(int halfword) {
    return (halfword & 0xFFFF) >= WIDE_FROM ? 4 : 2;
  }

  /**
   * Decodes one instruction outside an IT block.
   *
   * @param code little-endian code
   * @param offset of the instruction in {@code code}
   * @param address of the instruction on the target
   * @throws IndexOutOfBoundsException when the instruction does not end within {@code code}
   */
  public static Instruction decode(byte[] code, int offset, int address) {
    return decode(code, offset, address, ItState.NONE);
  }

  /** Decodes one instruction in the given IT state. */
  public static Instruction decode(byte[] code, int offset, int address, int itState) {
    int first = halfword(code, offset);
    int encoding = sizeOf(first) == 2 ? first : first << 16 | halfword(code, offset + 2);
    return decode(encoding, sizeOf(first), address, itState);
  }

  /** Decodes an encoding that is already assembled, the first halfword of a wide one on top. */
  public static Instruction decode(int encoding, int size, int address, int itState) {
    if (size == 2) {
      return build(BY_HALFWORD[encoding & 0xFFFF], encoding & 0xFFFF, size, address, itState);
    }
    for (Encoding row : BY_FIRST_HALFWORD[bucket(encoding)]) {
      if (row.matches(encoding)) {
        return build(row, encoding, size, address, itState);
      }
    }
    return build(null, encoding, size, address, itState);
  }

  /**
   * Decodes the straight line of {@code lengthBytes} bytes, as an engine reports executed blocks.
   * Nothing beyond it is looked at, so literal pools are never taken for code. An instruction that
   * begins within the length but ends behind it is the last one.
   *
   * @throws IndexOutOfBoundsException when the code is shorter than that
   */
  public static CodeBlock decodeRange(
      byte[] code, int offset, int address, int lengthBytes, int itState) {
    List<Instruction> instructions = new ArrayList<>();
    int state = itState;
    int done = 0;
    while (done < lengthBytes) {
      Instruction next = decode(code, offset + done, address + done, state);
      instructions.add(next);
      state = ItState.after(next, state);
      done += next.size();
    }
    return new CodeBlock(address, done, instructions, itState, state);
  }

  /**
   * Decodes until control may leave the straight line, at most {@code lengthBytesMax} bytes; a
   * conditional instruction of an IT block that may leave ends the block too.
   */
  public static CodeBlock decodeBlock(
      byte[] code, int offset, int address, int lengthBytesMax, int itState) {
    List<Instruction> instructions = new ArrayList<>();
    int state = itState;
    int done = 0;
    while (done + 2 <= lengthBytesMax) {
      if (done + sizeOf(halfword(code, offset + done)) > lengthBytesMax) {
        break;
      }
      Instruction next = decode(code, offset + done, address + done, state);
      instructions.add(next);
      state = ItState.after(next, state);
      done += next.size();
      if (next.endsBlock()) {
        break;
      }
    }
    return new CodeBlock(address, done, instructions, itState, state);
  }

  static Instruction undefined(
      int encoding, int size, int address, boolean inItBlock, Condition condition) {
    return new Instruction(
        address,
        size,
        encoding,
        Mnemonic.UNDEFINED,
        InstructionClass.UNDEFINED,
        Extension.V6M,
        condition,
        inItBlock,
        false,
        condition.flagsMask(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        MemoryAccess.NONE,
        Shift.NONE,
        0,
        Instruction.NO_TARGET);
  }

  private static Instruction build(Encoding row, int encoding, int size, int address, int itState) {
    if (row == null) {
      return undefined(
          encoding, size, address, ItState.isActive(itState), ItState.condition(itState));
    }
    return new InstructionBuilder(row, encoding, address, itState).build();
  }

  private static int halfword(byte[] code, int offset) {
    return (code[offset] & 0xFF) | (code[offset + 1] & 0xFF) << 8;
  }

  private static Encoding[] indexNarrow() {
    Encoding[] index = new Encoding[0x10000];
    for (int halfword = 0; halfword < WIDE_FROM; halfword++) {
      for (Encoding row : NARROW) {
        if (row.matches(halfword)) {
          index[halfword] = row;
          break;
        }
      }
    }
    return index;
  }

  private static int bucket(int encoding) {
    return (encoding >>> 20) & (BUCKETS - 1);
  }

  private static Encoding[][] indexWide() {
    List<Encoding> rows = new ArrayList<>();
    for (String table :
        List.of("thumb32.table", "vector.table", "float.table", "mve.table", "coprocessor.table")) {
      rows.addAll(EncodingTable.read(table, 32));
    }
    Encoding[][] index = new Encoding[BUCKETS][];
    int bits = (BUCKETS - 1) << 20;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int key = bucket << 20;
      index[bucket] =
          rows.stream()
              .filter(row -> ((row.value() ^ key) & row.mask() & bits) == 0)
              .toArray(Encoding[]::new);
    }
    return index;
  }
}
