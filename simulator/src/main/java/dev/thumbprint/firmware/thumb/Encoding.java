package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import java.util.List;

/**
 * One row of an encoding table.
 *
 * @param size bytes of the encoding: 2 or 4
 * @param mask the bits that are fixed
 * @param value what they must be
 * @param mnemonic the operation
 * @param instructionClass what it asks of a pipeline
 * @param extension the part of the architecture that brings it
 * @param operands how the fields fill the record, in order
 */
record Encoding(
    int size,
    int mask,
    int value,
    Mnemonic mnemonic,
    InstructionClass instructionClass,
    Extension extension,
    List<Operand> operands) {

  boolean matches(int encoding) {
    return (encoding & mask) == value;
  }
}
