package dev.thumbprint.cost.core;

import java.util.List;

/** Cortex-M0 and M0+: every instruction takes the time of its class, whatever came before. */
final class SmallPipeline extends CorePipeline {
  /** One data access on the single bus (Arm DDI 0432C and 0484C, table 3-1). */
  private static final int ACCESS_CYCLES = 2;

  private final SmallTiming timing;
  private final PipelineOptions options;

  SmallPipeline(SmallTiming timing, PipelineOptions options) {
    this.timing = timing;
    this.options = options;
  }

  /** Armv6-M: 16-bit instructions, BL and a few system instructions; no IT, division or DSP. */
  @Override
  boolean prices(Op op) {
    return switch (op.instructionClass()) {
      case ALU,
          SHIFT,
          EXTEND,
          REVERSE,
          MULTIPLY,
          LOAD,
          STORE,
          LOAD_MULTIPLE,
          STORE_MULTIPLE,
          BRANCH,
          BRANCH_CONDITIONAL,
          BRANCH_REGISTER,
          CALL_REGISTER,
          NOP,
          WAIT,
          EXCEPTION ->
          !op.isWide() || op.instructionClass() == InstructionClass.EXCEPTION;
      case CALL, BARRIER, SYSTEM -> true;
      default -> false;
    };
  }

  @Override
  BlockPrice compute(List<Op> ops, PipelineState entry) {
    int cycles = 0;
    for (Op op : ops) {
      cycles += cycles(op);
    }
    return BlockPrice.of(cycles, START, START);
  }

  private int cycles(Op op) {
    return switch (op.instructionClass()) {
      case MULTIPLY -> options.multiplyCycles();
      case LOAD, STORE -> ACCESS_CYCLES;
      case LOAD_MULTIPLE, STORE_MULTIPLE -> 1 + op.access().count();
      case SYSTEM -> op.isWide() ? timing.systemCycles() : 1;
      case BARRIER -> timing.systemCycles();
      default -> 1;
    };
  }

  @Override
  int refillCycles(List<Op> previous, Op target) {
    return switch (previous.getLast().instructionClass()) {
      case CALL -> timing.callRefill();
      case LOAD_MULTIPLE -> timing.popPcRefill();
      default -> timing.branchRefill();
    };
  }

  /** Armv6-M faults on every unaligned access, so none is ever timed. */
  @Override
  public int unalignedCycles(int address, int widthBytes, boolean store) {
    return 0;
  }

  @Override
  public int exceptionEntryCycles() {
    return timing.exceptionEntry();
  }

  @Override
  public int exceptionReturnCycles() {
    return timing.exceptionReturn();
  }
}
