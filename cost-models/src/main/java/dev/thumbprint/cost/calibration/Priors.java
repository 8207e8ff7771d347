package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.memory.RamBus;
import dev.thumbprint.cost.pricing.Figures;
import dev.thumbprint.cost.pricing.Transfer;
import java.util.EnumMap;
import java.util.Map;

/** What is known of flags and cores before any recording is looked at. */
final class Priors {
  private Priors() {}

  static Transfer transfer() {
    Map<OptLevel, Figures<Kind>> opt = new EnumMap<>(OptLevel.class);
    // arXiv:2104.10645: -Os costs 15-41 % with CMSIS-NN, 60-130 % with reference and float kernels.
    opt.put(OptLevel.OS, kinds(1.15, 1.9, 1.3, 1.3, 1.3, 1.2, 1.9));
    // Vector intrinsics leave -O2 and -O3 little to do; EdgeMark: -O3 and -Ofast within 0.5 %.
    opt.put(OptLevel.O2, kinds(1.02, 1.1, 1.02, 1.05, 1.02, 1, 1.1));
    Map<Core, Figures<Kind>> core = new EnumMap<>(Core.class);
    // Zero-wait cycles against a Cortex-M4, in the order of kinds(): M3 has no single-cycle
    // multiply-accumulate long; M0+ has neither long multiply nor divide; M33 issues pairs of short
    // instructions, which the wide ones of a multiply-accumulate loop are not; M7 issues two;
    // CoreMark per MHz (Arm): M0+ 2.46, M3 3.34, M4 3.42, M33 4.02, M7
    // 5.01, M55 4.2, M85 6.28.
    core.put(Core.CORTEX_M0, kinds(1.7, 1.8, 3.5, 1.4, 3, 1.4, 3));
    core.put(Core.CORTEX_M0PLUS, kinds(1.6, 1.7, 3.3, 1.3, 2.8, 1.3, 3));
    core.put(Core.CORTEX_M3, kinds(1, 1, 1.1, 1, 1.1, 1, 1));
    core.put(Core.CORTEX_M23, kinds(1.6, 1.6, 2.5, 1.3, 2.5, 1.3, 3));
    core.put(Core.CORTEX_M33, kinds(1, 0.85, 0.85, 0.85, 0.85, 0.85, 0.85));
    core.put(Core.CORTEX_M7, kinds(0.62, 0.55, 0.55, 0.6, 0.5, 0.6, 0.6));
    core.put(Core.CORTEX_M55, kinds(1, 0.8, 0.9, 0.9, 0.8, 0.8, 0.8));
    core.put(Core.CORTEX_M85, kinds(0.6, 0.5, 0.55, 0.6, 0.5, 0.55, 0.55));
    return new Transfer(opt, core, Figures.none(RamBus.class), Map.of());
  }

  private static Figures<Kind> kinds(
      double mac,
      double loop,
      double requantize,
      double copy,
      double element,
      double call,
      double real) {
    Map<Kind, Double> factors = new EnumMap<>(Kind.class);
    factors.put(Kind.MAC, mac);
    factors.put(Kind.LOOP, loop);
    factors.put(Kind.REQUANTIZE, requantize);
    factors.put(Kind.COPY, copy);
    factors.put(Kind.ELEMENT, element);
    factors.put(Kind.CALL, call);
    factors.put(Kind.FLOAT, real);
    return Figures.of(Kind.class, factors);
  }
}
