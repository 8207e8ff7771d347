package dev.thumbprint.firmware.thumb;

import static dev.thumbprint.cost.core.Registers.C_MASK;
import static dev.thumbprint.cost.core.Registers.N_MASK;
import static dev.thumbprint.cost.core.Registers.V_MASK;
import static dev.thumbprint.cost.core.Registers.Z_MASK;

import java.util.Locale;

/** Conditions in the order of their encoding (Armv7-M ARM DDI 0403, A7.3). */
public enum Condition {
  EQ(Z_MASK),
  NE(Z_MASK),
  CS(C_MASK),
  CC(C_MASK),
  MI(N_MASK),
  PL(N_MASK),
  VS(V_MASK),
  VC(V_MASK),
  HI(C_MASK | Z_MASK),
  LS(C_MASK | Z_MASK),
  GE(N_MASK | V_MASK),
  LT(N_MASK | V_MASK),
  GT(N_MASK | V_MASK | Z_MASK),
  LE(N_MASK | V_MASK | Z_MASK),
  AL(0);

  /** Codes from this one on are no condition: "always" in an IT block, other encodings else. */
  static final int ALWAYS_CODE = 14;

  private static final Condition[] BY_CODE = values();

  private final int flagsMask;

  Condition(int flagsMask) {
    this.flagsMask = flagsMask;
  }

  /** The flags the condition looks at, as bits of {@link dev.thumbprint.cost.core.Registers}. */
  public int flagsMask() {
    return flagsMask;
  }

  /** Suffix of a mnemonic, empty for AL. */
  public String suffix() {
    return this == AL ? "" : name().toLowerCase(Locale.ROOT);
  }

  /** The condition of a four-bit code; 15 reads as AL, as in an IT block. */
  static Condition of(int code) {
    return BY_CODE[Math.min(code & 15, ALWAYS_CODE)];
  }
}
