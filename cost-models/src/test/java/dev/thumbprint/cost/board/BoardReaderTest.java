package dev.thumbprint.cost.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.BadDescription;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardReaderTest {
  private static final String SYNTAX = ":-[]{}&*!|>'\"%@`\n\t #,?~";
  private static final String GOOD = Boards.write(Boards.named("nucleo-f767zi"));

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          core: cortex-m7     | kore: cortex-m7       | kore: unknown key         | did you mean 'core'?
          core: cortex-m7     | core: cortex-m8       | found 'cortex-m8', expected one of | did you mean 'cortex-m0'?
          read_bits: 256      | red_bits: 256         | flash.red_bits: unknown key | did you mean 'read_bits'?
          size: 2 MiB         | size: 2 MHz           | flash.size: found '2 MHz', expected a size such as 512 KiB |
          size: 2 MiB         | size: 2               | flash.size: found '2', expected a size |
          size: 2 MiB         | size: -2 MiB          | flash.size: found '-2 MiB' |
          max: 216 MHz        | max: 216 GHz          | clock.max: found '216 GHz', expected 1 to 5000000000 Hz | prefix
          max: 216 MHz        | max: 200 MHz          | clock.default: is above 'max' |
          version: 1          | version: 2            | version: found 2, expected 1 | another release
          version: 1          | verzion: 1            | verzion: unknown key | did you mean 'version'?
          bus_divider: 1      | bus_divider: unknown  | found 'unknown', expected a whole number | has to be known
          fpu: double         | core: cortex-m7       | key 'core' again, first on line | keep one
          arena: "SRAM"       | arena: "SRAN"         | arena: found 'SRAN', expected one of DTCM, SRAM, ITCM | did you mean 'SRAM'?
          arena: "SRAM"       | arena: [a             | not YAML |
          notes:              | long_multiply:        | long_multiply: found on a cortex-m7, which multiplies to 64 bits itself | leave it out
          fpu: double         | fpu: *x               | an anchor or alias |
          id: nucleo-f767zi   | id: "../../etc"       | id: found '../../etc', expected lower-case letters |
          0: 30 MHz           | 16: 30 MHz            | expected wait states from 0 to 15 |
          1: 60 MHz           | 1: 20 MHz             | wait states and clocks have to rise |
          ways: 2             | ways: 2.5             | found '2.5', expected a whole number from 1 to 65536 |
          ways: 2             | ways: 0               | found '0', expected a whole number from 1 to 65536 |
          ways: 2             | ways: -2              | found '-2', expected a whole number from 1 to 65536 |
          ways: 2             | ways: 65537           | expected a whole number from 1 to 65536 |
          ways: 2             | ways: 3               | caches[0].size: found 16384 B, expected a multiple of 96 B | whole sets
          line: 32 B          | line: 0               | caches[0].line: found '0', expected 4 to 1024 B |
          line: 32 B          | line: -32 B           | caches[0].line: found '-32 B' |
          line: 32 B          | line: 2 B             | expected 4 to 1024 B |
          line: 32 B          | line: 24 B            | caches[0].line: found 24 B, expected a power of two |
          line: 32 B          | line: 1 GiB           | expected 4 to 1024 B |
          size: 16 KiB        | size: 0               | caches[0].size: found '0', expected 1 to 16777216 B |
          size: 16 KiB        | size: 1 B             | caches[0].size: found 1 B, expected a multiple of 64 B |
          size: 16 KiB        | size: 4 GiB           | caches[0].size: found '4 GiB', expected 1 to 16777216 B |
          size: 16 KiB        | size: 1 MiB           | found 1048576 B, expected 4, 8, 16, 32 or 64 KiB | place: flash
          size: 16 KiB        | size: 12 KiB          | found 12288 B, expected 4, 8, 16, 32 or 64 KiB |
          regulators: [ldo]   | regulators: [lda]     | found 'lda', expected ldo or smps |
          regulators: [ldo]   | regulators: [smps]    | supply.regulator: is not among 'regulators' |
          external_flash: none| external_flash: maybe | external_flash: found 'maybe', expected a block of keys |
          """)
  void shouldSayWhatIsWrongAndWhere(String good, String bad, String message, String hint) {
    assertThat(GOOD).contains(good);
    String text = GOOD.replaceFirst(Pattern.quote(good), bad);
    assertThatThrownBy(() -> Boards.parse("mine.yaml", text))
        .isInstanceOf(BadDescription.class)
        .hasMessageContaining(message)
        .hasMessageContaining(hint == null ? "" : hint)
        .hasMessageMatching("(?s)mine\\.yaml:[0-9]+: .*");
  }

  @Test
  void shouldAskForUnknownWhereAKeyIsMissing() {
    String text = GOOD.replaceFirst("price: unknown\n", "");
    assertThatThrownBy(() -> Boards.parse("mine.yaml", text))
        .hasMessageContaining("price: missing")
        .hasMessageContaining("write 'price: unknown' where it is not known");
  }

  @Test
  void shouldNameTheLine() {
    long line = GOOD.substring(0, GOOD.indexOf("read_bits")).lines().count();
    String text = GOOD.replaceFirst("read_bits: 256", "read_bits: many");
    assertThatThrownBy(() -> Boards.parse("mine.yaml", text))
        .hasMessageContaining("mine.yaml:" + line + ": flash.read_bits: found 'many'");
  }

  @Test
  void shouldRefuseHostileDocuments() {
    String deep = "version: " + "[".repeat(20_000);
    String wide = "version: [" + "1, ".repeat(100_000) + "1]";
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    for (String text : new String[] {deep, wide, bomb, "", "\n", "- 1", "1", "---\n---\n"}) {
      assertThatThrownBy(() -> Boards.parse("hostile.yaml", text))
          .isInstanceOf(BadDescription.class)
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
    }
  }

  /** Damaged files are refused with a clear error or still read; nothing else ever escapes. */
  @Test
  void shouldSurviveDamage() {
    long seed = 20261120;
    Random random = new Random(seed);
    int refused = 0;
    int rounds = 1000;
    for (int round = 0; round < rounds; round++) {
      String text = damaged(GOOD, random);
      try {
        Boards.parse("damaged.yaml", text);
      } catch (BadDescription e) {
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d, round %d:%n%s".formatted(seed, round, text), e);
      }
    }
    assertThat(refused).isGreaterThan(rounds / 4);
  }

  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(4); edits > 0 && !damaged.isEmpty(); edits--) {
      int at = random.nextInt(damaged.length());
      int length = 1 + random.nextInt(Math.min(20, damaged.length() - at));
      switch (random.nextInt(5)) {
        case 0 -> damaged.delete(at, at + length);
        case 1 -> damaged.insert(at, damaged.substring(at, at + length));
        case 2 -> damaged.setCharAt(at, (char) random.nextInt(0x2030));
        case 3 -> damaged.insert(at, SYNTAX.charAt(random.nextInt(SYNTAX.length())));
        default -> damaged.setLength(Math.max(1, at));
      }
    }
    return damaged.toString();
  }
}
