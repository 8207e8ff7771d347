package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.firmware.Programs;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.InputSource;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code emulate --model FILE@ADDR} with {@code src/firmware/reader}, which reads the model at that
 * address in place and runs it.
 */
class EmulateModelTest {
  private static final String MODEL_AT = "0x08010000";
  private static final String INPUT_AT = "0x08070000";
  private static final long MODEL_BYTES_MAX = 0x60000;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int emulateOn(String core, String board, String... more) throws IOException {
    Path elf = directory.resolve("reader.elf");
    Files.write(elf, Programs.bytes("reader-" + core + ".elf"));
    List<String> args = new ArrayList<>(List.of("emulate", elf.toString(), "-b", board));
    args.addAll(List.of(more));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
  }

  private int emulate(String... more) throws IOException {
    return emulateOn("m4", "nucleo-l4r5zi", more);
  }

  private Path model(Graph graph) throws IOException {
    Path file = directory.resolve("model.tflite");
    TfliteWriter.write(graph, file);
    return file;
  }

  private static String at(Path model) {
    return model + "@" + MODEL_AT;
  }

  @ParameterizedTest
  @CsvSource({
    "m0, nucleo-g0b1re, ad",
    "m0, nucleo-g0b1re, kws",
    "m4, nucleo-l4r5zi, ad",
    "m4, nucleo-l4r5zi, kws",
    "m33, nucleo-u575zi-q, ad",
    "m33, nucleo-u575zi-q, kws",
  })
  void shouldRunTheModelThatIsThere(String core, String board, String name) throws IOException {
    Graph graph = Zoo.graph(name);
    Interpreter run = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    InputSource.fill(new InputSource.Drawn(7), run);
    Path input = Files.write(directory.resolve("input"), run.tensorBytes(run.input(0).index()));
    List<String> expected = new ArrayList<>();
    run.invoke(node -> expected.add(crc(run.tensorBytes(node.outputs().getFirst()))));

    int status =
        emulateOn(core, board, "--model", at(model(graph)), "--poke", INPUT_AT + "=" + input);

    List<String> found = out.toString().lines().filter(EmulateModelTest::isCrc).toList();
    if (name.equals("kws")) {
      // The program has no softmax, and says so.
      assertThat(expected.removeLast()).isNotEmpty();
      assertThat(status).isEqualTo(ExitStatus.LIMIT_FAILED);
      assertThat(out.toString()).contains("an operator that this program does not have");
    } else {
      assertThat(status).as(err.toString()).isEqualTo(ExitStatus.FINE);
      assertThat(out.toString()).contains("network done");
    }
    assertThat(found).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(10);
    // A RESHAPE copies.
    assertThat(found.stream().distinct().count()).isGreaterThanOrEqualTo(found.size() - 1);
  }

  private static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return String.format(Locale.ROOT, "%08X", crc.getValue());
  }

  private static boolean isCrc(String line) {
    return line.matches("[0-9A-F]{8}");
  }

  /** The layers of the model name what the interpreter calls. */
  @Test
  void shouldNameOperatorsByTheModel() throws IOException {
    Graph graph = Zoo.graph("ad");
    assertThat(emulate("--model", at(model(graph)), "--json")).isEqualTo(ExitStatus.FINE);
    JsonNode operators = new JsonMapper().readTree(out.toString()).path("operators");
    assertThat(operators.size()).isEqualTo(graph.main().nodes().size());
    for (Node node : graph.main().nodes()) {
      JsonNode operator = operators.path(node.index());
      assertThat(operator.path("op").asString()).isEqualTo(node.label());
      assertThat(operator.path("function").asString())
          .isEqualTo("tflite::(anonymous namespace)::FullyConnectedEval");
    }
  }

  @Test
  void shouldSayWhereTheFirmwareFindsNoModel() throws IOException {
    assertThat(emulate()).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString()).contains("model refused: no TFL3 at the address");
    // Named, but not written: the operators would be those of the file, and there are none.
    assertThat(emulate("--model", model(Zoo.graph("ad")).toString()))
        .isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString()).contains("model refused: no TFL3 at the address");
  }

  @Test
  void shouldRefuseDamagedModel() throws IOException {
    Path file = model(Zoo.graph("ad"));
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 100, bytes.length / 2}) {
      Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, length));
      assertThat(emulate("--model", at(cut)))
          .as("%d bytes", length)
          .isEqualTo(ExitStatus.BAD_INPUT);
      assertThat(err.toString()).contains("cut").doesNotContain("Exception");
      assertThat(out.toString()).isEmpty();
    }
  }

  /** What {@code --poke} writes is the firmware's own affair; this one checks it. */
  @Test
  void shouldLetTheFirmwareRefuseWhatItReads() throws IOException {
    byte[] bytes = Files.readAllBytes(model(Zoo.graph("ad")));
    bytes[0] = (byte) 0xff;
    bytes[3] = 0x7f;
    Path damaged = Files.write(directory.resolve("damaged"), bytes);
    assertThat(emulate("--poke", MODEL_AT + "=" + damaged)).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString()).contains("model refused: a reference leads outside of the model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x60000000", "0x081fff00", "0x07ffffff", "0xffffff00", "0x40000000", "-16"})
  void shouldRefuseAddressWithoutMemory(String address) throws IOException {
    Path file = model(Zoo.graph("ad"));
    assertThat(emulate("--model", file + "@" + address)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("model.tflite: no memory for " + Files.size(file) + " bytes at " + address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no_such_array", "0x1ffffffff", "08x"})
  void shouldRefuseWhatIsNoAddress(String address) throws IOException {
    assertThat(emulate("--model", model(Zoo.graph("ad")) + "@" + address))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains(address).contains("Try: thumbprint emulate --help");
  }

  /** 256 KiB of flash are left behind this address. */
  @Test
  void shouldRefuseModelThatIsTooLarge() throws IOException {
    Path file = model(Zoo.graph("vww"));
    assertThat(emulate("--model", file + "@0x081c0000")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("no memory for " + Files.size(file) + " bytes");
  }

  /** RAM of this part is three memories, one behind the other. */
  @Test
  void shouldWriteAcrossMemoriesThatFollowEachOther() throws IOException {
    Path file = model(Zoo.graph("ad"));
    assertThat(Files.size(file)).isGreaterThan(0x30000);
    assertThat(emulate("--model", file + "@0x20001000", "--max-instructions", "1"))
        .as(err.toString())
        .isEqualTo(ExitStatus.LIMIT_FAILED);
  }

  @Test
  void shouldNotWriteOverWhatLiesBehindAnArray() throws IOException {
    Path file = model(Zoo.graph("ad"));
    assertThat(Files.size(file)).isLessThan(MODEL_BYTES_MAX);
    assertThat(emulate("--model", file + "@arena")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains(Files.size(file) + " bytes do not fit arena, which has " + 104 * 1024);
  }

  @Test
  void shouldTakeFileWithAnAtInItsName() throws IOException {
    Path file = directory.resolve("v@2.tflite");
    TfliteWriter.write(Zoo.graph("ad"), file);
    assertThat(emulate("--model", file + "@" + MODEL_AT)).isEqualTo(ExitStatus.FINE);
    assertThat(emulate("--model", file.toString())).isEqualTo(ExitStatus.LIMIT_FAILED);
    assertThat(out.toString()).contains("no TFL3 at the address");
  }
}
