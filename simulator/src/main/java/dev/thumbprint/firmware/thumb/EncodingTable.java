package dev.thumbprint.firmware.thumb;

import dev.thumbprint.cost.core.InstructionClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the encoding tables.
 *
 * <p>A line is {@code pattern mnemonic class extension operands...}. A pattern has one character a
 * bit, most significant first, blanks allowed: 0 and 1 must match, - is ignored, a letter names a
 * field; the bits of one letter join in the order they stand. {@code [a,b,c:x]} stands for a line
 * per alternative, the same choice for every bracket of letter x. Operands:
 *
 * <ul>
 *   <li>{@code w: r: a: s: q: R: k:} core registers written; read; read for an address (base, then
 *       index); read through the shifter; read through it if a shift is encoded; read through a
 *       rotator if a rotation is encoded; added to a product. Letters name fields, {@code l} is a
 *       list, {@code S L P} are SP, LR and PC, {@code E O} twice field e, and twice field o plus
 *       one.
 *   <li>{@code f: F: o: g:} status bits N Z C V Q G P written always; written if field s is set;
 *       written outside an IT block; read. G is GE, P is FPSCR.
 *   <li>{@code fw: fr: fk:} floating-point registers written, read, added to a product, with an
 *       optional width of 4 or 8 bytes, h for one half of a double, or q for a vector; {@code X} is
 *       the register behind.
 *   <li>{@code ld:W st:W} memory access of W bytes, {@code xN} N of them, {@code *} one for each
 *       register, {@code l} as many as field l says; {@code wb} with write-back.
 *   <li>{@code i:} immediate, {@code y:} fixed shift kind, {@code b:} branch offset.
 * </ul>
 */
final class EncodingTable {
  private static final Pattern ALTERNATIVES = Pattern.compile("\\[([^\\]:]*):(\\w)\\]");

  /** Reads one table of encodings that are {@code bits} wide. */
  static List<Encoding> read(String resource, int bits) {
    List<Encoding> rows = new ArrayList<>();
    for (String line : text(resource).split("\n")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        for (String expanded : expand(line)) {
          rows.add(row(expanded, bits));
        }
      }
    }
    return rows;
  }

  private static String text(String resource) {
    try (InputStream in = EncodingTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> expand(String line) {
    Matcher first = ALTERNATIVES.matcher(line);
    if (!first.find()) {
      return List.of(line);
    }
    String letter = first.group(2);
    int choices = first.group(1).split(",", -1).length;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < choices; i++) {
      int choice = i;
      String chosen =
          ALTERNATIVES
              .matcher(line)
              .replaceAll(
                  m -> m.group(2).equals(letter) ? m.group(1).split(",", -1)[choice] : m.group());
      lines.addAll(expand(chosen));
    }
    return lines;
  }

  private static Encoding row(String line, int bits) {
    String[] tokens = line.trim().split("\\s+");
    StringBuilder pattern = new StringBuilder();
    int next = 0;
    while (pattern.length() < bits && next < tokens.length) {
      pattern.append(tokens[next++]);
    }
    if (pattern.length() != bits || tokens.length < next + 3) {
      throw new IllegalStateException("not an encoding of " + bits + " bits: " + line);
    }
    Mnemonic mnemonic = Mnemonic.of(tokens[next]);
    InstructionClass instructionClass =
        InstructionClass.valueOf(tokens[next + 1].toUpperCase(Locale.ROOT));
    Extension extension = Extension.valueOf(tokens[next + 2].toUpperCase(Locale.ROOT));
    Fields fields = Fields.of(pattern.toString());
    List<Operand> operands = new ArrayList<>();
    for (int i = next + 3; i < tokens.length; i++) {
      operands.add(Operands.parse(tokens[i], fields));
    }
    return new Encoding(
        bits / 8,
        fields.fixedMask(),
        fields.fixedValue(),
        mnemonic,
        instructionClass,
        extension,
        List.copyOf(operands));
  }

  private EncodingTable() {}
}
