package dev.thumbprint.firmware.thumb;

import java.util.List;

/**
 * A straight line of instructions.
 *
 * @param address of the first instruction
 * @param sizeBytes of all instructions
 * @param instructions in order
 * @param itStateBefore IT state before the first instruction, 0 outside an IT block
 * @param itStateAfter IT state behind the last instruction
 */
public record CodeBlock(
    int address,
    int sizeBytes,
    List<Instruction> instructions,
    int itStateBefore,
    int itStateAfter) {

  /** Copies the list. */
  public CodeBlock {
    instructions = List.copyOf(instructions);
  }

  /** The instruction that ends the block. */
  public Instruction last() {
    return instructions.getLast();
  }
}
