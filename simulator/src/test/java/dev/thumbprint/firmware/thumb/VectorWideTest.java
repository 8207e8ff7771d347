package dev.thumbprint.firmware.thumb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.InstructionClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      if (matcher.matches() && !matcher.group(3).startsWith(".")) {
        int encoding = Integer.parseUnsignedInt(matcher.group(2).replace(" ", ""), 16);
        String name = matcher.group(3).strip();
        Instruction ours = Decoder.decode(encoding, 4, 0, ItState.NONE);
        boolean vector = isVector(name, matcher.group(4));
        boolean loop = LOOP_NAMES.matcher(name).matches();
        InstructionClass kind = ours.instructionClass();
        if (vector != (kind == InstructionClass.VECTOR)
            || loop != (kind == InstructionClass.LOOP)) {
          differences.putIfAbsent(kind + " for " + name, line);
        }
        boolean family = ours.mnemonic() == Mnemonic.MVE;
        if (vector && !family && !ours.text().equals(name.replaceAll("\\..*", ""))) {
          differences.putIfAbsent(ours.text() + " for " + name, line);
        }
        found[0] += vector || loop ? 1 : 0;
      }
    }
    assertThat(differences).as(file.toString()).isEmpty();
    return found[0];
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
