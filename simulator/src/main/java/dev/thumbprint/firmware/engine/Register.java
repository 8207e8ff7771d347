package dev.thumbprint.firmware.engine;

/** A register of the processor, all 32 bits wide. */
public enum Register {
  R0,
  R1,
  R2,
  R3,
  R4,
  R5,
  R6,
  R7,
  R8,
  R9,
  R10,
  R11,
  R12,
  /** The stack pointer in use: {@link #MSP} or {@link #PSP}. */
  SP,
  LR,
  /** The next instruction, bit 0 clear. */
  PC,
  /** Flags, GE bits, Q, IT state, T bit and the number of the active exception. */
  XPSR,
  /**
   * The number of the active exception alone; writing it switches between the stacks as the
   * architecture says.
   */
  IPSR,
  /** The IT and T bits alone. */
  EPSR,
  MSP,
  PSP,
  CONTROL,
  PRIMASK,
  BASEPRI,
  FAULTMASK,
  FPSCR;

  private static final Register[] CORE = {
    R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, R10, R11, R12, SP, LR, PC
  };

  /**
   * Returns R0 to R12, SP, LR or PC.
   *
   * @param number 0 to 15
   */
  public static Register core(int number) {
    return CORE[number];
  }
}
