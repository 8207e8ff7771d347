package dev.thumbprint.firmware.thumb;

/** Floating-point registers of the operand column. */
final class FloatOperands {
  private static final int REGISTERS = 32;

  /** A vector takes four single registers. */
  private static final int VECTORS = 8;

  /**
   * Parses fw, fr or fk with its width: 4, 8, h for one half of a double, q for a vector, none for
   * the row's.
   */
  static Operand parse(String key, String letters, Fields fields) {
    char width = key.length() > 2 ? key.charAt(2) : ' ';
    return b -> {
      char actual = width != ' ' ? width : b.row.extension() == Extension.FPD ? '8' : '4';
      int mask =
          letters.equals("list") ? list(fields, b, actual) : registers(letters, fields, b, actual);
      switch (key.charAt(1)) {
        case 'w' -> b.fpWrites |= mask;
        case 'r' -> b.fpReads |= mask;
        default -> b.fpAccumulatorReads |= mask;
      }
    };
  }

  private static int registers(String letters, Fields fields, InstructionBuilder b, char width) {
    int mask = 0;
    int last = 0;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      last = letter == 'X' ? last + 1 : first(letter, fields, b, width);
      if (width == 'h') {
        last += Operands.field(fields, 'i', b);
      }
      if (width == 'q') {
        mask |= last < VECTORS ? 0xF << (4 * last) : 0;
        continue;
      }
      mask |= last < REGISTERS ? 1 << last : 0;
      if (width == '8') {
        mask |= last < REGISTERS ? 2 << last : 0;
      }
    }
    return mask;
  }

  /**
   * Number of the single register, or of the lower half of the double. The extra bit of a field is
   * the lowest bit of a single and the highest of a double; it stands above the four others for D
   * and M, below them for N. The M profile has doubles 0 to 15 only.
   */
  private static int first(char letter, Fields fields, InstructionBuilder b, char width) {
    int field = Operands.field(fields, letter, b);
    if (width == 'q') {
      return field;
    }
    int four = letter == 'N' ? field >> 1 : field & 0xF;
    int extra = letter == 'N' ? field & 1 : field >> 4;
    if (width == '4') {
      return 2 * four + extra;
    }
    b.undefined |= extra != 0;
    return 2 * four;
  }

  private static int list(Fields fields, InstructionBuilder b, char width) {
    int words = Operands.wordsOfList(b) & (width == '8' ? ~1 : ~0);
    int first = first('D', fields, b, width);
    int end = Math.min(REGISTERS, first + words);
    long mask = (1L << end) - (1L << first);
    return (int) mask;
  }

  private FloatOperands() {}
}
