package dev.thumbprint.cost.core;

import java.util.List;

/**
 * Cortex-M3 and M4: single issue, three stages. An instruction takes the time of its class; loads
 * pipeline behind loads, stores hold up the load behind them, a folded IT is free.
 *
 * <p>Sources of the constants: the instruction timing tables of the TRMs (Arm DDI 0337, DDI 0439B);
 * the rules about neighbours were checked against recordings of 826 layers on STM32L496 ("MAPE when
 * one rule is dropped").
 */
final class ThreeStagePipeline extends CorePipeline {
  /** LDR of any size behind anything but a pipelining load. */
  private static final int LOAD_CYCLES = 2;

  /** A load right behind a load whose result its address does not need. */
  private static final int LOAD_PIPELINED_CYCLES = 1;

  /** Nothing pipelines behind a store: the next load waits for the bus. */
  private static final int LOAD_BEHIND_STORE_CYCLES = 1;

  /** STR with an immediate offset ends in the write buffer. */
  private static final int STORE_CYCLES = 1;

  /** STR with a register offset: the third read port is needed one cycle later. */
  private static final int STORE_INDEXED_CYCLES = 2;

  /** LDRD, STRD: 1 + two words. */
  private static final int DOUBLE_CYCLES = 3;

  /** SDIV and UDIV take 2 to 12; 5 is what quotients of a few bits take, and fitted best. */
  private static final int DIVIDE_CYCLES = 5;

  /** TBB and TBH read their table first: 2 + refill. */
  private static final int TABLE_BRANCH_CYCLES = 2;

  /** Pipeline refill behind a taken branch: P is 1 to 3 by the TRM, 2 with the target forwarded. */
  private static final int REFILL_CYCLES = 2;

  /** A 32-bit target at half a word needs a second fetch before it can be decoded. */
  private static final int REFILL_SPLIT_TARGET_CYCLES = 1;

  /** MRS and MSR take 1 or 2. */
  private static final int SYSTEM_CYCLES = 2;

  /** Barriers take 1 + B, where the bus is idle at zero wait states. */
  private static final int BARRIER_CYCLES = 3;

  /** Entry and return of an exception at zero wait states. */
  private static final int EXCEPTION_ENTRY_CYCLES = 12;

  private static final int EXCEPTION_RETURN_CYCLES = 10;

  /** VMLA, VFMA (Arm DDI 0439B, table 7-1). */
  private static final int FP_MULTIPLY_ADD_CYCLES = 3;

  /** VDIV, VSQRT. */
  private static final int FP_DIVIDE_CYCLES = 14;

  /** A floating-point result that the very next floating-point instruction uses. */
  private static final int FP_RESULT_USE_CYCLES = 1;

  private final ThreeStageTiming timing;

  ThreeStagePipeline(ThreeStageTiming timing) {
    this.timing = timing;
  }

  @Override
  boolean prices(Op op) {
    InstructionClass kind = op.instructionClass();
    boolean needsM4 = kind.isDsp() || kind.isFloat();
    return switch (kind) {
      case SECURITY, LOOP, COPROCESSOR, UNDEFINED -> false;
      default -> !kind.isVector() && (timing.hasDsp() || !needsM4) && !op.doublePrecision();
    };
  }

  @Override
  BlockPrice compute(List<Op> ops, PipelineState entry) {
    int cycles = 0;
    Neighbour previous = entry.neighbour();
    for (Op op : ops) {
      cycles += cycles(op, previous);
      previous = Neighbour.of(op);
    }
    return BlockPrice.of(cycles, intern(PipelineState.behind(previous)), START);
  }

  private int cycles(Op op, Neighbour previous) {
    int count = op.access().count();
    return switch (op.instructionClass()) {
      case MULTIPLY_ADD -> timing.multiplyAddCycles();
      case MULTIPLY_LONG -> timing.multiplyLongCycles();
      case MULTIPLY_ADD_LONG -> timing.multiplyAddLongCycles();
      case DIVIDE -> DIVIDE_CYCLES;
      case LOAD, LOAD_EXCLUSIVE -> load(op, previous);
      case STORE, STORE_EXCLUSIVE -> op.access().hasIndex() ? STORE_INDEXED_CYCLES : STORE_CYCLES;
      case LOAD_DOUBLE -> DOUBLE_CYCLES + behindStore(previous);
      case STORE_DOUBLE -> DOUBLE_CYCLES;
      case LOAD_MULTIPLE -> 1 + count + behindStore(previous);
      case FP_LOAD, FP_LOAD_MULTIPLE -> fpLoad(op, previous);
      case STORE_MULTIPLE, FP_STORE, FP_STORE_MULTIPLE -> 1 + count + resultUse(op, previous);
      case TABLE_BRANCH -> TABLE_BRANCH_CYCLES;
      case IF_THEN -> previous.narrow() ? 0 : 1;
      case SYSTEM -> SYSTEM_CYCLES;
      case BARRIER -> BARRIER_CYCLES;
      case FP_MULTIPLY_ADD -> FP_MULTIPLY_ADD_CYCLES + resultUse(op, previous);
      case FP_DIVIDE, FP_SQUARE_ROOT -> FP_DIVIDE_CYCLES + resultUse(op, previous);
      case FP_TRANSFER_PAIR -> 2 + resultUse(op, previous);
      case FP_ADD, FP_MULTIPLY, FP_CONVERT, FP_MOVE, FP_TRANSFER -> 1 + resultUse(op, previous);
      default -> 1;
    };
  }

  private int load(Op op, Neighbour previous) {
    return pipelines(op, previous) ? LOAD_PIPELINED_CYCLES : LOAD_CYCLES + behindStore(previous);
  }

  /**
   * Single registers loaded one behind the other overlap, as LDR does (recorded: docs/sweeps.md).
   */
  private static int fpLoad(Op op, Neighbour previous) {
    boolean pipelined = op.access().count() == 1 && previous.fpLoad();
    return pipelined ? LOAD_PIPELINED_CYCLES : 1 + op.access().count() + behindStore(previous);
  }

  private boolean pipelines(Op op, Neighbour previous) {
    return previous.isLoad()
        && (previous.loadWrites() & op.addressReads()) == 0
        && (timing.chainsIndexedLoads() || !op.access().writeBack());
  }

  private static int behindStore(Neighbour previous) {
    return previous.store() ? LOAD_BEHIND_STORE_CYCLES : 0;
  }

  private static int resultUse(Op op, Neighbour previous) {
    return (previous.fpWrites() & op.fpReads()) != 0 ? FP_RESULT_USE_CYCLES : 0;
  }

  @Override
  int refillCycles(List<Op> previous, Op target) {
    boolean split = target.isWide() && (target.address() & 2) != 0;
    return REFILL_CYCLES + (split ? REFILL_SPLIT_TARGET_CYCLES : 0);
  }

  @Override
  public int unalignedCycles(int address, int widthBytes, boolean store) {
    return splitAccesses(address, widthBytes);
  }

  /**
   * Further bus accesses of an unaligned one: a halfword over a byte boundary or a word at half a
   * word is split in two, a word at an odd byte in three (Arm DDI 0439B, 3.3.2).
   */
  static int splitAccesses(int address, int widthBytes) {
    if (widthBytes == 2) {
      return address & 1;
    }
    if (widthBytes < 4 || (address & 3) == 0) {
      return 0;
    }
    return (address & 1) != 0 ? 2 : 1;
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
