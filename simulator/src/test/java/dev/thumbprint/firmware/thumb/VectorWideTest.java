package dev.thumbprint.firmware.thumb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.InstructionClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Vector instructions, scalar shifts and low-overhead loops of Armv8.1-M, against an objdump that
 * is told the architecture: mvn -Pwide verify.
 */
@Tag("wide")
class VectorWideTest {
  private static final List<String> ARCHITECTURE = List.of("-m", "armv8.1-m.main");
  private static final Path LIBRARIES =
      Path.of("/usr/lib/arm-none-eabi/newlib/thumb/v8.1-m.main+mve");

  private static final Pattern LINE =
      Pattern.compile(
          "\\s*([0-9a-f]+):\\t([0-9a-f]{4} [0-9a-f]{4}) *\\t([a-z][^\\t]*)(?:\\t(.*))?");

  /** Not by a vector register among the operands. */
  private static final Pattern VECTOR_NAMES =
      Pattern.compile(
          "(asrl|lsll|lsrl|s[qr]r?sh[lr]l?|uq?r?sh[lr]l?|vctp.*|vp(st|t|not|sel).*|vmov\\.[su](8|16)"
              + "|vmov\\.8|vmov\\.16|vaddl?va?.*|vml[as]l?dava?.*|vrml[as]ldavh.*|v(max|min)(nm)?a?va?.*)");

  private static final Pattern LOOP_NAMES = Pattern.compile("([dw]ls(tp)?|le(tp)?|lctp)(\\..*)?");

  /** VORR q0, q0, q0. */
  private static final int VECTOR_OR = 0xef20_0150;

  /**
   * What objdump prints and the architecture does not have: vectors above 7, sizes, SP, PC,
   * Advanced SIMD of other profiles; and two that it prints a third vector of.
   */
  private static final Pattern NOT_ALLOWED =
      Pattern.compile(
          ".*(<illegal|undefined|<UNPREDICTABLE|<invalid|\\.[a-z]?\\t|\\.f(8|64)|vqabs|vqneg|d(1[6-9]|[23]\\d)\\["
              + "|v[us]dot|vfm[as]l\\.|\\[\\w+$).*");

  @TempDir Path directory;

  /** ORR with SP or PC as the last operand, where the shifts are, and the loops. */
  @Test
  void shouldTellShiftsAndLoopsFromTheirNeighbours() throws IOException {
    long seed = Long.getLong("thumbprint.seed", 5L);
    Random random = new Random(seed);
    ByteBuffer code = ByteBuffer.allocate(4 * 400_000).order(ByteOrder.LITTLE_ENDIAN);
    while (code.hasRemaining()) {
      boolean loop = random.nextInt(4) == 0;
      int first = loop ? 0xf000 | random.nextInt(64) : 0xea50 | random.nextInt(16);
      int second = random.nextInt(0x10000);
      int last = random.nextBoolean() ? 0xd : 0xf;
      code.putShort((short) first);
      code.putShort((short) (loop ? 0xe001 | (second & 0x0800) : (second & ~0xf) | last));
    }
    Path file = directory.resolve("code.bin");
    Files.write(file, code.array());
    List<String> flags = List.of("-D", "-b", "binary", "-M", "force-thumb");
    assertThat(compare(flags, file)).as("seed " + seed).isGreaterThan(100_000);
  }

  /**
   * Anything in the space of the vector extension. Behind what predicates stand instructions that
   * nothing is told of, so that no suffix of a name is the business of the next one.
   */
  @Test
  void shouldNameEveryVectorInstruction() throws IOException {
    long seed = Long.getLong("thumbprint.seed", 6L);
    Random random = new Random(seed);
    ByteBuffer code = ByteBuffer.allocate(8_000_000).order(ByteOrder.LITTLE_ENDIAN);
    while (code.remaining() >= 24) {
      int encoding = random.nextInt() | 0xec00_0000;
      encoding &= random.nextBoolean() ? ~0x0040_00a0 : ~0;
      encoding |= random.nextBoolean() ? 0x0200_0000 : 0;
      put(code, encoding);
      boolean predicates = (encoding & 0xef00_0000) == 0xee00_0000;
      for (int i = 0; predicates && i < 5; i++) {
        put(code, VECTOR_OR);
      }
    }
    Path file = directory.resolve("vectors.bin");
    Files.write(file, code.array());
    List<String> flags = List.of("-D", "-b", "binary", "-M", "force-thumb");
    assertThat(compare(flags, file)).as("seed " + seed).isGreaterThan(20_000);
  }

  private static void put(ByteBuffer code, int encoding) {
    code.putShort((short) (encoding >>> 16));
    code.putShort((short) encoding);
  }

  @Test
  void shouldAgreeOnLibrariesForHelium() throws IOException {
    assertThat(LIBRARIES).as("Debian: libnewlib-arm-none-eabi").isDirectory();
    int found = 0;
    try (Stream<Path> files = Files.walk(LIBRARIES)) {
      for (Path library : files.filter(file -> file.toString().endsWith(".a")).sorted().toList()) {
        found += compare(List.of("-d"), library);
      }
    }
    assertThat(found).isGreaterThan(2_000);
  }

  /** Compares class and name; how many vector and loop instructions there were. */
  private static int compare(List<String> flags, Path file) throws IOException {
    TreeMap<String, String> differences = new TreeMap<>();
    int[] found = {0};
    for (String line : disassemble(flags, file)) {
      Matcher matcher = LINE.matcher(line);
      boolean allowed = !NOT_ALLOWED.matcher(line).matches();
      if (matcher.matches() && allowed && !matcher.group(3).startsWith(".")) {
        int encoding = Integer.parseUnsignedInt(matcher.group(2).replace(" ", ""), 16);
        String name = matcher.group(3).strip();
        Instruction ours = Decoder.decode(encoding, 4, 0, ItState.NONE);
        if (isReserved(encoding)) {
          continue;
        }
        boolean vector = isVector(name, matcher.group(4));
        boolean loop = LOOP_NAMES.matcher(name).matches();
        InstructionClass kind = ours.instructionClass();
        if (vector != kind.isVector() || loop != (kind == InstructionClass.LOOP)) {
          differences.putIfAbsent(kind + " for " + name, line);
        }
        if (vector) {
          difference(ours, name.replaceAll("\\..*", ""), matcher.group(4))
              .ifPresent(text -> differences.putIfAbsent(text, line));
        }
        found[0] += vector || loop ? 1 : 0;
      }
    }
    assertThat(differences).as(file.toString()).isEmpty();
    return found[0];
  }

  /** Bits that must be zero and that objdump does not look at; sizes that do not widen. */
  private static boolean isReserved(int encoding) {
    boolean immediate = (encoding & 0xefb8_0080) == 0xef80_0080 && (encoding & 0x10) != 0;
    boolean logic = (encoding & 0xff80_1f50) == 0xff00_0150 && (encoding & 0x0030_0000) != 0;
    boolean lane = (encoding & 0xff00_0f10) == 0xee00_0b10 && (encoding & 0xf) != 0;
    boolean wide = (encoding & 0xee00_1e00) == 0xec00_0e00;
    int size = encoding >> 7 & 3;
    boolean narrow = wide && (size <= (encoding >> 19 & 1) || size == 3);
    return immediate || logic || lane || narrow;
  }

  private static Optional<String> difference(Instruction ours, String name, String operands) {
    String text = ours.text();
    boolean same =
        name.matches(text + "[te]?")
            || (text.equals("vorr") && name.matches("vmov[te]?"))
            || (ours.instructionClass() == InstructionClass.VECTOR_PREDICATE
                && name.matches(text + "[te]{0,3}"));
    if (!same) {
      return Optional.of(text + " for " + name);
    }
    if (ours.inItBlock() || !name.startsWith("v")) {
      return Optional.empty();
    }
    int core = OracleComparison.coreMask(operands == null ? "" : operands);
    int mine = (ours.reads() | ours.writes()) & 0xffff;
    int vectors = vectors(operands);
    int mineVectors = ours.fpReads() | ours.fpWrites();
    boolean lane = text.equals("vmov") && operands.contains("[");
    return core == mine && (vectors == mineVectors || lane)
        ? Optional.empty()
        : Optional.of(
            "%s: registers %04x and %08x for %04x and %08x"
                .formatted(text, mine, mineVectors, core, vectors));
  }

  /** Single registers in the vectors that are printed. */
  private static int vectors(String operands) {
    int mask = 0;
    Matcher matcher =
        Pattern.compile("(?<!\\w)q([0-7])(?!\\w)").matcher(operands == null ? "" : operands);
    while (matcher.find()) {
      mask |= 0xf << (4 * Integer.parseInt(matcher.group(1)));
    }
    return mask;
  }

  private static boolean isVector(String name, String operands) {
    boolean register = operands != null && operands.matches("(.*[^\\w])?q\\d.*");
    return register || VECTOR_NAMES.matcher(name).matches();
  }

  private static List<String> disassemble(List<String> flags, Path file) throws IOException {
    return ObjdumpOracle.lines(
        Stream.of(flags, ARCHITECTURE, List.of(file.toString())).flatMap(List::stream).toList());
  }
}
