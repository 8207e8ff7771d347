package dev.thumbprint.firmware.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.engine.UnicornEngine;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.time.Parts;
import dev.thumbprint.kernels.Conv2d;
import dev.thumbprint.kernels.DepthwiseConv2d;
import dev.thumbprint.kernels.FullyConnected;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.WindowGeometry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers of {@code src/firmware/layers}, executed, equal the kernels in Java bit for bit. */
class LayersTest {
  private static final int CLASSES = 11;

  static Stream<String> firmware() {
    return Stream.of("m0", "m3", "m4", "m7", "m33")
        .flatMap(core -> Stream.of("Os", "O2", "O3").map(level -> core + "-" + level));
  }

  @ParameterizedTest
  @MethodSource("firmware")
  void shouldComputeWhatTheKernelsCompute(String build) {
    Image image = Programs.image("layers-" + build + ".elf");
    Core core = Core.ofLabel("cortex-" + build.substring(0, build.indexOf('-'))).orElseThrow();
    MemoryMap map =
        new MemoryMap(
            "test",
            Parts.cpu(core),
            MemoryMap.Family.NONE,
            64_000_000,
            List.of(
                MemoryMap.Region.flash("flash", 0x0800_0000, 0x20000),
                MemoryMap.Region.ram("ram", 0x2000_0000, 0x8000)));
    try (Machine machine =
        new Machine(
            map, image, new UnicornEngine(map.cpu()), CorePipeline.of(core), Machine.Setup.PLAIN)) {
      Outcome outcome = machine.run(new Budget(50_000_000, 1L << 40, Duration.ofSeconds(20)));

      assertThat(outcome.fine()).as(outcome.toString()).isTrue();
      assertThat(new String(machine.semihostingOutput(), StandardCharsets.UTF_8))
          .isEqualTo("layers done\n");
      byte[] convolved = convolve(machine);
      assertThat(bytes(machine, "conv_output")).isEqualTo(convolved);
      byte[] reduced = depthwise(machine, convolved);
      assertThat(bytes(machine, "depthwise_output")).isEqualTo(reduced);
      assertThat(bytes(machine, "dense_output")).isEqualTo(dense(machine, reduced));
      assertThat(distinct(convolved)).as("different values").isGreaterThan(50);
    }
  }

  private static long distinct(byte[] values) {
    long[] seen = new long[256];
    for (byte value : values) {
      seen[value & 0xff] = 1;
    }
    return Arrays.stream(seen).sum();
  }

  private static byte[] bytes(Machine machine, String name) {
    var symbol = machine.image().symbols().find(name).orElseThrow();
    return machine.engine().read(symbol.address(), symbol.size());
  }

  private static int[] words(Machine machine, String name, int row, int count) {
    int address = machine.image().symbols().find(name).orElseThrow().address() + 4 * CLASSES * row;
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = machine.engine().readWord(address + 4 * i);
    }
    return words;
  }

  private static Requantization requantization(Machine machine, int layer, int channels) {
    return new Requantization(
        words(machine, "multiplier", layer, channels),
        words(machine, "shift", layer, channels),
        layer * 5 - 4,
        -128,
        127,
        Rounding.DOUBLE);
  }

  private static byte[] convolve(Machine machine) {
    byte[] output = new byte[800];
    Conv2d.int8(
        new WindowGeometry(1, 10, 10, 7, 3, 3, 1, 1, 1, 1, 1, 1, 10, 10, 8),
        7,
        bytes(machine, "input"),
        3,
        bytes(machine, "conv_filter"),
        words(machine, "bias", 0, 8),
        requantization(machine, 0, 8),
        output);
    return output;
  }

  private static byte[] depthwise(Machine machine, byte[] input) {
    byte[] output = new byte[200];
    DepthwiseConv2d.int8(
        new WindowGeometry(1, 10, 10, 8, 3, 3, 2, 2, 1, 1, 0, 0, 5, 5, 8),
        input,
        -17,
        bytes(machine, "depthwise_filter"),
        words(machine, "bias", 1, 8),
        requantization(machine, 1, 8),
        output);
    return output;
  }

  private static byte[] dense(Machine machine, byte[] input) {
    byte[] output = new byte[CLASSES];
    FullyConnected.int8(
        1,
        200,
        CLASSES,
        input,
        -37,
        bytes(machine, "dense_filter"),
        0,
        words(machine, "bias", 2, CLASSES),
        requantization(machine, 2, CLASSES),
        output);
    return output;
  }
}
