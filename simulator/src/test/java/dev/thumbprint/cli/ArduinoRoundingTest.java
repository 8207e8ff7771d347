package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.firmware.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What QUANTIZE takes more where TFLM is built for Arduino: profiled as it is executed. */
final class ArduinoRoundingTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Elements that the program quantises. */
  private static final int ELEMENTS = 2000;

  private static final int LENET_INPUTS = 32 * 32;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"m4, nucleo-l4r5zi", "m0, nucleo-g0b1re"})
  void shouldAddWhatRoundingAsADoubleTakesInAProgram(String core, String board) throws IOException {
    double executed =
        (executed("rounding-" + core + "-double", board) - executed("rounding-" + core, board))
            / ELEMENTS;
    double priced = priced(board, "on") - priced(board, "off");
    assertThat(priced).as("cycles of an element").isCloseTo(executed, within(0.01 * executed));
  }

  @Test
  void shouldDivideInSoftwareWhereThereIsNoUnit() throws IOException {
    String board = "nucleo-g0b1re";
    double executed = executed("rounding-m0", board) / ELEMENTS;
    assertThat(priced(board, "off")).isCloseTo(executed, within(0.01 * executed));
  }

  private double executed(String program, String board) throws IOException {
    Path elf = folder.resolve(program + ".elf");
    Files.write(elf, Programs.bytes(program + ".elf"));
    for (JsonNode function :
        json("emulate", elf.toString(), "-b", board, "--wait-states", "0").path("functions")) {
      if (function.path("name").asString().startsWith("quantize")) {
        return function.path("total_cycles").asDouble();
      }
    }
    throw new AssertionError("no quantize in " + program);
  }

  /** Cycles of an element of LeNet's QUANTIZE. */
  private static double priced(String board, String arduino) {
    JsonNode layer =
        json(
                "profile",
                "lenet",
                "-b",
                board,
                "--kernels",
                "tflm-reference@2026",
                "--wait-states",
                "0",
                "--arduino",
                arduino)
            .path("layers")
            .get(0);
    assertThat(layer.path("op").asString()).isEqualTo("QUANTIZE");
    return layer.path("cycles").path("value").asDouble() / LENET_INPUTS;
  }

  private static JsonNode json(String... args) {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--json";
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), all))
        .as(err.toString())
        .isZero();
    return MAPPER.readTree(out.toString());
  }
}
