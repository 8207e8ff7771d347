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

  /** The code itself. */
  public byte[] bytes() {
    byte[] bytes = new byte[sizeBytes];
    int at = 0;
    for (Instruction instruction : instructions) {
      int first = instruction.size() == 2 ? instruction.encoding() : instruction.encoding() >>> 16;
      at = put(bytes, at, first);
      if (instruction.size() == 4) {
        at = put(bytes, at, instruction.encoding());
      }
    }
    return bytes;
  }

  private static int put(byte[] bytes, int at, int halfword) {
    bytes[at] = (byte) halfword;
    bytes[at + 1] = (byte) (halfword >> 8);
    return at + 2;
  }

  /** The instruction that ends the block. */
  public Instruction last() {
    return instructions.getLast();
  }
}
