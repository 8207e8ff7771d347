package dev.thumbprint.firmware.engine;

/**
 * Numbers of the registers in Unicorn's interface.
 *
 * @see <a href="https://github.com/unicorn-engine/unicorn/blob/master/include/unicorn/arm.h">enum
 *     uc_arm_reg</a>
 */
final class UnicornRegisters {
  /**
   * Writing the flags through this register makes the engine see a changed privilege and handler
   * mode.
   */
  static final int APSR_NZCV = 2;

  static final int S0 = 79;

  /** Writes all of XPSR, the GE bits included, which the plain XPSR leaves alone. */
  static final int XPSR_NZCVQG = 138;

  private UnicornRegisters() {}

  static int number(Register register) {
    return switch (register) {
      case R0 -> 66;
      case R1 -> 67;
      case R2 -> 68;
      case R3 -> 69;
      case R4 -> 70;
      case R5 -> 71;
      case R6 -> 72;
      case R7 -> 73;
      case R8 -> 74;
      case R9 -> 75;
      case R10 -> 76;
      case R11 -> 77;
      case R12 -> 78;
      case LR -> 10;
      case PC -> 11;
      case SP -> 12;
      case XPSR -> 120;
      case IPSR -> 114;
      case EPSR -> 121;
      case MSP -> 115;
      case PSP -> 116;
      case CONTROL -> 117;
      case PRIMASK -> 123;
      case BASEPRI -> 124;
      case FAULTMASK -> 126;
      case FPSCR -> 6;
    };
  }
}
