package dev.thumbprint.cost.core;

/** Bits of the register masks of {@link Op}: core registers 0 to 15, then status bits. */
public final class Registers {
  /** Stack pointer. */
  public static final int SP = 13;

  /** Link register. */
  public static final int LR = 14;

  /** Program counter. */
  public static final int PC = 15;

  /** Mask of the sixteen core registers. */
  public static final int CORE_MASK = 0xFFFF;

  /** Negative flag. */
  public static final int N_MASK = 1 << 16;

  /** Zero flag. */
  public static final int Z_MASK = 1 << 17;

  /** Carry flag. */
  public static final int C_MASK = 1 << 18;

  /** Overflow flag. */
  public static final int V_MASK = 1 << 19;

  /** Sticky saturation flag. */
  public static final int Q_MASK = 1 << 20;

  /** The four greater-or-equal bits of the DSP extension. */
  public static final int GE_MASK = 1 << 21;

  /** Comparison flags of FPSCR. */
  public static final int FPSCR_MASK = 1 << 22;

  /** The four condition flags. */
  public static final int NZCV_MASK = N_MASK | Z_MASK | C_MASK | V_MASK;

  /** Mask of one core register. */
  public static int mask(int register) {
    return 1 << register;
  }

  private Registers() {}
}
