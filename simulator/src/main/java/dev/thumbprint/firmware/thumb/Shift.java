package dev.thumbprint.firmware.thumb;

/**
 * What the shifter does to the second operand.
 *
 * @param kind direction
 * @param amount bits, 0 to 32; 0 with a register-held amount or none
 */
public record Shift(Kind kind, int amount) {
  /** No shift at all. */
  public static final Shift NONE = new Shift(Kind.NONE, 0);

  /** Directions of the shifter. */
  public enum Kind {
    NONE,
    LSL,
    LSR,
    ASR,
    ROR,
    RRX
  }

  /** Whether the operand passes the shifter. */
  public boolean isPresent() {
    return kind != Kind.NONE;
  }

  /** Decodes the type and imm5 fields of a shifted register (Armv7-M ARM DDI 0403, A7.4.2). */
  static Shift of(int type, int imm5) {
    return switch (type) {
      case 0 -> imm5 == 0 ? NONE : new Shift(Kind.LSL, imm5);
      case 1 -> new Shift(Kind.LSR, imm5 == 0 ? 32 : imm5);
      case 2 -> new Shift(Kind.ASR, imm5 == 0 ? 32 : imm5);
      default -> imm5 == 0 ? new Shift(Kind.RRX, 1) : new Shift(Kind.ROR, imm5);
    };
  }
}
