package dev.thumbprint.cost.core;

/**
 * What an instruction asks of a pipeline. The classes follow the rows of Arm's timing tables, so
 * that a pipeline model is a table over them, and serve as the rows of an instruction histogram.
 */
public enum InstructionClass {
  /** Add, subtract, logic, compare, move: one pass through the ALU, no shifter. */
  ALU,
  /** A move that shifts: LSL, LSR, ASR, ROR, RRX by an immediate or a register. */
  SHIFT,
  /** ALU operation whose second operand passes the shifter. */
  ALU_SHIFTED,
  /** BFI, BFC, SBFX, UBFX. */
  BITFIELD,
  /** SXTB, SXTH, UXTB, UXTH, SXTB16, UXTB16. */
  EXTEND,
  /** SXTAB, SXTAH, UXTAB, UXTAH, SXTAB16, UXTAB16. */
  EXTEND_ADD,
  /** REV, REV16, REVSH, RBIT, CLZ. */
  REVERSE,
  /** SSAT, USAT, SSAT16, USAT16, QADD, QSUB, QDADD, QDSUB. */
  SATURATE,
  /** PKHBT, PKHTB. */
  PACK,
  /** Parallel add and subtract, SEL. */
  SIMD,
  /** MUL. */
  MULTIPLY,
  /** MLA, MLS. */
  MULTIPLY_ADD,
  /** SMULL, UMULL. */
  MULTIPLY_LONG,
  /** SMLAL, UMLAL, UMAAL. */
  MULTIPLY_ADD_LONG,
  /** DSP multiplies without accumulator: SMULBB, SMUAD, SMMUL, USAD8 and kin. */
  MULTIPLY_DSP,
  /** DSP multiplies with a 32-bit accumulator: SMLABB, SMLAD, SMMLA, USADA8 and kin. */
  MULTIPLY_ADD_DSP,
  /** DSP multiplies with a 64-bit accumulator: SMLALBB, SMLALD and kin. */
  MULTIPLY_ADD_LONG_DSP,
  /** SDIV, UDIV. */
  DIVIDE,
  /** One load of a word, halfword or byte, PC-relative ones included. */
  LOAD,
  /** LDRD. */
  LOAD_DOUBLE,
  /** LDM, POP. */
  LOAD_MULTIPLE,
  /** LDREX, LDA and kin. */
  LOAD_EXCLUSIVE,
  /** One store of a word, halfword or byte. */
  STORE,
  /** STRD. */
  STORE_DOUBLE,
  /** STM, PUSH. */
  STORE_MULTIPLE,
  /** STREX, STL and kin. */
  STORE_EXCLUSIVE,
  /** PLD, PLI: a hint to the memory system. */
  PRELOAD,
  /** B. */
  BRANCH,
  /** B with a condition of its own. */
  BRANCH_CONDITIONAL,
  /** CBZ, CBNZ. */
  COMPARE_BRANCH,
  /** BL. */
  CALL,
  /** BX, BXNS and moves or adds into the PC. */
  BRANCH_REGISTER,
  /** BLX, BLXNS. */
  CALL_REGISTER,
  /** TBB, TBH. */
  TABLE_BRANCH,
  /** IT. */
  IF_THEN,
  /** NOP and hints that do nothing in time: YIELD, SEV, DBG, CSDB. */
  NOP,
  /** WFI, WFE: time passes until an event. */
  WAIT,
  /** DMB, DSB, ISB. */
  BARRIER,
  /** MRS, MSR, CPS, CLREX. */
  SYSTEM,
  /** SVC, BKPT, UDF, HLT: leaves the program. */
  EXCEPTION,
  /** SG, TT, VLSTM, VLLDM and kin of the Security Extension. */
  SECURITY,
  /** VMOV between floating-point registers, or of an immediate. */
  FP_MOVE,
  /** VMOV, VMRS, VMSR between a floating-point register and one core register. */
  FP_TRANSFER,
  /** VMOV between two core registers and one double or two singles. */
  FP_TRANSFER_PAIR,
  /** VADD, VSUB, VABS, VNEG, VCMP, VSEL, VMAXNM, VMINNM. */
  FP_ADD,
  /** VMUL, VNMUL. */
  FP_MULTIPLY,
  /** VMLA, VMLS, VFMA, VFMS and their negated forms. */
  FP_MULTIPLY_ADD,
  /** VDIV. */
  FP_DIVIDE,
  /** VSQRT. */
  FP_SQUARE_ROOT,
  /** VCVT, VRINT. */
  FP_CONVERT,
  /** VLDR. */
  FP_LOAD,
  /** VSTR. */
  FP_STORE,
  /** VLDM, VPOP. */
  FP_LOAD_MULTIPLE,
  /** VSTM, VPUSH. */
  FP_STORE_MULTIPLE,
  /** Low-overhead loops of Armv8.1-M: WLS, DLS, LE, LETP. */
  LOOP,
  /** Vector instructions of the M-profile Vector Extension: integer operations, and its shifts. */
  VECTOR,
  /** Vector multiplies, floating-point operations, saturating shifts and conversions. */
  VECTOR_MULTIPLY,
  /** Vector shifts, moves and conversions that narrow into half of each element. */
  VECTOR_NARROW,
  /** Sums, products and extremes across vectors, into core registers. */
  VECTOR_REDUCE,
  /** Vector loads. */
  VECTOR_LOAD,
  /** Vector stores. */
  VECTOR_STORE,
  /** VPST, VPT, VPNOT: predication of what follows. */
  VECTOR_PREDICATE,
  /** MCR, MRC, CDP, LDC and kin for a coprocessor that is not the FPU. */
  COPROCESSOR,
  /** No instruction of the M profile. */
  UNDEFINED;

  /** Whether data memory is read. */
  public boolean isLoad() {
    return switch (this) {
      case LOAD,
          LOAD_DOUBLE,
          LOAD_MULTIPLE,
          LOAD_EXCLUSIVE,
          FP_LOAD,
          FP_LOAD_MULTIPLE,
          VECTOR_LOAD ->
          true;
      default -> false;
    };
  }

  /** Whether data memory is written. */
  public boolean isStore() {
    return switch (this) {
      case STORE,
          STORE_DOUBLE,
          STORE_MULTIPLE,
          STORE_EXCLUSIVE,
          FP_STORE,
          FP_STORE_MULTIPLE,
          VECTOR_STORE ->
          true;
      default -> false;
    };
  }

  /** Whether the instruction multiplies integers, with or without an accumulator. */
  public boolean isMultiply() {
    return switch (this) {
      case MULTIPLY,
          MULTIPLY_ADD,
          MULTIPLY_LONG,
          MULTIPLY_ADD_LONG,
          MULTIPLY_DSP,
          MULTIPLY_ADD_DSP,
          MULTIPLY_ADD_LONG_DSP ->
          true;
      default -> false;
    };
  }

  /** Whether the instruction needs the DSP extension by its class alone. */
  public boolean isDsp() {
    return switch (this) {
      case EXTEND_ADD, PACK, SIMD, MULTIPLY_DSP, MULTIPLY_ADD_DSP, MULTIPLY_ADD_LONG_DSP -> true;
      default -> false;
    };
  }

  /** Whether the vector extension brings it. */
  public boolean isVector() {
    return name().startsWith("VECTOR");
  }

  /** Whether the floating-point unit takes part. */
  public boolean isFloat() {
    return name().startsWith("FP_");
  }
}
