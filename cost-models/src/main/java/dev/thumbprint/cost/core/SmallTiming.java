package dev.thumbprint.cost.core;

/**
 * Cycles of the two smallest cores with zero wait states. Sources: Cortex-M0 TRM (Arm DDI 0432C,
 * table 3-1) and Cortex-M0+ TRM (Arm DDI 0484C, table 3-1).
 *
 * @param branchRefill lost behind a taken B, BX, BLX or move to the PC
 * @param callRefill lost behind a BL, whose first half already takes one more fetch
 * @param popPcRefill lost behind a POP that loads the PC
 * @param systemCycles MRS, MSR, barriers
 * @param exceptionEntry from interrupt to handler
 * @param exceptionReturn from return to program
 */
record SmallTiming(
    int branchRefill,
    int callRefill,
    int popPcRefill,
    int systemCycles,
    int exceptionEntry,
    int exceptionReturn) {
  /** Three stages: B taken 3, BL 4, POP with PC 4 + N. */
  static final SmallTiming M0 = new SmallTiming(2, 3, 3, 4, 16, 16);

  /** Two stages: B taken 2, BL 3, POP with PC 3 + N. */
  static final SmallTiming M0PLUS = new SmallTiming(1, 2, 2, 3, 15, 15);
}
