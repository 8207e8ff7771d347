package dev.thumbprint.firmware.thumb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code arm-none-eabi-objdump} of GNU binutils makes of code. Its names are brought to ours
 * where an instruction has two, and what is not of the M profile, which objdump decodes all the
 * same, counts as undefined.
 */
final class ObjdumpOracle {
  static final String PROGRAM = "arm-none-eabi-objdump";

  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9a-f]+):\\t([0-9a-f]{4}(?: [0-9a-f]{4})?) *\\t(.*)");
  private static final Pattern SHIFT = Pattern.compile(", (lsl|lsr|asr|ror) #\\d+|, rrx");

  /** Two names of one instruction: objdump's, ours. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "stmia", "stm", "ldmia", "ldm", "neg", "rsb", "negs", "rsbs", "sevl", "nop", "esb",
          "nop");

  /** Words of the A and R profiles, and the branch future of Armv8.1-M, which nobody built. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "setend|setpan|hvc|smc|eret|bxj|rfe(db|ia)|srs(db|ia)|dcps[123]|tsb|sb|crc32c?[bhw]"
              + "|(ldr|str|lda|stl)exd|pldw|enterx|leavex|bf|bfx|bfl|bflx|bfcsel");

  private ObjdumpOracle() {}

  /**
   * One instruction as objdump sees it.
   *
   * @param offset from the start of the code
   * @param size in bytes
   * @param encoding the halfword, or two with the first on top
   * @param mnemonic with s and condition, without .n or .w
   * @param operands as printed
   */
  record Line(int offset, int size, int encoding, String mnemonic, String operands) {}

  static boolean isInstalled() {
    try {
      return new ProcessBuilder(PROGRAM, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Disassembles code from its first byte to its last. */
  static List<Line> disassemble(byte[] code) {
    try {
      Path file = Files.createTempFile("thumb", ".bin");
      try {
        Files.write(file, code);
        return run("-D", "-b", "binary", "-m", "arm", "-M", "force-thumb", file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs objdump and reads the instructions among its lines. */
  static List<Line> run(String... arguments) {
    return lines(List.of(arguments)).stream()
        .map(ObjdumpOracle::parse)
        .filter(line -> line != null)
        .toList();
  }

  /** Runs objdump. */
  static List<String> lines(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text;
      try (InputStream in = process.getInputStream()) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      process.waitFor();
      return text.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static Line parse(String text) {
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    int offset = Integer.parseUnsignedInt(matcher.group(1), 16);
    int size = matcher.group(2).length() > 4 ? 4 : 2;
    String[] parts = matcher.group(3).split("\t", -1);
    String operands = parts.length > 1 ? parts[1] : "";
    boolean undefined =
        matcher.group(3).contains("<UNDEFINED>")
            || matcher.group(3).contains("<undefined>")
            || parts[0].startsWith("undefined")
            || parts[0].contains("??");
    String encoding = matcher.group(2).replace(" ", "");
    undefined &= !isHint(encoding);
    String mnemonic = undefined ? "undefined" : name(parts[0].trim(), operands, encoding);
    return new Line(
        offset, size, Integer.parseUnsignedInt(encoding, 16), mnemonic, undefined ? "" : operands);
  }

  private static String name(String printed, String operands, String encoding) {
    String plain = printed.replaceFirst("\\.[nw]$", "");
    if (isHint(encoding)) {
      return "nop";
    }
    if (FOREIGN.matcher(plain).matches() || isForeign(plain, encoding)) {
      return "undefined";
    }
    if (encoding.length() == 8) {
      if (isReserved(Integer.parseUnsignedInt(encoding, 16), plain, operands)) {
        return "undefined";
      }
      if (isVector(encoding, plain)) {
        return "mve";
      }
      if (isCoprocessor(encoding)) {
        return "coprocessor";
      }
    }
    if (plain.startsWith("mov") && SHIFT.matcher(operands).find()) {
      String shift = operands.replaceFirst(".*, (lsl|lsr|asr|ror|rrx).*", "$1");
      return shift + plain.substring(3);
    }
    boolean stack = operands.startsWith("sp!");
    if (stack && plain.startsWith("stmdb")) {
      return "push" + plain.substring(5);
    }
    if (stack && plain.startsWith("ldmia")) {
      return "pop" + plain.substring(5);
    }
    boolean fromPc = operands.matches("\\w+, pc, #-?\\d+.*");
    boolean literal = encoding.length() == 4 ? plain.startsWith("add") : plain.matches("...w(..)?");
    if (fromPc && literal && plain.matches("(add|sub)w?(..)?")) {
      return "adr" + plain.replaceFirst("(add|sub)w?", "");
    }
    if (plain.equals("nop") && encoding.equals("46c0")) {
      return "mov";
    }
    if (plain.matches("[wd]lstp\\..*")) {
      return plain.substring(0, 5);
    }
    if (plain.matches("ldrs?[bh]?t") && encoding.charAt(3) == 'f') {
      return plain.substring(0, plain.length() - 1);
    }
    if (plain.startsWith("fldmiax") && encoding.matches("ec[9d]f.*")) {
      return "vscclrm";
    }
    return alias(plain);
  }

  private static String alias(String plain) {
    for (Map.Entry<String, String> alias : ALIASES.entrySet()) {
      if (plain.startsWith(alias.getKey())) {
        return alias.getValue() + plain.substring(alias.getKey().length());
      }
    }
    return plain;
  }

  /**
   * Encodings that the architecture reserves and objdump prints: register offsets with bits that
   * have to be zero, stores relative to the PC, doubles from 16 on.
   */
  private static boolean isReserved(int encoding, String plain, String operands) {
    if (plain.matches("m(rs|sr)(..)?")) {
      return (encoding & 0xFFFF_F000) != 0xF3EF_8000 && (encoding & 0xFFF0_F300) != 0xF380_8000;
    }
    boolean single = (encoding & 0xFE00_0000) == 0xF800_0000;
    boolean load = (encoding & 0x0010_0000) != 0;
    boolean relative = (encoding & 0x000F_0000) == 0x000F_0000;
    boolean longOffset = (encoding & 0x0080_0000) != 0;
    if (single && relative && !load) {
      return true;
    }
    if (single && !relative && !longOffset && (encoding & 0x0800) == 0) {
      return (encoding & 0x0FC0) != 0;
    }
    boolean coprocessor = (encoding & 0xEFE0_0000) == 0xEC00_0000;
    boolean upperDouble =
        operands
            .replaceAll("<overflow reg d\\d+>", "")
            .matches("(.*[^\\w-])?d(1[6-9]|[23]\\d)([^\\w].*)?");
    return coprocessor || (upperDouble && isFloat(encoding));
  }

  private static boolean isFloat(int encoding) {
    return (encoding & 0xEC00_0E00) == 0xEC00_0A00 && (encoding & 0x0F00_0000) != 0x0F00_0000;
  }

  /** Loads of halfwords into the PC are hints to memory that nothing takes. */
  private static boolean isHint(String encoding) {
    return encoding.matches("f[89](3.f[9b-f]..|b.f...|3.f0[0-3].)|f[89][3b]ff...");
  }

  /** BLX to an address, Advanced SIMD loads and stores, and CPS, SRS and RFE of 32 bits. */
  private static boolean isForeign(String name, String encoding) {
    return (name.equals("blx") && encoding.length() == 8)
        || (encoding.startsWith("f9") && name.matches("v(ld|st)[1-4].*"))
        || (encoding.length() == 8 && name.startsWith("cps"))
        || (encoding.startsWith("f3") && name.equals("subs"));
  }

  /** The spaces that Armv8.1-M gives to its vector extension and objdump to Advanced SIMD. */
  private static boolean isVector(String encoding, String name) {
    int first = Integer.parseInt(encoding.substring(0, 4), 16);
    int coprocessor = Character.digit(encoding.charAt(5), 16);
    boolean space = (first & 0xEC00) == 0xEC00;
    boolean simd = (first & 0xEF00) == 0xEF00;
    boolean arms = coprocessor == 14 || coprocessor == 15;
    return (space && (simd || arms)) || name.matches("(lsll|lsrl|asrl|s?u?q?r?sh[lr]l?)");
  }

  /** Coprocessors 0 to 7, 12 and 13: objdump knows names of old ones there. */
  private static boolean isCoprocessor(String encoding) {
    int first = Integer.parseInt(encoding.substring(0, 4), 16);
    int coprocessor = Character.digit(encoding.charAt(5), 16);
    return (first & 0xEC00) == 0xEC00
        && (first & 0x0F00) != 0x0F00
        && (coprocessor < 8 || coprocessor == 12 || coprocessor == 13);
  }
}
