package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real models against checksums that real builds of TensorFlow Lite Micro printed. Needs {@code
 * -Dthumbprint.models=DIR}; without it every case is reported as skipped.
 */
final class GoldenTest {
  private static final int LCG_SEED = 12_345;
  private static final int BENCHMARK_SEED = 0xFB;

  /** The columns of each line of a resource. */
  static List<String[]> rows(String resource) {
    return lines(resource).stream().map(line -> line.split(",", -1)).toList();
  }

  /** The lines of a resource, without comments and headings. */
  static List<String> lines(String resource) {
    try (InputStream stream = GoldenTest.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static Stream<String> models() {
    return rows("golden-layers.csv").stream().map(row -> row[0]).distinct();
  }

  private static Interpreter open(String model) {
    return open(model, RunOptions.defaults());
  }

  private static Interpreter open(String model, RunOptions options) {
    String folder = System.getProperty("thumbprint.models", "");
    assumeFalse(folder.isBlank(), "needs -Dthumbprint.models=DIR with " + model + ".tflite");
    return OperatorTable.prepare(TfliteReader.read(Path.of(folder, model + ".tflite")), options)
        .interpreter();
  }

  static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "%08x".formatted(crc.getValue());
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyLayerEqualsTheRuntime(String model) {
    compareLayers(model, open(model), row -> row[4]);
  }

  /** The library has columns of its own where it departs: LSTM from the second inference on. */
  @ParameterizedTest
  @MethodSource("models")
  void everyLayerEqualsTheLibrary(String model) {
    RunOptions library = RunOptions.defaults().with(Dialect.parse("cmsis-nn@2026"));
    compareLayers(model, open(model, library), row -> row[5].isEmpty() ? row[4] : row[5]);
  }

  private static void compareLayers(
      String model, Interpreter run, Function<String[], String> checksum) {
    List<String[]> expected =
        rows("golden-layers.csv").stream().filter(row -> row[0].equals(model)).toList();
    List<String> found = new ArrayList<>();
    for (int inference = 0; inference < 3; inference++) {
      String number = String.valueOf(inference);
      String inputs = setBenchmarkInput(run, BENCHMARK_SEED + inference);
      run.invoke(
          node ->
              found.add(
                  String.join(
                      " ",
                      number,
                      String.valueOf(node.index()),
                      node.label(),
                      crc(run.tensorBytes(node.outputs().getFirst())),
                      inputs)));
    }
    assertThat(found)
        .isEqualTo(
            expected.stream()
                .map(row -> String.join(" ", row[1], row[2], row[3], checksum.apply(row), row[7]))
                .toList());
  }

  private static String setBenchmarkInput(Interpreter run, int seed) {
    Mt19937 random = new Mt19937(seed);
    List<String> crcs = new ArrayList<>();
    for (int i = 0; i < run.inputs(); i++) {
      byte[] bytes = new byte[run.inputBytes(i)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = random.nextByte();
      }
      run.setInput(i, bytes);
      crcs.add(crc(bytes));
    }
    return String.join("+", crcs);
  }

  static Stream<String[]> outputs() {
    return rows("golden-outputs.csv").stream();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("outputs")
  void outputsEqualTheRuntime(
      String model, String input, String kernels, String crc0, String crc1, String crc2) {
    Interpreter run = open(model);
    int state = LCG_SEED;
    List<String> found = new ArrayList<>();
    int inferences = crc1.isEmpty() ? 1 : 3;
    for (int inference = 0; inference < inferences; inference++) {
      for (int i = 0; i < run.inputs(); i++) {
        byte[] bytes = new byte[run.inputBytes(i)];
        for (int k = 0; k < bytes.length; k++) {
          state = state * 1_664_525 + 1_013_904_223;
          bytes[k] = (byte) (input.equals("lcg") ? state >>> 24 : 7 * k + 3);
        }
        run.setInput(i, bytes);
      }
      run.invoke();
      found.add(crc(run.outputBytes(0)));
    }
    assertThat(found)
        .as(kernels)
        .isEqualTo(inferences == 1 ? List.of(crc0) : List.of(crc0, crc1, crc2));
  }
}
