package dev.thumbprint.cost.core;

import java.util.List;

/**
 * Cortex-M55: in-order, one instruction a cycle, with a few 16-bit instructions that pair. A vector
 * instruction works on 128 bits in two beats of 64 bits, so it holds its pipe for two cycles; the
 * next may begin its first beat during the second one of the last if it goes to another pipe.
 *
 * <p>Arm's optimisation guide (102692) is not at hand: the constants are those of LLVM's scheduling
 * model of the core, {@code ARMScheduleM55.td} and {@code ARMLatencyMutations.cpp}, which says of
 * load, add, multiply, store that they take five cycles. No recording judges them: unverified.
 */
final class M55Pipeline extends CorePipeline {
  /** Issue to use of a plain result, scalar or vector. */
  private static final int ALU_LATENCY = 1;

  /** Of a shifted second operand, a scalar product, a parallel operation or a scalar load. */
  private static final int LONG_LATENCY = 2;

  /** Of vector multiplies, floating point, saturating shifts and conversions. */
  private static final int VECTOR_MULTIPLY_LATENCY = 2;

  /** Of a vector that was narrowed, and of a sum across a vector. */
  private static final int VECTOR_LONG_LATENCY = 3;

  /** VADD, VMUL, VFMA of scalars. */
  private static final int FP_LATENCY = 2;

  /** VDIV, VSQRT in single precision. */
  private static final int FP_DIVIDE_LATENCY = 16;

  /** Arithmetic in double precision: that of a multiply, the longest. */
  private static final int DOUBLE_LATENCY = 21;

  /** SDIV, UDIV: as on Cortex-M33, unverified. */
  private static final int DIVIDE_CYCLES = 6;

  private static final int SYSTEM_CYCLES = 2;
  private static final int BARRIER_CYCLES = 3;

  /** Lost behind a taken branch; LE loses nothing from its second time on. */
  private static final int REFILL_CYCLES = 3;

  private static final int EXCEPTION_ENTRY_CYCLES = 12;
  private static final int EXCEPTION_RETURN_CYCLES = 10;

  private static final Neighbour NARROW = new Neighbour(true, false, 0, 0, false);

  private enum Pipe {
    NONE,
    LOAD_STORE,
    INTEGER,
    MULTIPLY
  }

  @Override
  boolean prices(Op op) {
    return switch (op.instructionClass()) {
      case COPROCESSOR, UNDEFINED -> false;
      default -> true;
    };
  }

  @Override
  BlockPrice compute(List<Op> ops, PipelineState entry) {
    Scoreboard board = new Scoreboard(entry);
    int cycle = 0;
    boolean narrow = entry.neighbour().narrow();
    boolean paired = false;
    Op before = entry.open();
    for (Op op : ops) {
      boolean folds = isLoopEnd(op) || (folds(op, narrow) && !paired);
      int beat = before != null && pipe(before) == pipe(op) ? 1 : 0;
      int start = Math.max(cycle + beat, operandsReady(op, board));
      note(op, start, board);
      cycle = start + (folds ? 0 : issueCycles(op));
      paired = folds;
      narrow = !op.isWide();
      before = pipe(op) == Pipe.NONE ? null : op;
    }
    Neighbour last = narrow && !paired ? NARROW : Neighbour.NONE;
    int fallen = intern(board.stateAt(cycle, last, before));
    int taken = intern(board.stateAt(cycle, Neighbour.NONE, before));
    return BlockPrice.of(cycle, fallen, taken);
  }

  private static Pipe pipe(Op op) {
    return switch (op.instructionClass()) {
      case VECTOR_LOAD, VECTOR_STORE -> Pipe.LOAD_STORE;
      case VECTOR -> Pipe.INTEGER;
      case VECTOR_MULTIPLY, VECTOR_NARROW, VECTOR_REDUCE -> Pipe.MULTIPLY;
      default -> Pipe.NONE;
    };
  }

  /** LE and LETP read the counter in LR and jump back. */
  private static boolean isLoopEnd(Op op) {
    return op.instructionClass() == InstructionClass.LOOP
        && op.writesPc()
        && (op.reads() & Registers.mask(Registers.LR)) != 0;
  }

  /** The second of two 16-bit instructions that are issued together. */
  private static boolean folds(Op op, boolean behindNarrow) {
    return behindNarrow
        && !op.isWide()
        && switch (op.instructionClass()) {
          case NOP, IF_THEN, BRANCH, BRANCH_CONDITIONAL, COMPARE_BRANCH, EXTEND -> true;
          default -> false;
        };
  }

  private static int operandsReady(Op op, Scoreboard board) {
    return Math.max(board.coreReady(op.reads()), board.fpReady(op.fpReads()));
  }

  private static int issueCycles(Op op) {
    return switch (op.instructionClass()) {
      case DIVIDE -> DIVIDE_CYCLES;
      case LOAD_MULTIPLE, STORE_MULTIPLE, FP_LOAD_MULTIPLE, FP_STORE_MULTIPLE ->
          Math.max(1, (op.access().count() + 1) / 2);
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
  }

  private static int latency(Op op) {
    InstructionClass kind = op.instructionClass();
    return switch (kind) {
      case ALU_SHIFTED, EXTEND_ADD, PACK, SIMD -> LONG_LATENCY;
      case VECTOR_REDUCE -> VECTOR_LONG_LATENCY;
      default -> kind.isMultiply() || kind.isLoad() ? LONG_LATENCY : ALU_LATENCY;
    };
  }

  private static int fpLatency(Op op) {
    return switch (op.instructionClass()) {
      case FP_ADD, FP_MULTIPLY, FP_MULTIPLY_ADD, FP_CONVERT ->
          op.doublePrecision() ? DOUBLE_LATENCY : FP_LATENCY;
      case FP_DIVIDE, FP_SQUARE_ROOT ->
          op.doublePrecision() ? 2 * DOUBLE_LATENCY : FP_DIVIDE_LATENCY;
      case VECTOR_MULTIPLY -> VECTOR_MULTIPLY_LATENCY;
      case VECTOR_NARROW, VECTOR_REDUCE -> VECTOR_LONG_LATENCY;
      default -> ALU_LATENCY;
    };
  }

  @Override
  int refillCycles(List<Op> previous, Op target) {
    return isLoopEnd(previous.getLast()) ? 0 : REFILL_CYCLES;
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
