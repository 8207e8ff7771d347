package dev.thumbprint.cost.core;

/**
 * How an instruction reaches data memory. Addresses are not here: they are observed while the
 * program runs, save for PC-relative loads, whose address is known from the code alone.
 *
 * @param direction load, store or none
 * @param widthBytes bytes of one element: 1, 2, 4 or 8; 0 for none
 * @param count elements, 1 for a single access, N for a register list
 * @param base core register that holds the base address, or {@link #NONE_REGISTER}
 * @param index core register added to the base, or {@link #NONE_REGISTER}
 * @param offsetBytes constant added to the base, 0 with an index register
 * @param writeBack whether the base register is updated
 * @param literalAddress address of a PC-relative access, or {@link #NO_LITERAL}
 */
public record MemoryAccess(
    Direction direction,
    int widthBytes,
    int count,
    int base,
    int index,
    int offsetBytes,
    boolean writeBack,
    long literalAddress) {

  /** No register takes part. */
  public static final int NONE_REGISTER = -1;

  /** The address is not PC-relative. */
  public static final long NO_LITERAL = -1;

  /** The instruction does not touch data memory. */
  public static final MemoryAccess NONE =
      new MemoryAccess(Direction.NONE, 0, 0, NONE_REGISTER, NONE_REGISTER, 0, false, NO_LITERAL);

  /** Which way data moves. */
  public enum Direction {
    /** No access. */
    NONE,
    /** Memory to register. */
    LOAD,
    /** Register to memory. */
    STORE
  }

  /** Bytes moved in all. */
  public int bytes() {
    return widthBytes * count;
  }

  /** Whether the address is base plus a register. */
  public boolean hasIndex() {
    return index != NONE_REGISTER;
  }

  /** Whether the address is relative to the PC and so known without running. */
  public boolean isLiteral() {
    return literalAddress != NO_LITERAL;
  }
}
