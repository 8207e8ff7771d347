package dev.thumbprint.cost.core;

import java.util.List;

/**
 * Cortex-M3 and M4: single issue, three stages. An instruction takes the time of its class; loads
 * pipeline behind loads, stores hold up the load behind them, a folded IT is free, a division of
 * floats goes on beside integers, and branches that the decoder follows cost less than those that
 * wait for the ALU.
 *
 * <p>Sources of the constants: the instruction timing tables of the TRMs (Arm DDI 0337, DDI 0439B);
 * the rules about neighbours were checked against recordings of 826 layers on STM32L496 ("MAPE when
 * one rule is dropped"), those about floats and decoded branches were chosen by single layers of
 * LeNet and ResNet-20 on STM32L496 and STM32F469 (docs/sweeps.md).
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

  /**
   * Behind B, BL and BX LR, whose target is fetched from the decoder (Arm DDI 0337G, 15.3). A
   * branch that waits there for the instruction before has no refill left.
   */
  private static final int DECODED_REFILL_CYCLES = 1;

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

  /** Of those the ones that integer instructions may pass (GCC, cortex-m4-fpu.md). */
  private static final int FP_DIVIDE_BEHIND_CYCLES = FP_DIVIDE_CYCLES - 1;

  /** The result of floating-point arithmetic that the very next such instruction uses. */
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
    int beforeLast = 1;
    int last = 1;
    int fpBusy = entry.fpBusy();
    Neighbour previous = entry.neighbour();
    for (Op op : ops) {
      beforeLast = last;
      last = cycles(op, previous);
      if (op.instructionClass().isFloat()) {
        last += fpBusy;
        fpBusy = 0;
      }
      if (divides(op)) {
        last -= FP_DIVIDE_BEHIND_CYCLES;
        fpBusy = FP_DIVIDE_BEHIND_CYCLES;
      } else {
        fpBusy = Math.max(0, fpBusy - last);
      }
      cycles += last;
      previous = Neighbour.of(op);
    }
    int decoding = Math.clamp(beforeLast - 1, 0, DECODED_REFILL_CYCLES);
    int hidden = isDecoded(ops.getLast()) ? decoding : 0;
    int taken = intern(PipelineState.behind(Neighbour.NONE, fpBusy));
    return new BlockPrice(
        cycles, cycles - hidden, intern(PipelineState.behind(previous, fpBusy)), taken);
  }

  private static boolean divides(Op op) {
    return switch (op.instructionClass()) {
      case FP_DIVIDE, FP_SQUARE_ROOT -> true;
      default -> false;
    };
  }

  /** Whether the decoder knows where an instruction goes and that it does. */
  private static boolean isDecoded(Op op) {
    return !op.inItBlock()
        && switch (op.instructionClass()) {
          case BRANCH, CALL -> true;
          case BRANCH_REGISTER -> (op.reads() & Registers.mask(Registers.LR)) != 0;
          default -> false;
        };
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

  /** Single registers loaded one behind the other overlap, whichever kind they are of. */
  private int fpLoad(Op op, Neighbour previous) {
    boolean pipelined = op.access().count() == 1 && pipelines(op, previous);
    return pipelined ? LOAD_PIPELINED_CYCLES : 1 + op.access().count() + behindStore(previous);
  }

  private boolean pipelines(Op op, Neighbour previous) {
    return (previous.isLoad() || previous.fpLoad())
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
    return (isDecoded(previous.getLast()) ? DECODED_REFILL_CYCLES : REFILL_CYCLES)
        + (split ? REFILL_SPLIT_TARGET_CYCLES : 0);
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
