package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.MemoryAccess;
import dev.thumbprint.cost.core.Op;

/**
 * One decoded Thumb instruction.
 *
 * @param address where it stands, even
 * @param size bytes: 2 or 4
 * @param encoding the halfword, or the two halfwords with the first in the upper half
 * @param mnemonic the operation
 * @param instructionClass what it asks of a pipeline
 * @param extension the part of the architecture that brings it
 * @param condition its condition: of its own for B, from the IT block otherwise, AL if none
 * @param inItBlock whether it is a member of an IT block
 * @param setsFlags whether condition flags are written (the "s" of a mnemonic, or a compare)
 * @param reads registers and flags read, as bits of {@link dev.thumbprint.cost.core.Registers}
 * @param writes registers and flags written
 * @param addressReads the part of reads that forms an address
 * @param shiftedReads the part of reads that passes the shifter or rotator
 * @param accumulatorReads the part of reads that is added to a product
 * @param fpReads single-precision registers read, bit n is Sn, a double takes two bits
 * @param fpWrites single-precision registers written
 * @param fpAccumulatorReads the part of fpReads that is added to a product
 * @param doublePrecision whether a floating-point operation works on doubles
 * @param access how data memory is reached
 * @param shift what the shifter does to the second operand
 * @param immediate the constant operand or offset, 0 if none
 * @param target address of a direct branch, or {@link #NO_TARGET}
 */
public record Instruction(
    int address,
    int size,
    int encoding,
    Mnemonic mnemonic,
    InstructionClass instructionClass,
    Extension extension,
    Condition condition,
    boolean inItBlock,
    boolean setsFlags,
    int reads,
    int writes,
    int addressReads,
    int shiftedReads,
    int accumulatorReads,
    int fpReads,
    int fpWrites,
    int fpAccumulatorReads,
    boolean doublePrecision,
    MemoryAccess access,
    Shift shift,
    int immediate,
    int target)
    implements Op {

  /** The instruction has no target known from its encoding; no instruction is at an odd address. */
  public static final int NO_TARGET = -1;

  /** Address of the instruction behind this one. */
  public int nextAddress() {
    return address + size;
  }

  /** Whether the flow of control may leave the straight line here. */
  public boolean endsBlock() {
    return writesPc()
        || switch (instructionClass) {
          case EXCEPTION, UNDEFINED, WAIT, LOOP -> true;
          default -> false;
        };
  }

  /** Whether execution may also continue with the next instruction. */
  public boolean mayFallThrough() {
    return inItBlock
        || switch (instructionClass) {
          case BRANCH_CONDITIONAL, COMPARE_BRANCH, LOOP, WAIT -> true;
          default -> !endsBlock();
        };
  }

  /** Whether a subroutine is entered. */
  public boolean isCall() {
    return instructionClass == InstructionClass.CALL
        || instructionClass == InstructionClass.CALL_REGISTER;
  }

  /** Whether the target is known from the encoding. */
  public boolean hasTarget() {
    return target != NO_TARGET;
  }

  @Override
  public boolean rotates() {
    return shift.kind() == Shift.Kind.ROR || mnemonic == Mnemonic.ROR;
  }

  /** The mnemonic as a disassembler writes it, with "s" and the condition, without ".w". */
  public String text() {
    return switch (mnemonic) {
      case IT -> ItState.mnemonic(immediate);
      case UNDEFINED -> mnemonic.text();
      default -> mnemonic.text(setsFlags, condition);
    };
  }

  @Override
  public String toString() {
    return String.format("%08x: %s", address, text());
  }
}
