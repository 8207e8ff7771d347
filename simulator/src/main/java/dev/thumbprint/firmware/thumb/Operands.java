package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import dev.thumbprint.cost.core.MemoryAccess;
import dev.thumbprint.cost.core.Registers;

/** Parses the operand column of the encoding tables; the notation is on {@link EncodingTable}. */
final class Operands {
  private static final int PC_MASK = Registers.mask(Registers.PC);

  /** Turns one token such as {@code w:d} into what it does. */
  static Operand parse(String token, Fields fields) {
    int colon = token.indexOf(':');
    String key = colon < 0 ? token : token.substring(0, colon);
    String value = colon < 0 ? "" : token.substring(colon + 1);
    if (key.startsWith("fw") || key.startsWith("fr") || key.startsWith("fk")) {
      return FloatOperands.parse(key, value, fields);
    }
    return switch (key) {
      case "w" -> b -> b.writes |= registers(value, fields, b.encoding);
      case "r" -> b -> b.dataReads |= registers(value, fields, b.encoding);
      case "a" -> address(value, fields);
      case "s" -> b -> b.shiftedReads |= registers(value, fields, b.encoding);
      case "q" -> shifted(value, fields);
      case "R" -> rotated(value, fields);
      case "k" -> b -> b.accumulatorReads |= registers(value, fields, b.encoding);
      case "f" -> b -> b.writes |= status(value);
      case "F" -> b -> b.writes |= field(fields, 's', b) != 0 ? status(value) : 0;
      case "o" -> b -> b.writes |= b.inItBlock ? 0 : status(value);
      case "g" -> b -> b.reads |= status(value);
      case "ld" -> access(MemoryAccess.Direction.LOAD, value);
      case "st" -> access(MemoryAccess.Direction.STORE, value);
      case "wb" -> writeBack(value, fields);
      case "i" -> Immediates.parse(value, fields);
      case "y" -> {
        Shift.Kind kind = Shift.Kind.valueOf(value.toUpperCase(java.util.Locale.ROOT));
        yield b -> b.shift = new Shift(kind, kind == Shift.Kind.RRX ? 1 : b.immediate);
      }
      case "b" -> Immediates.branch(value, fields);
      default -> throw new IllegalStateException("unknown operand " + token);
    };
  }

  static int field(Fields fields, char letter, InstructionBuilder builder) {
    return Integer.compress(builder.encoding, fields.mask(letter));
  }

  /** Words of a floating-point list: the low byte; odd for the forms of old processors. */
  static int wordsOfList(InstructionBuilder builder) {
    return builder.encoding & 0xFF;
  }

  private static int registers(String letters, Fields fields, int encoding) {
    int mask = 0;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      mask |=
          switch (letter) {
            case 'S' -> Registers.mask(Registers.SP);
            case 'L' -> Registers.mask(Registers.LR);
            case 'P' -> Registers.mask(Registers.PC);
            case 'l' -> Integer.compress(encoding, fields.mask('l'));
            case 'Z' -> Registers.mask(Integer.compress(encoding, fields.mask('r'))) & ~PC_MASK;
            case 'E' -> Registers.mask(2 * Integer.compress(encoding, fields.mask('e')));
            case 'O' -> Registers.mask(2 * Integer.compress(encoding, fields.mask('o')) + 1);
            default -> Registers.mask(Integer.compress(encoding, fields.mask(letter)));
          };
    }
    return mask;
  }

  private static Operand address(String letters, Fields fields) {
    return b -> {
      int base = registers(letters.substring(0, 1), fields, b.encoding);
      b.addressReads |= base;
      b.base = Integer.numberOfTrailingZeros(base);
      if (letters.length() > 1) {
        int index = registers(letters.substring(1), fields, b.encoding);
        b.addressReads |= index;
        b.index = Integer.numberOfTrailingZeros(index);
      }
    };
  }

  /** Second operand with the type and amount fields of a shifted register. */
  private static Operand shifted(String letters, Fields fields) {
    return b -> {
      b.shift =
          Shift.of(
              fields.mask('y') == 0x0020_0000 ? 2 * field(fields, 'y', b) : field(fields, 'y', b),
              field(fields, 'i', b));
      if (b.shift.isPresent()) {
        b.shiftedReads |= registers(letters, fields, b.encoding);
        if (b.shift.kind() == Shift.Kind.RRX) {
          b.reads |= Registers.C_MASK;
        }
        if (b.instructionClass == InstructionClass.ALU) {
          b.instructionClass = InstructionClass.ALU_SHIFTED;
        }
      } else {
        b.dataReads |= registers(letters, fields, b.encoding);
      }
    };
  }

  private static Operand rotated(String letters, Fields fields) {
    return b -> {
      int rotation = 8 * field(fields, 'r', b);
      if (rotation != 0) {
        b.shift = new Shift(Shift.Kind.ROR, rotation);
        b.shiftedReads |= registers(letters, fields, b.encoding);
      } else {
        b.dataReads |= registers(letters, fields, b.encoding);
      }
    };
  }

  private static int status(String letters) {
    int mask = 0;
    for (int i = 0; i < letters.length(); i++) {
      mask |=
          switch (letters.charAt(i)) {
            case 'N' -> Registers.N_MASK;
            case 'Z' -> Registers.Z_MASK;
            case 'C' -> Registers.C_MASK;
            case 'V' -> Registers.V_MASK;
            case 'Q' -> Registers.Q_MASK;
            case 'G' -> Registers.GE_MASK;
            case 'P' -> Registers.FPSCR_MASK;
            default -> throw new IllegalStateException("unknown status bits " + letters);
          };
    }
    return mask;
  }

  private static Operand access(MemoryAccess.Direction direction, String size) {
    int widthBytes = size.charAt(0) - '0';
    String count = size.substring(1);
    return b -> {
      b.direction = direction;
      b.widthBytes = widthBytes;
      b.count =
          switch (count) {
            case "" -> 1;
            case "*" -> {
              int moved = direction == MemoryAccess.Direction.LOAD ? b.writes : b.dataReads;
              yield Integer.bitCount(moved & Registers.CORE_MASK);
            }
            case "l" -> wordsOfList(b);
            default -> times(count);
          };
    };
  }

  private static int times(String count) {
    if (!count.matches("x\\d+")) {
      throw new IllegalStateException("unknown access size " + count);
    }
    return Integer.parseInt(count.substring(1));
  }

  /** Always, if field w is set, or (for the 16-bit LDM) unless the base is in the list. */
  private static Operand writeBack(String condition, Fields fields) {
    return switch (condition) {
      case "" -> b -> b.writeBack = true;
      case "w" -> b -> b.writeBack = field(fields, 'w', b) != 0;
      case "l" -> b -> b.writeBack = (b.writes & Registers.mask(b.base)) == 0;
      default -> throw new IllegalStateException("unknown write-back " + condition);
    };
  }

  private Operands() {}
}
