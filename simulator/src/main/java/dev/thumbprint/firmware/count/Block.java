package dev.thumbprint.firmware.count;

import dev.thumbprint.cost.core.PricedBlock;
import dev.thumbprint.firmware.thumb.CodeBlock;

/**
 * A block that was executed.
 *
 * @param id counts from 0 in the order of first execution
 * @param code its instructions
 * @param priced the same, ready for the pipeline of the run
 * @param cycles of one pass, everything in zero-wait memory, entered without history
 */
public record Block(int id, CodeBlock code, PricedBlock priced, int cycles) {
  /** Address of the first instruction. */
  public int address() {
    return code.address();
  }

  /** Number of instructions. */
  public int instructions() {
    return code.instructions().size();
  }
}
