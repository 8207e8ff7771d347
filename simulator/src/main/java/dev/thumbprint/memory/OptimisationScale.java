package dev.thumbprint.memory;

import dev.thumbprint.cost.library.OptLevel;

/**
 * How much larger code is at another optimisation level than at -O2 with the runtime at -Os, which
 * is how TFLM's makefile builds and how the link tables were taken.
 *
 * <p>Sources: O3 and Ofast from the rows CNN_1 and FC_1 of EdgeMark (Black3rror/Benchmarking
 * 3e7237d: whole image less base program and model, 1.278 and 1.271 at O3, 1.243 and 1.210 at
 * Ofast); Os from the difference between the firmwares of KWS_CNN_SMALL and KWS_SCRAMBLED on the
 * Nano 33 BLE (DivinityQQ/MicroAI_Benchmark bcd3c21a: 32,528 bytes where the tables have 37,046).
 */
final class OptimisationScale {
  private static final double O3 = 1.275;
  private static final double OFAST = 1.23;
  private static final double OS = 0.88;

  private OptimisationScale() {}

  /** Factor on kernels. */
  static double kernels(OptLevel level) {
    return switch (level) {
      case OS -> OS;
      case O2 -> 1;
      case O3 -> O3;
      case OFAST -> OFAST;
    };
  }

  /** Factor on the runtime, which is built for size unless the whole program is built for speed. */
  static double runtime(OptLevel level) {
    return level == OptLevel.OS ? 1 : kernels(level);
  }
}
