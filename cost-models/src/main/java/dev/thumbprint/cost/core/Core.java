package dev.thumbprint.cost.core;

import java.util.Locale;
import java.util.Optional;

/** The Cortex-M cores; whether a part has a floating-point unit is a fact of the part. */
public enum Core {
  CORTEX_M0(SimdUnit.NONE),
  CORTEX_M0PLUS(SimdUnit.NONE),
  CORTEX_M3(SimdUnit.NONE),
  CORTEX_M4(SimdUnit.DSP),
  CORTEX_M7(SimdUnit.DSP),
  CORTEX_M23(SimdUnit.NONE),
  CORTEX_M33(SimdUnit.DSP),
  CORTEX_M55(SimdUnit.MVE),
  CORTEX_M85(SimdUnit.MVE);

  /** Which build of a kernel library a core runs: plain C, DSP instructions or the MVE vectors. */
  public enum SimdUnit {
    NONE,
    DSP,
    MVE
  }

  private final SimdUnit simd;

  Core(SimdUnit simd) {
    this.simd = simd;
  }

  /** The data-parallel instructions that kernels are built for on this core. */
  public SimdUnit simd() {
    return simd;
  }

  /** Whether it has an instruction that multiplies two words to 64 bits. */
  public boolean multipliesLong() {
    return switch (this) {
      case CORTEX_M0, CORTEX_M0PLUS, CORTEX_M23 -> false;
      default -> true;
    };
  }

  /** The name used in files and reports, such as {@code cortex-m0plus}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The core of a label such as {@code cortex-m4}, or empty. */
  public static Optional<Core> ofLabel(String label) {
    for (Core core : values()) {
      if (core.label().equals(label)) {
        return Optional.of(core);
      }
    }
    return Optional.empty();
  }
}
