package dev.thumbprint.firmware.thumb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The decoder against a live objdump and the libraries of its toolchain: mvn -Pwide verify. */
@Tag("wide")
class ObjdumpWideTest {
  private static final List<String> LIBRARIES =
      List.of("/usr/lib/arm-none-eabi/newlib", "/usr/lib/gcc/arm-none-eabi");

  private static final int WIDE_HALFWORDS = 0x10000 - 0xE800;

  @BeforeAll
  static void needObjdump() {
    assertThat(ObjdumpOracle.isInstalled())
        .as("%s is installed (Debian: binutils-arm-none-eabi)", ObjdumpOracle.PROGRAM)
        .isTrue();
  }

  @Test
  void shouldAgreeOnEveryNarrowEncoding() {
    ByteBuffer code = ByteBuffer.allocate(2 * 0xE800).order(ByteOrder.LITTLE_ENDIAN);
    for (int halfword = 0; halfword < 0xE800; halfword++) {
      boolean startsItBlock = (halfword & 0xFF00) == 0xBF00 && (halfword & 0xF) != 0;
      if (!startsItBlock) {
        code.putShort((short) halfword);
      }
    }
    compare("narrow", ObjdumpOracle.disassemble(trim(code)));
  }

  /** Every first halfword with random second ones. */
  @Test
  void shouldAgreeOnRandomWideEncodings() {
    long seed = Long.getLong("thumbprint.seed", 4L);
    Random random = new Random(seed);
    for (int round = 0; round < Integer.getInteger("thumbprint.rounds", 40); round++) {
      ByteBuffer code = ByteBuffer.allocate(4 * 8 * WIDE_HALFWORDS).order(ByteOrder.LITTLE_ENDIAN);
      for (int first = 0xE800; first <= 0xFFFF; first++) {
        for (int i = 0; i < 8; i++) {
          code.putShort((short) first).putShort((short) random.nextInt(0x10000));
        }
      }
      compare("seed " + seed + " round " + round, ObjdumpOracle.disassemble(code.array()));
    }
  }

  /** The C and maths libraries of the toolchain, for every core it knows. */
  @Test
  void shouldAgreeOnRealLibraries() throws IOException {
    List<Path> libraries = libraries();
    assertThat(libraries)
        .as("libraries under %s (Debian: libnewlib-arm-none-eabi, gcc-arm-none-eabi)", LIBRARIES)
        .isNotEmpty();
    for (Path library : libraries) {
      compare(library.toString(), ObjdumpOracle.run("-d", library.toString()));
    }
  }

  private static List<Path> libraries() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String root : LIBRARIES) {
      if (Files.isDirectory(Path.of(root))) {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
          files
              .filter(file -> file.toString().matches(".*/thumb/v[678][^/]*-m[./+].*"))
              .filter(file -> file.getFileName().toString().matches("lib(c|m|gcc)\\.a"))
              .sorted()
              .forEach(found::add);
        }
      }
    }
    return found;
  }

  private static byte[] trim(ByteBuffer code) {
    byte[] bytes = new byte[code.position()];
    code.get(0, bytes);
    return bytes;
  }

  private static void compare(String what, List<ObjdumpOracle.Line> lines) {
    assertThat(lines).as(what).isNotEmpty();
    TreeMap<String, Integer> counts = new TreeMap<>();
    TreeMap<String, String> examples = new TreeMap<>();
    int itState = ItState.NONE;
    int next = 0;
    for (ObjdumpOracle.Line line : lines) {
      itState = line.offset() == next ? itState : ItState.NONE;
      next = line.offset() + line.size();
      if (!line.mnemonic().startsWith(".")) {
        Instruction ours = Decoder.decode(line.encoding(), line.size(), line.offset(), itState);
        itState = ItState.after(ours, itState);
        OracleComparison.difference(ours, line)
            .ifPresent(
                difference -> {
                  counts.merge(difference, 1, Integer::sum);
                  examples.putIfAbsent(
                      difference,
                      "%08x %s %s: %s"
                          .formatted(
                              ours.encoding(), line.mnemonic(), line.operands(), difference));
                });
      }
    }
    StringBuilder report = new StringBuilder();
    counts.forEach(
        (kind, count) ->
            report.append('\n').append(count).append(" x ").append(examples.get(kind)));
    assertThat(counts).as("%s, %d instructions: %s", what, lines.size(), report).isEmpty();
  }
}
