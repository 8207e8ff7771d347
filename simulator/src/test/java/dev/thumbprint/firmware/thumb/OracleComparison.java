package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where a decoded instruction differs from what objdump prints. */
final class OracleComparison {
  private static final Pattern CORE =
      Pattern.compile("(?<![\\w.<_])(r\\d+|sl|fp|ip|sp|lr|pc)(?![\\w])");
  private static final Pattern FLOAT =
      Pattern.compile("(?<![\\w.])([sd])(\\d+)(?:-[sd](\\d+))?(?![\\w])");
  private static final Pattern TARGET = Pattern.compile("(?:^|, )(?:0x)?([0-9a-f]+)(?: <.*)?$");

  /** SP, LR and PC often take part without being printed. */
  private static final int IMPLICIT = 0xE000;

  private OracleComparison() {}

  /** The difference in words, or empty. */
  static Optional<String> difference(Instruction ours, ObjdumpOracle.Line theirs) {
    if (ours.size() != theirs.size()) {
      return Optional.of("size " + ours.size() + " for " + theirs.size());
    }
    if (isNewerThanObjdump(ours)) {
      return isKnown(theirs)
          ? Optional.of(ours.mnemonic() + " for " + theirs.mnemonic())
          : Optional.empty();
    }
    String name = name(ours);
    if (!name.equals(theirs.mnemonic())) {
      return Optional.of("mnemonic " + name + " for " + theirs.mnemonic());
    }
    if (!ours.inItBlock()) {
      InstructionClass expected = OracleClasses.of(theirs);
      if (ours.instructionClass() != expected) {
        return Optional.of("class " + ours.instructionClass() + " for " + expected);
      }
    }
    return registers(ours, theirs);
  }

  /**
   * Without a choice of architecture objdump does not know Armv8.1-M; it must then not know
   * anything else of the M profile there either.
   */
  static boolean isNewerThanObjdump(Instruction ours) {
    return switch (ours.extension()) {
      case V81M, MVE, FP16 -> true;
      default -> false;
    };
  }

  private static boolean isKnown(ObjdumpOracle.Line theirs) {
    InstructionClass kind = OracleClasses.of(theirs);
    boolean corner =
        theirs.mnemonic().matches("(orr|mov|lsl|lsr|asr|ror|rrx)s")
            && theirs.operands().matches(".*(pc|sp).*");
    return kind != null
        && !corner
        && !theirs.mnemonic().matches("clrm|vmov\\.32")
        && switch (kind) {
          case UNDEFINED, VECTOR, COPROCESSOR, LOOP, SECURITY -> false;
          default -> !theirs.mnemonic().endsWith("16") && !theirs.mnemonic().contains("f16");
        };
  }

  /** Coprocessor instructions are compared as one name: objdump has many for old ones. */
  static String name(Instruction ours) {
    return ours.instructionClass() == InstructionClass.COPROCESSOR ? "coprocessor" : ours.text();
  }

  private static Optional<String> registers(Instruction ours, ObjdumpOracle.Line theirs) {
    String operands = withoutComment(theirs.operands());
    if (operands.isEmpty() || !comparesRegisters(ours)) {
      return Optional.empty();
    }
    Matcher target = TARGET.matcher(operands);
    if (ours.hasTarget() && target.find()) {
      int expected = Integer.parseUnsignedInt(target.group(1), 16);
      // The linker has yet to fill it in: the encoding goes to itself, objdump prints the symbol.
      boolean relocated = ours.target() == ours.address();
      return relocated || expected == ours.target()
          ? Optional.empty()
          : Optional.of("target %x for %x".formatted(ours.target(), expected));
    }
    int core = coreMask(operands);
    int mine = (ours.reads() | ours.writes()) & 0xFFFF;
    boolean coreEqual = (core & ~mine) == 0 && (mine & ~core & ~IMPLICIT) == 0;
    if (!coreEqual) {
      return Optional.of("registers %04x for %04x".formatted(mine, core));
    }
    int fp = fpMask(operands);
    int mineFp = ours.fpReads() | ours.fpWrites();
    boolean half =
        operands.contains("[") && ours.instructionClass() == InstructionClass.FP_TRANSFER;
    if (half ? (mineFp & ~fp) != 0 || mineFp == 0 : mineFp != fp) {
      return Optional.of("fp registers %08x for %08x".formatted(mineFp, fp));
    }
    return Optional.empty();
  }

  private static String withoutComment(String operands) {
    return operands.replaceFirst("\\s*@.*", "");
  }

  /** Whether objdump prints the registers that take part, and those are defined. */
  static boolean comparesRegisters(Instruction ours) {
    return switch (ours.instructionClass()) {
      case COPROCESSOR, VECTOR, UNDEFINED, LOOP, SYSTEM, EXCEPTION, BARRIER, IF_THEN, NOP -> false;
      default -> !hasImpossibleList(ours) && !twoFieldsDiffer(ours);
    };
  }

  /** Lists of floating-point registers that are empty or go past the last. */
  private static boolean hasImpossibleList(Instruction ours) {
    int count = ours.access().count();
    int kept = Integer.bitCount(ours.fpReads() | ours.fpWrites());
    return switch (ours.instructionClass()) {
      case FP_LOAD_MULTIPLE, FP_STORE_MULTIPLE -> count < 2 || kept < (count & ~1);
      default -> false;
    };
  }

  /** CLZ, RBIT and REV name their operand twice; where the two differ, nothing is defined. */
  private static boolean twoFieldsDiffer(Instruction ours) {
    return ours.size() == 4
        && ours.instructionClass() == InstructionClass.REVERSE
        && ((ours.encoding() >> 16) & 0xF) != (ours.encoding() & 0xF);
  }

  static int coreMask(String printed) {
    String operands = withoutComment(printed);
    int mask = 0;
    Matcher matcher = CORE.matcher(operands);
    while (matcher.find()) {
      mask |=
          1
              << switch (matcher.group(1)) {
                case "sl" -> 10;
                case "fp" -> 11;
                case "ip" -> 12;
                case "sp" -> 13;
                case "lr" -> 14;
                case "pc" -> 15;
                default -> Integer.parseInt(matcher.group(1).substring(1)) & 15;
              };
    }
    return mask;
  }

  static int fpMask(String printed) {
    String operands = withoutComment(printed);
    int mask = 0;
    Matcher matcher = FLOAT.matcher(operands);
    while (matcher.find()) {
      int first = Integer.parseInt(matcher.group(2));
      int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
      int width = matcher.group(1).equals("d") ? 2 : 1;
      for (int bit = first * width; bit < (last + 1) * width && bit < 32; bit++) {
        mask |= 1 << bit;
      }
    }
    return mask;
  }
}
