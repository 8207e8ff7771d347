package dev.thumbprint.firmware.count;

import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.thumb.Instruction;
import java.util.function.IntPredicate;

/** What going from one block to another means for the stack of calls. */
final class FlowKind {
  /** Nothing: the next instruction, or a branch inside of a function. */
  static final byte STRAIGHT = 0;

  /** BL or BLX. */
  static final byte CALL = 1;

  /** A branch to the beginning of a function. */
  static final byte JUMP = 2;

  /** Perhaps a return: a branch to an address that was computed or loaded. */
  static final byte RETURN = 3;

  /** Bits of the kind above; the others are flags. */
  static final byte KIND = 3;

  /** Flag: the block before ends with a branch that may be mispredicted. */
  static final byte PREDICTED = 4;

  /** Flag: this branch was taken. */
  static final byte TAKEN = 8;

  private FlowKind() {}

  /** Flags for processors that predict branches. */
  static byte prediction(Block from, Block to) {
    Instruction last = from.code().last();
    boolean conditional =
        switch (last.instructionClass()) {
          case BRANCH_CONDITIONAL, COMPARE_BRANCH -> true;
          default -> last.inItBlock() && last.writesPc();
        };
    if (!conditional) {
      return 0;
    }
    return CorePipeline.isTaken(from.priced(), to.priced()) ? PREDICTED | TAKEN : PREDICTED;
  }

  static byte of(Block from, Block to, IntPredicate functionEntry) {
    if (!CorePipeline.isTaken(from.priced(), to.priced())) {
      return STRAIGHT;
    }
    Instruction last = from.code().last();
    if (last.isCall()) {
      return CALL;
    }
    boolean direct =
        switch (last.instructionClass()) {
          case BRANCH, BRANCH_CONDITIONAL, COMPARE_BRANCH, LOOP, TABLE_BRANCH -> true;
          default -> false;
        };
    if (direct) {
      return functionEntry.test(to.address()) ? JUMP : STRAIGHT;
    }
    return last.writesPc() ? RETURN : STRAIGHT;
  }
}
