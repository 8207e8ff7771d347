package dev.thumbprint.cost.core;

import java.util.List;

/**
 * Cortex-M7: two instructions a cycle in order, with an early and a late ALU.
 *
 * <p>A result is ready in cycle R when an instruction issued in R can use it early (as an address,
 * a shifted operand). The late ALU and the multiplier take it one cycle later, an accumulator two,
 * the data of a store three. An ALU operation whose operands are not ready early executes late, and
 * its result is late too.
 *
 * <p>Arm publishes no table. Sources: measurements of the jnk0le/random project, file cortex_m7.md,
 * and LLVM's ARMScheduleM7.td. That returns are not predicted was seen in recordings alone;
 * docs/sweeps.md sets executed and recorded side by side.
 */
final class M7Pipeline extends CorePipeline {
  private static final int ALU_LATENCY = 1;

  /** Late ALU operations. */
  private static final int LATE_LATENCY = 2;

  /** Products and accumulations: one more. */
  private static final int MULTIPLY_LATENCY = 3;

  /** LDR of a word: 2 to an address, 1 to the late ALU. */
  private static final int LOAD_LATENCY = 2;

  /** LDRB, LDRH and signed loads: one more. */
  private static final int LOAD_NARROW_LATENCY = 3;

  /** How much later than an early operand the late ALU and a multiplier take theirs. */
  private static final int LATE_OPERAND_CYCLES = 1;

  /** How much later than an early operand an accumulator is taken. */
  private static final int ACCUMULATOR_CYCLES = 2;

  /** From a load to a multiplier, whatever its width. */
  private static final int LOAD_TO_MULTIPLIER_CYCLES = 2;

  /** How much later than an address a store takes its data. */
  private static final int STORE_DATA_CYCLES = 3;

  /**
   * SDIV, UDIV take 2 to 20 for quotients of 0 to 32 bits and stall the pipe (LLVM schedules 7):
   * those of kernels, averages of bytes, have six.
   */
  private static final int DIVIDE_CYCLES = 5;

  private static final int TABLE_BRANCH_CYCLES = 2;
  private static final int SYSTEM_CYCLES = 2;
  private static final int BARRIER_CYCLES = 4;

  /** Single precision: VADD, VMUL. */
  private static final int FP_LATENCY = 3;

  /** VFMA 5, of which 2 overlap when the result is only accumulated. */
  private static final int FP_MULTIPLY_ADD_LATENCY = 5;

  private static final int FP_ACCUMULATOR_CYCLES = 2;

  /** Behind a fused multiply-add: no VADD, VLDM, VSTM, double load or store for so long. */
  private static final int FP_HELD_CYCLES = 3;

  private static final int FP_DIVIDE_LATENCY = 16;
  private static final int FP_SQUARE_ROOT_LATENCY = 14;

  /** VMOV from a core register to a single. */
  private static final int FP_FROM_CORE_LATENCY = 3;

  /** Double precision: data dependent, the upper figures; the unit is busy meanwhile. */
  private static final int DOUBLE_ADD_LATENCY = 3;

  private static final int DOUBLE_MULTIPLY_LATENCY = 5;
  private static final int DOUBLE_MULTIPLY_ADD_LATENCY = 8;
  private static final int DOUBLE_DIVIDE_LATENCY = 30;

  /**
   * A predicted taken branch ends the group; the queue of fetched code hides the rest. Predicted
   * are branches to a fixed target; what goes to an address in a register or from memory, returns
   * among them, costs what a mispredicted one does (recorded: LeNet on STM32F767 at -Os, where
   * kernels are calls: pools 0.72 of their time without, convolutions 0.75; 0.86 and 0.95 with).
   */
  private static final int REFILL_CYCLES = 0;

  /** A mispredicted branch; 6 when the flags were set three cycles before. */
  private static final int MISPREDICT_CYCLES = 8;

  /** An unaligned load; stores drain through the store buffer. */
  private static final int UNALIGNED_LOAD_CYCLES = 4;

  private static final int EXCEPTION_ENTRY_CYCLES = 12;
  private static final int EXCEPTION_RETURN_CYCLES = 12;

  @Override
  boolean prices(Op op) {
    return switch (op.instructionClass()) {
      case SECURITY, LOOP, COPROCESSOR, UNDEFINED -> false;
      default -> !op.instructionClass().isVector();
    };
  }

  @Override
  BlockPrice compute(List<Op> ops, PipelineState entry) {
    Scoreboard board = new Scoreboard(entry);
    int cycle = 0;
    Op older = entry.open();
    for (Op op : ops) {
      int ready = operandsReady(op, board);
      boolean held = M7Pairing.waitsAsYounger(op) && board.fpHeldUntil() > cycle;
      if (older != null && ready <= cycle && !held && M7Pairing.pairs(older, op)) {
        note(op, cycle, board);
        cycle++;
        older = null;
      } else {
        cycle = Math.max(older != null ? cycle + 1 : cycle, ready);
        note(op, cycle, board);
        boolean alone = M7Pairing.isAlone(op);
        cycle += alone ? aloneCycles(op) : 0;
        older = alone ? null : op;
      }
    }
    int open = older != null ? 1 : 0;
    int fallThrough = intern(board.stateAt(cycle, Neighbour.NONE, older));
    int taken = intern(board.stateAt(cycle + open, Neighbour.NONE, null));
    return new BlockPrice(cycle, cycle + open, fallThrough, taken);
  }

  private static int aloneCycles(Op op) {
    return switch (op.instructionClass()) {
      case DIVIDE -> DIVIDE_CYCLES;
      case TABLE_BRANCH -> TABLE_BRANCH_CYCLES;
      case SYSTEM -> SYSTEM_CYCLES;
      case BARRIER -> BARRIER_CYCLES;
      default -> Math.max(1, (op.access().count() + 1) / 2);
    };
  }

  /** Whether every operand but addresses and accumulators is needed before the first ALU. */
  private static boolean readsEarly(Op op) {
    return switch (op.instructionClass()) {
      case BITFIELD, EXTEND_ADD, REVERSE, SATURATE, PACK, DIVIDE -> true;
      default -> op.rotates();
    };
  }

  /** Operands that must be there when the instruction is issued. */
  private static int earlyReads(Op op) {
    int early = op.addressReads();
    if (op.instructionClass() == InstructionClass.ALU_SHIFTED) {
      early |= op.shiftedReads();
    }
    if (readsEarly(op)) {
      early |= op.reads() & ~op.accumulatorReads();
    }
    return early;
  }

  private static int operandsReady(Op op, Scoreboard board) {
    int early = earlyReads(op);
    int late = op.reads() & ~early;
    int accumulators = op.instructionClass().isMultiply() ? op.accumulatorReads() : 0;
    int slack = op.instructionClass().isStore() ? STORE_DATA_CYCLES : LATE_OPERAND_CYCLES;
    int ready = Math.max(board.coreReady(early), board.coreReady(late & ~accumulators) - slack);
    if (op.instructionClass().isMultiply()) {
      ready = Math.max(ready, board.coreReady(accumulators) - ACCUMULATOR_CYCLES);
      ready = Math.max(ready, board.factorsReady(late & ~accumulators));
    }
    if (op.instructionClass().isFloat()) {
      ready = Math.max(ready, board.fpReady(op.fpReads() & ~op.fpAccumulatorReads()));
      ready = Math.max(ready, board.fpReady(op.fpAccumulatorReads()) - FP_ACCUMULATOR_CYCLES);
      ready = Math.max(ready, M7Pairing.isArithmetic(op) ? board.fpFree() : 0);
      ready = Math.max(ready, M7Pairing.waitsForMultiplyAdd(op) ? board.fpHeldUntil() : 0);
    }
    return ready;
  }

  private static void note(Op op, int start, Scoreboard board) {
    int base = op.access().writeBack() ? Registers.mask(op.access().base()) : 0;
    board.setCore(op.writes() & ~base, start + latency(op, start, board));
    board.setCore(base, start + ALU_LATENCY);
    boolean load = op.instructionClass().isLoad();
    board.setFactors(op.writes() & ~base, load ? start + LOAD_TO_MULTIPLIER_CYCLES : 0);
    board.setFactors(base, 0);
    if (op.instructionClass().isFloat()) {
      int latency = fpLatency(op);
      board.setFp(op.fpWrites(), start + latency);
      boolean blocks =
          switch (op.instructionClass()) {
            case FP_DIVIDE, FP_SQUARE_ROOT -> true;
            default -> op.doublePrecision() && M7Pairing.isArithmetic(op);
          };
      if (blocks) {
        board.setFpFree(start + latency);
      }
      if (op.instructionClass() == InstructionClass.FP_MULTIPLY_ADD) {
        board.setFpHeldUntil(start + 1 + FP_HELD_CYCLES);
      }
    }
  }

  private static int latency(Op op, int start, Scoreboard board) {
    InstructionClass kind = op.instructionClass();
    if (kind.isLoad()) {
      int wait = Math.max(1, (op.access().count() + 1) / 2) - 1;
      return wait + (op.access().widthBytes() < 4 ? LOAD_NARROW_LATENCY : LOAD_LATENCY);
    }
    return switch (kind) {
      case EXTEND_ADD -> LATE_LATENCY;
      case DIVIDE -> DIVIDE_CYCLES;
      default ->
          kind.isMultiply()
              ? MULTIPLY_LATENCY
              : board.coreReady(op.reads()) > start ? LATE_LATENCY : ALU_LATENCY;
    };
  }

  private static int fpLatency(Op op) {
    boolean wide = op.doublePrecision();
    return switch (op.instructionClass()) {
      case FP_ADD, FP_CONVERT -> wide ? DOUBLE_ADD_LATENCY : FP_LATENCY;
      case FP_MULTIPLY -> wide ? DOUBLE_MULTIPLY_LATENCY : FP_LATENCY;
      case FP_MULTIPLY_ADD -> wide ? DOUBLE_MULTIPLY_ADD_LATENCY : FP_MULTIPLY_ADD_LATENCY;
      case FP_DIVIDE -> wide ? DOUBLE_DIVIDE_LATENCY : FP_DIVIDE_LATENCY;
      case FP_SQUARE_ROOT -> wide ? DOUBLE_DIVIDE_LATENCY : FP_SQUARE_ROOT_LATENCY;
      case FP_TRANSFER, FP_TRANSFER_PAIR -> FP_FROM_CORE_LATENCY;
      default -> 1;
    };
  }

  @Override
  int refillCycles(List<Op> previous, Op target) {
    return switch (previous.getLast().instructionClass()) {
      case BRANCH, BRANCH_CONDITIONAL, COMPARE_BRANCH, CALL -> REFILL_CYCLES;
      default -> MISPREDICT_CYCLES;
    };
  }

  /** A two-bit predictor settles on the more frequent side and misses the other. */
  @Override
  public long mispredictCycles(long taken, long notTaken) {
    return MISPREDICT_CYCLES * Math.min(taken, notTaken);
  }

  @Override
  public int unalignedCycles(int address, int widthBytes, boolean store) {
    boolean unaligned = (address & (Math.min(widthBytes, 4) - 1)) != 0;
    return unaligned && !store ? UNALIGNED_LOAD_CYCLES : 0;
  }

  @Override
  public int exceptionEntryCycles() {
    return EXCEPTION_ENTRY_CYCLES;
  }

  @Override
  public int exceptionReturnCycles() {
    return EXCEPTION_RETURN_CYCLES;
  }
}
