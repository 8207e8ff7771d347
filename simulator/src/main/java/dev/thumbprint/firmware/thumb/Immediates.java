package dev.thumbprint.firmware.thumb;

/** Immediate operands and branch offsets of the operand column. */
final class Immediates {
  /** PC reads as the address of the instruction plus four. */
  private static final int PC_AHEAD = 4;

  /** Parses an immediate: plain, scaled by two or four, signed by field u, expanded and so on. */
  static Operand parse(String kind, Fields fields) {
    return switch (kind) {
      case "u" -> b -> b.immediate = Operands.field(fields, 'i', b);
      case "j" -> b -> b.immediate = Operands.field(fields, 'j', b);
      case "u2" -> b -> b.immediate = 2 * Operands.field(fields, 'i', b);
      case "u4" -> b -> b.immediate = 4 * Operands.field(fields, 'i', b);
      case "neg" -> b -> b.immediate = -Operands.field(fields, 'i', b);
      case "us" -> b -> b.immediate = signed(fields, b);
      case "u2s" -> b -> b.immediate = 2 * signed(fields, b);
      case "u4s" -> b -> b.immediate = 4 * signed(fields, b);
      case "exp" -> b -> b.immediate = expand(Operands.field(fields, 'i', b));
      case "mov" -> b -> b.immediate = wide(fields, b);
      case "shift32" ->
          b -> {
            int amount = Operands.field(fields, 'i', b);
            b.immediate = amount == 0 ? 32 : amount;
          };
      default -> throw new IllegalStateException("unknown immediate " + kind);
    };
  }

  private static int signed(Fields fields, InstructionBuilder b) {
    int magnitude = Operands.field(fields, 'i', b);
    return Operands.field(fields, 'u', b) != 0 ? magnitude : -magnitude;
  }

  /** imm16 of MOVW and MOVT: the four bits in the place of Rn come first. */
  private static int wide(Fields fields, InstructionBuilder b) {
    return (Operands.field(fields, 'j', b) << 12) | Operands.field(fields, 'i', b);
  }

  /** ThumbExpandImm (Armv7-M ARM DDI 0403, A5.3.2). */
  static int expand(int imm12) {
    int imm8 = imm12 & 0xFF;
    if (imm12 >>> 10 != 0) {
      return Integer.rotateRight(0x80 | (imm12 & 0x7F), imm12 >>> 7);
    }
    return switch (imm12 >>> 8) {
      case 0 -> imm8;
      case 1 -> imm8 << 16 | imm8;
      case 2 -> imm8 << 24 | imm8 << 8;
      default -> imm8 * 0x0101_0101;
    };
  }

  /** Parses the offset of a branch into its target. */
  static Operand branch(String kind, Fields fields) {
    return switch (kind) {
      case "8" ->
          b -> {
            b.setCondition(Operands.field(fields, 'c', b));
            jump(b, extend(Operands.field(fields, 'i', b), 8) * 2);
          };
      case "11" -> b -> jump(b, extend(Operands.field(fields, 'i', b), 11) * 2);
      case "20" ->
          b -> {
            b.setCondition(Operands.field(fields, 'c', b));
            int upper =
                Operands.field(fields, 's', b) << 2
                    | Operands.field(fields, 'q', b) << 1
                    | Operands.field(fields, 'p', b);
            jump(b, extend(upper << 17 | Operands.field(fields, 'i', b), 20) * 2);
          };
      case "24" ->
          b -> {
            int s = Operands.field(fields, 's', b);
            int upper =
                s << 2
                    | (Operands.field(fields, 'p', b) ^ s ^ 1) << 1
                    | (Operands.field(fields, 'q', b) ^ s ^ 1);
            jump(b, extend(upper << 21 | Operands.field(fields, 'i', b), 24) * 2);
          };
      case "cb" -> b -> jump(b, Operands.field(fields, 'i', b) * 2);
      case "wls" -> b -> jump(b, loop(fields, b));
      case "le" -> b -> jump(b, -loop(fields, b));
      default -> throw new IllegalStateException("unknown branch " + kind);
    };
  }

  private static int loop(Fields fields, InstructionBuilder b) {
    return (Operands.field(fields, 'i', b) << 1 | Operands.field(fields, 'q', b)) * 2;
  }

  private static void jump(InstructionBuilder b, int offset) {
    b.immediate = offset;
    b.target = b.address + PC_AHEAD + offset;
  }

  private static int extend(int value, int bits) {
    int unused = Integer.SIZE - bits;
    return value << unused >> unused;
  }

  private Immediates() {}
}
