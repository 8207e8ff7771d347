package dev.thumbprint.cost.core;

import java.util.List;

/**
 * Cortex-M33: in-order, one instruction a cycle, with a few 16-bit instructions that pair, and
 * results that take one or two cycles.
 *
 * <p>Arm publishes no table. The constants are measurements on RP2350 (revision r1p0) published by
 * the jnk0le/random project, file cortex_m33.md; what is not measured there takes the Cortex-M4's
 * figure (Arm DDI 0439B) and says so.
 */
final class M33Pipeline extends CorePipeline {
  /** Issue to use of a plain result. */
  private static final int ALU_LATENCY = 1;

  /** Issue to use of a shifted second operand, a product or a parallel operation. */
  private static final int LONG_LATENCY = 2;

  /** Issue to use of loaded data. */
  private static final int LOAD_LATENCY = 2;

  /** An accumulator, and the data of a store, may arrive one cycle later than other operands. */
  private static final int LATE_OPERAND_CYCLES = 1;

  /** MULS with flags holds the issue for two cycles (also Arm KA001260). */
  private static final int MULTIPLY_FLAGS_CYCLES = 2;

  /** SDIV, UDIV take 2 to 11 by their operands; the middle, unverified. */
  private static final int DIVIDE_CYCLES = 6;

  /** VADD, VMUL and conversions. */
  private static final int FP_LATENCY = 2;

  /** VFMA, VMLA as a multiplicand of the next; into its accumulator one less. */
  private static final int FP_MULTIPLY_ADD_LATENCY = 4;

  /** VFMA, VMLA keep the unit for themselves and two more cycles. */
  private static final int FP_MULTIPLY_ADD_BUSY_CYCLES = 3;

  /** VDIV, VSQRT: the Cortex-M4's figure. */
  private static final int FP_DIVIDE_LATENCY = 14;

  /** VMOV of two registers. */
  private static final int FP_PAIR_CYCLES = 2;

  /** TBB, TBH read their table first: the Cortex-M4's figure. */
  private static final int TABLE_BRANCH_CYCLES = 2;

  /** MRS, MSR, barriers: the Cortex-M4's figures. */
  private static final int SYSTEM_CYCLES = 2;

  private static final int BARRIER_CYCLES = 3;

  /** A taken branch costs 1 in all behind a 16-bit instruction that leaves the flags alone. */
  private static final int REFILL_CYCLES = 1;

  /** It costs 2 right behind the instruction that sets its flags. */
  private static final int REFILL_FLAGS_CYCLES = 2;

  /** POP with PC is one to two cycles slower than POP with LR. */
  private static final int REFILL_LOAD_PC_CYCLES = 2;

  private static final int EXCEPTION_ENTRY_CYCLES = 12;
  private static final int EXCEPTION_RETURN_CYCLES = 10;

  private static final Neighbour NARROW = new Neighbour(true, false, 0, 0, false);

  @Override
  boolean prices(Op op) {
    return switch (op.instructionClass()) {
      case LOOP, COPROCESSOR, UNDEFINED -> false;
      default -> !op.instructionClass().isVector() && !op.doublePrecision();
    };
  }

  @Override
  BlockPrice compute(List<Op> ops, PipelineState entry) {
    Scoreboard board = new Scoreboard(entry);
    int cycle = 0;
    boolean narrow = entry.neighbour().narrow();
    boolean paired = false;
    for (Op op : ops) {
      boolean folds = folds(op, narrow) && !paired;
      int start = Math.max(cycle, operandsReady(op, board));
      note(op, start, board);
      cycle = start + (folds ? 0 : issueCycles(op));
      paired = folds;
      narrow = !op.isWide();
    }
    int fallThrough =
        intern(board.stateAt(cycle, narrow && !paired ? NARROW : Neighbour.NONE, null));
    int taken = intern(board.stateAt(cycle, Neighbour.NONE, null));
    return BlockPrice.of(cycle, fallThrough, taken);
  }

  /** A 16-bit NOP, IT or branch shares the cycle of the 16-bit instruction before it. */
  private static boolean folds(Op op, boolean behindNarrow) {
    boolean foldable =
        switch (op.instructionClass()) {
          case NOP, IF_THEN, BRANCH, BRANCH_CONDITIONAL, COMPARE_BRANCH -> true;
          default -> false;
        };
    return foldable && !op.isWide() && behindNarrow;
  }

  private static int operandsReady(Op op, Scoreboard board) {
    int late = op.accumulatorReads();
    if (op.instructionClass().isStore()) {
      late |= op.reads() & ~op.addressReads();
    }
    int ready =
        Math.max(board.coreReady(op.reads() & ~late), board.coreReady(late) - LATE_OPERAND_CYCLES);
    if (op.instructionClass().isFloat()) {
      ready = Math.max(ready, board.fpReady(op.fpReads() & ~op.fpAccumulatorReads()));
      ready = Math.max(ready, board.fpReady(op.fpAccumulatorReads()) - LATE_OPERAND_CYCLES);
      ready = Math.max(ready, board.fpFree());
    }
    return ready;
  }

  private static int issueCycles(Op op) {
    return switch (op.instructionClass()) {
      case MULTIPLY -> op.setsFlags() ? MULTIPLY_FLAGS_CYCLES : 1;
      case DIVIDE -> DIVIDE_CYCLES;
      case LOAD_DOUBLE,
          STORE_DOUBLE,
          LOAD_MULTIPLE,
          STORE_MULTIPLE,
          FP_LOAD,
          FP_STORE,
          FP_LOAD_MULTIPLE,
          FP_STORE_MULTIPLE ->
          Math.max(1, op.access().count());
      case TABLE_BRANCH -> TABLE_BRANCH_CYCLES;
      case FP_TRANSFER_PAIR -> FP_PAIR_CYCLES;
      case SYSTEM -> SYSTEM_CYCLES;
      case BARRIER -> BARRIER_CYCLES;
      default -> 1;
    };
  }

  private static void note(Op op, int start, Scoreboard board) {
    int last = start + issueCycles(op) - 1;
    int base = op.access().writeBack() ? Registers.mask(op.access().base()) : 0;
    board.setCore(op.writes() & ~base, last + latency(op));
    board.setCore(base, start + ALU_LATENCY);
    board.setFp(op.fpWrites(), last + fpLatency(op));
    switch (op.instructionClass()) {
      case FP_MULTIPLY_ADD -> board.setFpFree(start + FP_MULTIPLY_ADD_BUSY_CYCLES);
      case FP_DIVIDE, FP_SQUARE_ROOT -> board.setFpFree(start + FP_DIVIDE_LATENCY);
      default -> {}
    }
  }

  private static int latency(Op op) {
    InstructionClass kind = op.instructionClass();
    if (kind.isLoad()) {
      return LOAD_LATENCY;
    }
    return switch (kind) {
      case ALU_SHIFTED, EXTEND_ADD, PACK, SIMD -> LONG_LATENCY;
      default -> kind.isMultiply() ? LONG_LATENCY : ALU_LATENCY;
    };
  }

  private static int fpLatency(Op op) {
    return switch (op.instructionClass()) {
      case FP_ADD, FP_MULTIPLY, FP_CONVERT -> FP_LATENCY;
      case FP_MULTIPLY_ADD -> FP_MULTIPLY_ADD_LATENCY;
      case FP_DIVIDE, FP_SQUARE_ROOT -> FP_DIVIDE_LATENCY;
      default -> 1;
    };
  }

  @Override
  int refillCycles(List<Op> previous, Op target) {
    Op last = previous.getLast();
    if (last.instructionClass().isLoad()) {
      return REFILL_LOAD_PC_CYCLES;
    }
    boolean behindFlags = previous.size() > 1 && previous.get(previous.size() - 2).setsFlags();
    boolean needsFlags = last.instructionClass() == InstructionClass.BRANCH_CONDITIONAL;
    return needsFlags && behindFlags ? REFILL_FLAGS_CYCLES : REFILL_CYCLES;
  }

  @Override
  public int unalignedCycles(int address, int widthBytes, boolean store) {
    return ThreeStagePipeline.splitAccesses(address, widthBytes);
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
