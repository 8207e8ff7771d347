package dev.thumbprint.firmware.thumb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.InstructionClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The decoder against what objdump said when {@link GoldenEncodings} was last run. */
class GoldenEncodingsTest {
  /** SP, LR and PC often take part without being printed. */
  private static final int IMPLICIT = 0xE000;

  @Test
  void shouldNameAndClassifyEveryNarrowEncoding() {
    List<String> wrong = new ArrayList<>();
    int covered = 0;
    for (String row : rows(GoldenEncodings.NARROW)) {
      String[] cells = row.split(",");
      int last = Integer.parseInt(cells[1], 16);
      for (int halfword = Integer.parseInt(cells[0], 16); halfword <= last; halfword++) {
        Instruction ours = Decoder.decode(halfword, 2, 0, ItState.NONE);
        covered++;
        if (!ours.text().equals(cells[2]) || !ours.instructionClass().name().equals(cells[3])) {
          wrong.add("%04x %s for %s".formatted(halfword, ours.text(), row));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(covered).isEqualTo(GoldenEncodings.NARROW_END - 240);
  }

  @Test
  void shouldNameAndClassifyWideEncodingsAndKnowTheirRegisters() {
    List<String> wrong = new ArrayList<>();
    Set<Mnemonic> seen = EnumSet.noneOf(Mnemonic.class);
    for (String row : rows(GoldenEncodings.WIDE)) {
      String[] cells = row.split(",");
      int encoding = Integer.parseUnsignedInt(cells[0], 16);
      Instruction ours = Decoder.decode(encoding, 4, 0, ItState.NONE);
      seen.add(ours.mnemonic());
      if (!OracleComparison.name(ours).equals(cells[1])
          || !ours.instructionClass().name().equals(cells[2])
          || (OracleComparison.comparesRegisters(ours) && !sameRegisters(ours, cells))) {
        wrong.add(row + " for " + ours.text() + " " + ours.instructionClass());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).hasSizeGreaterThan(330);
  }

  private static boolean sameRegisters(Instruction ours, String[] cells) {
    int core = Integer.parseInt(cells[3], 16);
    int mine = (ours.reads() | ours.writes()) & 0xFFFF;
    int fp = Integer.parseUnsignedInt(cells[4], 16);
    int mineFp = ours.fpReads() | ours.fpWrites();
    boolean half = ours.mnemonic() == Mnemonic.VMOV_32;
    return (core & ~mine) == 0
        && (mine & ~core & ~IMPLICIT) == 0
        && (half ? (mineFp & ~fp) == 0 && mineFp != 0 : mineFp == fp);
  }

  @Test
  void shouldDecodeEveryEncodingWithoutFailing() {
    for (int first = GoldenEncodings.NARROW_END; first <= 0xFFFF; first++) {
      for (int second : new int[] {0, 0xFFFF, 0x5555, 0xAAAA, 0x0F0F, 0xF000, 0x0A10, 0xFB00}) {
        Instruction ours = Decoder.decode(first << 16 | second, 4, 0, 0x08);
        assertThat(ours.size()).isEqualTo(4);
        assertThat(ours.mnemonic() == Mnemonic.UNDEFINED)
            .isEqualTo(ours.instructionClass() == InstructionClass.UNDEFINED);
      }
    }
  }

  private static List<String> rows(String resource) {
    try (InputStream in =
        Objects.requireNonNull(GoldenEncodingsTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }
}
