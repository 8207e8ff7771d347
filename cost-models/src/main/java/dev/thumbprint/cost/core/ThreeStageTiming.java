package dev.thumbprint.cost.core;

/**
 * Where Cortex-M3 and M4 differ. Sources: Cortex-M3 TRM (Arm DDI 0337, instruction timing) and
 * Cortex-M4 TRM (Arm DDI 0439B, tables 3-1 and 7-1).
 *
 * @param hasDsp whether the DSP extension and the floating-point unit exist
 * @param multiplyAddCycles MLA, MLS
 * @param multiplyLongCycles SMULL, UMULL; on M3 3 to 5 by early termination, the middle is taken
 * @param multiplyAddLongCycles SMLAL, UMLAL; on M3 4 to 7, between the middle values the lower
 * @param chainsIndexedLoads whether a load with write-back may pipeline behind another load
 */
record ThreeStageTiming(
    boolean hasDsp,
    int multiplyAddCycles,
    int multiplyLongCycles,
    int multiplyAddLongCycles,
    boolean chainsIndexedLoads) {
  static final ThreeStageTiming M3 = new ThreeStageTiming(false, 2, 4, 5, false);
  static final ThreeStageTiming M4 = new ThreeStageTiming(true, 1, 1, 1, true);
}
