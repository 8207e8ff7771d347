package dev.thumbprint.cost.core;

/**
 * Which two neighbours the Cortex-M7 issues together. Source: measurements published by the
 * jnk0le/random project, file cortex_m7.md, and LLVM's ARMScheduleM7.td.
 */
final class M7Pairing {
  /** Words alternate between the two banks of the DTCM and of the data cache. */
  private static final int BANK_MASK = 4;

  /** Instructions that are issued alone. */
  static boolean isAlone(Op op) {
    return switch (op.instructionClass()) {
      case LOAD_DOUBLE,
          STORE_DOUBLE,
          LOAD_MULTIPLE,
          STORE_MULTIPLE,
          FP_LOAD_MULTIPLE,
          FP_STORE_MULTIPLE,
          LOAD_EXCLUSIVE,
          STORE_EXCLUSIVE,
          DIVIDE,
          TABLE_BRANCH,
          FP_TRANSFER_PAIR,
          SYSTEM,
          BARRIER,
          WAIT,
          EXCEPTION ->
          true;
      case FP_LOAD, FP_STORE -> op.access().count() > 1;
      default -> false;
    };
  }

  /** Instructions that need the shifter or the SIMD unit of the older slot. */
  private static boolean isOlderOnly(Op op) {
    return switch (op.instructionClass()) {
      case ALU_SHIFTED, BITFIELD, EXTEND, EXTEND_ADD, REVERSE, SATURATE, PACK, SIMD -> true;
      default -> false;
    };
  }

  static boolean pairs(Op older, Op younger) {
    return !isAlone(older)
        && !isAlone(younger)
        && !isOlderOnly(younger)
        && !bothMultiply(older, younger)
        && !bothUseMemoryBadly(older, younger)
        && !bothFloat(older, younger);
  }

  /** One multiplier; and it shares a path with the store unit. */
  private static boolean bothMultiply(Op older, Op younger) {
    boolean first = older.instructionClass().isMultiply();
    boolean second = younger.instructionClass().isMultiply();
    return (first && second)
        || (first && younger.instructionClass().isStore())
        || (second && older.instructionClass().isStore());
  }

  /** One store a cycle; two loads only from different banks, as far as the code shows. */
  private static boolean bothUseMemoryBadly(Op older, Op younger) {
    if (older.instructionClass().isStore() && younger.instructionClass().isStore()) {
      return true;
    }
    return older.instructionClass().isLoad()
        && younger.instructionClass().isLoad()
        && sameBank(older.access(), younger.access());
  }

  private static boolean sameBank(MemoryAccess first, MemoryAccess second) {
    boolean comparable =
        first.base() == second.base()
            && !first.hasIndex()
            && !second.hasIndex()
            && !first.writeBack();
    return comparable && ((first.offsetBytes() ^ second.offsetBytes()) & BANK_MASK) == 0;
  }

  /** One floating-point operation a cycle; a fused one not beside a transfer. */
  private static boolean bothFloat(Op older, Op younger) {
    boolean both = older.instructionClass().isFloat() && younger.instructionClass().isFloat();
    if (!both) {
      return false;
    }
    boolean fused =
        older.instructionClass() == InstructionClass.FP_MULTIPLY_ADD
            || younger.instructionClass() == InstructionClass.FP_MULTIPLY_ADD;
    return fused || (isArithmetic(older) && isArithmetic(younger));
  }

  /** What is not issued for some cycles behind a fused multiply-add, in either slot. */
  static boolean waitsForMultiplyAdd(Op op) {
    return switch (op.instructionClass()) {
      case FP_ADD, FP_LOAD_MULTIPLE, FP_STORE_MULTIPLE -> true;
      case FP_LOAD, FP_STORE -> op.access().count() > 1;
      case FP_MOVE -> op.fpReads() == 0;
      default -> false;
    };
  }

  /** What is not issued as the younger of two for as long. */
  static boolean waitsAsYounger(Op op) {
    return switch (op.instructionClass()) {
      case FP_LOAD, FP_STORE, FP_MOVE, FP_TRANSFER -> true;
      default -> false;
    };
  }

  static boolean isArithmetic(Op op) {
    return switch (op.instructionClass()) {
      case FP_ADD, FP_MULTIPLY, FP_MULTIPLY_ADD, FP_DIVIDE, FP_SQUARE_ROOT, FP_CONVERT -> true;
      default -> false;
    };
  }

  private M7Pairing() {}
}
