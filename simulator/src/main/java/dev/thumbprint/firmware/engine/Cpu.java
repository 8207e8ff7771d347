package dev.thumbprint.firmware.engine;

/**
 * The processors an engine can be asked to execute.
 *
 * @see <a href="https://github.com/unicorn-engine/unicorn/blob/master/include/unicorn/arm.h">the
 *     models Unicorn has</a>
 */
public enum Cpu {
  /** Armv6-M; also stands for the Cortex-M0+, which executes the same instructions. */
  CORTEX_M0(false, false),
  /** Armv7-M. */
  CORTEX_M3(true, false),
  /** Armv7E-M: DSP instructions and a single-precision FPU. */
  CORTEX_M4(true, true),
  /** Armv7E-M; the engine executes its single-precision FPU only. */
  CORTEX_M7(true, true),
  /** Armv8-M Mainline with DSP instructions and a single-precision FPU. */
  CORTEX_M33(true, true);

  private final boolean mainline;
  private final boolean floatingPoint;

  Cpu(boolean mainline, boolean floatingPoint) {
    this.mainline = mainline;
    this.floatingPoint = floatingPoint;
  }

  /** Whether BASEPRI, FAULTMASK, configurable faults and the DWT cycle counter exist. */
  public boolean mainline() {
    return mainline;
  }

  /** Whether there are floating-point registers that exception entry may have to save. */
  public boolean floatingPoint() {
    return floatingPoint;
  }

  /**
   * Number of priority bits of an exception; two on Armv6-M, and three to eight (here four) on the
   * others.
   */
  public int priorityBits() {
    return mainline ? 4 : 2;
  }
}
