package dev.thumbprint.cost.pricing;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.Term;
import java.util.List;

/**
 * Cycles per trip that a closed runtime is expected to take before any recording of one is looked
 * at: those of the open kernels.
 */
public final class ClosedExpectation {
  /** The kinds of work that totals are split into. */
  public static final List<Term> TERMS =
      List.of(
          Term.COARSE_CONV_MAC,
          Term.COARSE_POINTWISE_MAC,
          Term.COARSE_DW_MAC,
          Term.COARSE_DENSE_MAC,
          Term.COARSE_OUTPUT,
          Term.COARSE_ELEMENT,
          Term.OPERATOR);

  private ClosedExpectation() {}

  /** Cycles per trip on a core. */
  public static double cycles(Term term, Core core) {
    return onM4(term) * againstM4(term, core);
  }

  /**
   * On a Cortex-M4, from the executed counts of cmsis-nn@2022 -Ofast (sweeps, {@code
   * emulated.yaml}): a sixteenth of conv_mac16, a sixty-fourth of gemm_mac64, a quarter of dw3_tap,
   * an eighth of dense_mac8, a quarter of conv_quad and gemm_quad, add_element; a call from
   * cmsis-nn@2026, operator and conv_call.
   */
  private static double onM4(Term term) {
    return switch (term) {
      case COARSE_CONV_MAC -> 2.2;
      case COARSE_POINTWISE_MAC -> 1.6;
      case COARSE_DW_MAC -> 4.7;
      case COARSE_DENSE_MAC -> 2.6;
      case COARSE_OUTPUT -> 50;
      case COARSE_ELEMENT -> 100;
      case OPERATOR -> 1600;
      default -> throw new IllegalArgumentException(term + " is no term of a closed runtime");
    };
  }

  /**
   * Against a Cortex-M4: Cortex-M7 from the same counts; without DSP instructions a multiply-
   * accumulate takes two loads, a product and a sum of its own, 7 cycles on a Cortex-M0+ (Arm
   * DDI0484) and 4 on a Cortex-M3, where a Cortex-M4 takes 1.6 to 2.2.
   */
  private static double againstM4(Term term, Core core) {
    boolean mac = term.kind() == Term.Kind.MAC;
    return switch (core) {
      case CORTEX_M4 -> 1;
      case CORTEX_M33 -> 0.95;
      case CORTEX_M7 -> 0.6;
      case CORTEX_M3 -> mac ? 2.2 : 1;
      case CORTEX_M0, CORTEX_M0PLUS, CORTEX_M23 -> mac ? 4 : 2.5;
      case CORTEX_M55 -> mac ? 0.35 : 0.8;
      case CORTEX_M85 -> mac ? 0.3 : 0.55;
    };
  }
}
