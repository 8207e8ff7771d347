package dev.thumbprint.cost.core;

/**
 * One instruction as a pipeline sees it. The decoder of the simulator implements it; a pipeline
 * model knows nothing of encodings.
 */
public interface Op {
  /** Address of the instruction, even. */
  int address();

  /** Bytes of the encoding: 2 or 4. */
  int size();

  /** What the instruction asks of the pipeline. */
  InstructionClass instructionClass();

  /** Registers and flags read, as bits of {@link Registers}. */
  int reads();

  /** Registers and flags written, as bits of {@link Registers}. */
  int writes();

  /** The part of {@link #reads} that address generation needs. */
  int addressReads();

  /** The part of {@link #reads} that passes the shifter before it is used. */
  int shiftedReads();

  /** The part of {@link #reads} that is added to a product. */
  int accumulatorReads();

  /** Single-precision registers read, bit n is Sn; a double takes the two bits of its halves. */
  int fpReads();

  /** Single-precision registers written, as {@link #fpReads}. */
  int fpWrites();

  /** The part of {@link #fpReads} that is added to a product. */
  int fpAccumulatorReads();

  /** Whether a floating-point operation works on doubles. */
  boolean doublePrecision();

  /** How data memory is reached; {@link MemoryAccess#NONE} when it is not. */
  MemoryAccess access();

  /** Whether the instruction is a member of an IT block. */
  boolean inItBlock();

  /** Whether an operand is rotated, by a constant or a register. */
  boolean rotates();

  /** Whether condition flags are written. */
  default boolean setsFlags() {
    return (writes() & Registers.NZCV_MASK) != 0;
  }

  /** Whether the instruction may change the flow of control. */
  default boolean writesPc() {
    return (writes() & Registers.mask(Registers.PC)) != 0;
  }

  /** Whether the encoding takes 32 bits. */
  default boolean isWide() {
    return size() == 4;
  }
}
