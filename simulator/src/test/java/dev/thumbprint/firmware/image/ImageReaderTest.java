package dev.thumbprint.firmware.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.firmware.Programs;
import dev.thumbprint.model.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReaderTest {
  private static final OptionalInt NO_BASE = OptionalInt.empty();

  @Test
  void shouldReadSegmentsAtTheirLoadAddress() {
    Image image = Programs.image("stacks-m4.elf");
    assertThat(image.segments()).hasSize(1);
    assertThat(image.segments().getFirst().address()).isZero();
    int[] vectors = words(image.segments().getFirst().bytes(), 2);
    assertThat(vectors[0]).isEqualTo(0x2002_0000);
    assertThat(image.symbols().functionAt(vectors[1])).map(Symbol::name).contains("reset");
    assertThat(image.entry()).hasValue(vectors[1] & ~1);
  }

  private static int[] words(byte[] bytes, int count) {
    int[] words = new int[count];
    Bytes in = new Bytes(bytes, "words");
    for (int i = 0; i < count; i++) {
      words[i] = in.i32();
    }
    return words;
  }

  @Test
  void shouldNameFunctionsAndDescribeAddresses() {
    Symbols symbols = Programs.image("exceptions-m4.elf").symbols();
    Symbol main = symbols.find("main").orElseThrow();
    assertThat(main.function()).isTrue();
    assertThat(main.address() & 1).isZero();
    assertThat(symbols.describe(main.address())).isEqualTo("main");
    assertThat(symbols.describe(main.address() + 6)).isEqualTo("main+0x6");
    assertThat(symbols.describe(0x6000_0000)).isEqualTo("0x60000000");
    assertThat(symbols.find("no_such_function")).isEmpty();
  }

  /** The expected line is what {@code arm-none-eabi-addr2line} prints. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void shouldReadLineTablesOfEveryDwarfVersion(int version) {
    Image image = Programs.image("lines-dwarf" + version + ".elf");
    Symbol exit = image.symbols().find("exit_with").orElseThrow();
    assertThat(image.lines().at(exit.address()))
        .map(LineTable.Position::toString)
        .hasValueSatisfying(position -> assertThat(position).endsWith("start.c:10"));
    Symbol main = image.symbols().find("main").orElseThrow();
    assertThat(image.lines().at(main.address()))
        .map(LineTable.Position::toString)
        .hasValueSatisfying(position -> assertThat(position).endsWith("conditions.c:29"));
    assertThat(image.lines().at(0x6000_0000)).isEmpty();
  }

  @Test
  void shouldReadIntelHexAsTheSameProgram() {
    Image elf = Programs.image("integer-m4.elf");
    String hex = hex(elf, 0x0800_0000) + ":0400000508000065" + "8A\n:00000001FF\n";
    Image image = parse("program.hex", hex);
    assertThat(image.segments()).hasSize(1);
    assertThat(image.segments().getFirst().address()).isEqualTo(0x0800_0000);
    assertThat(image.segments().getFirst().bytes()).isEqualTo(elf.segments().getFirst().bytes());
    assertThat(image.entry()).hasValue(0x0800_0065);
    assertThat(image.symbols().all()).isEmpty();
  }

  private static Image parse(String name, String text) {
    return ImageReader.parse(name, text.getBytes(StandardCharsets.US_ASCII), NO_BASE);
  }

  private static String hex(Image image, int base) {
    StringBuilder text = new StringBuilder();
    byte[] bytes = image.segments().getFirst().bytes();
    int upper = -1;
    for (int i = 0; i < bytes.length; i += 16) {
      int address = base + i;
      if (address >>> 16 != upper) {
        upper = address >>> 16;
        text.append(record(0, 4, new byte[] {(byte) (upper >> 8), (byte) upper}));
      }
      byte[] part = Arrays.copyOfRange(bytes, i, Math.min(i + 16, bytes.length));
      text.append(record(address & 0xffff, 0, part));
    }
    return text.toString();
  }

  private static String record(int offset, int type, byte[] data) {
    byte[] all = new byte[data.length + 5];
    all[0] = (byte) data.length;
    all[1] = (byte) (offset >> 8);
    all[2] = (byte) offset;
    all[3] = (byte) type;
    System.arraycopy(data, 0, all, 4, data.length);
    for (int i = 0; i < all.length - 1; i++) {
      all[all.length - 1] -= all[i];
    }
    return ":" + HexFormat.of().withUpperCase().formatHex(all) + "\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ":0000000100 | checksum 00, expected checksum FF",
        ":02000000AB53 | 6 bytes, expected 7 bytes",
        ":00000009F7 | record type 9",
        "hello | pairs",
        ":zz000001FF | hexadecimal",
        ":020000000102FB | no end record",
      })
  void shouldSayWhatIsWrongWithHex(String line, String message) {
    String expected = message.equals("pairs") ? "first bytes" : message;
    assertThatThrownBy(() -> parse("a.hex", line + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(expected.split(", expected")[0]);
  }

  @Test
  void shouldReadRawBinaryOnlyWithBase() {
    byte[] raw = {0, 0, 1, 0x20, 9, 0, 0, 8};
    Image image = ImageReader.parse("a.bin", raw, OptionalInt.of(0x0800_0000));
    assertThat(image.segments().getFirst().address()).isEqualTo(0x0800_0000);
    assertThat(image.segments().getFirst().bytes()).isEqualTo(raw);
    assertThatThrownBy(() -> ImageReader.parse("a.bin", raw, NO_BASE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--base 0x08000000");
  }

  @Test
  void shouldRefuseProgramsForOtherMachines() {
    byte[] elf = Programs.bytes("integer-m4.elf");
    byte[] other = elf.clone();
    other[18] = 62;
    assertRefused(other, "40 (Arm)");
    byte[] wide = elf.clone();
    wide[4] = 2;
    assertRefused(wide, "32 bits");
    byte[] object = elf.clone();
    object[16] = 1;
    assertRefused(object, "linked program");
  }

  private static void assertRefused(byte[] content, String message) {
    assertThatThrownBy(() -> ImageReader.parse("a.elf", content, NO_BASE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  /** Whatever is done to a file, it is read or refused with a message; nothing else comes out. */
  @ParameterizedTest
  @ValueSource(strings = {"stacks-m4.elf", "lines-dwarf2.elf", "lines-dwarf5.elf", "program.hex"})
  void shouldReadOrRefuseDamagedFiles(String name) {
    byte[] original =
        name.endsWith(".hex")
            ? (hex(Programs.image("stacks-m4.elf"), 0) + ":00000001FF\n")
                .getBytes(StandardCharsets.US_ASCII)
            : Programs.bytes(name);
    long seed = Long.getLong("thumbprint.seed", 20261120);
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = damage(original, random);
      try {
        Image image = ImageReader.parse(name, damaged, OptionalInt.of(0));
        assertThat(image.bytes()).isLessThanOrEqualTo(ImageReader.LOADED_BYTES_MAX);
        image.symbols().describe(0x100);
        image.lines().at(0x100);
      } catch (InputException e) {
        refused++;
        assertThat(e).hasMessageNotContaining("null");
      } catch (RuntimeException e) {
        throw new AssertionError("seed %d, round %d".formatted(seed, round), e);
      }
    }
    assertThat(refused).as("refused of 2000").isPositive();
  }

  private static byte[] damage(byte[] original, Random random) {
    byte[] damaged = original.clone();
    if (random.nextInt(8) == 0) {
      damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
    }
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes && damaged.length > 0; i++) {
      boolean header = random.nextInt(2) == 0;
      int at = random.nextInt(header ? Math.min(160, damaged.length) : damaged.length);
      int[] values = {0, 1, 0x7f, 0x80, 0xff, random.nextInt(256)};
      damaged[at] = (byte) values[random.nextInt(values.length)];
    }
    return damaged;
  }

  @ParameterizedTest
  @CsvSource({
    "_ZN6tflite16MicroInterpreter6InvokeEv, tflite::MicroInterpreter::Invoke",
    "_ZN12_GLOBAL__N_13RunEPi, (anonymous namespace)::Run",
    "_ZN6tflite5ArrayIiLi3EED2Ev, tflite::Array::~Array",
    "_ZNK3foo3barIN3baz4quxxEEEvT_, foo::bar",
    "_Z3addii, add",
    "_ZL6helperv, helper",
    "main, main",
    "_Z, _Z",
    "_ZN, _ZN",
    "_ZN99999999xE, _ZN99999999xE",
  })
  void shouldMakeNamesReadable(String mangled, String readable) {
    assertThat(CxxNames.demangle(mangled)).isEqualTo(readable);
  }

  @Test
  void shouldRefuseOverlappingSegments() {
    var first = new Image.Segment(0x100, new byte[16]);
    var second = new Image.Segment(0x108, new byte[16]);
    assertThatThrownBy(
            () ->
                ImageReader.image(
                    "x", List.of(second, first), NO_BASE, Symbols.NONE, LineTable.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("overlap");
  }
}
