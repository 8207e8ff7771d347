package dev.thumbprint.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels of early 2020 against checksums that the library itself printed. */
class Cmsis2020Test {
  private static final int LAYERS = 100;

  /** A row of the figures. */
  record Row(String kernel, int seed, String crc32) {}

  /** The generator of the program that made the figures. */
  private static final class Draw {
    private int state;

    private Draw(int seed) {
      state = seed;
    }

    int below(int bound) {
      state = state * 1_664_525 + 1_013_904_223;
      return (state >>> 8) % bound;
    }

    int between(int min, int max) {
      return min + below(max - min + 1);
    }

    int multiplier() {
      return (1 << 30) + below(1 << 22) * 256;
    }

    byte[] bytes(int count) {
      int kind = below(5);
      byte[] bytes = new byte[count];
      for (int i = 0; i < count; i++) {
        bytes[i] =
            (byte)
                switch (kind) {
                  case 1 -> -128;
                  case 2 -> 127;
                  case 3 -> below(2) == 1 ? 127 : -128;
                  default -> below(256);
                };
      }
      return bytes;
    }
  }

  static List<Row> rows() throws IOException {
    try (InputStream stream = Cmsis2020Test.class.getResourceAsStream("cmsis-2020.csv")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("kernel,"))
          .map(line -> line.split(",", -1))
          .map(row -> new Row(row[0], Integer.parseInt(row[1]), row[2]))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldGiveTheBitsOfTheLibrary(Row row) {
    Draw draw = new Draw(row.seed);
    CRC32 crc = new CRC32();
    for (int i = 0; i < LAYERS; i++) {
      crc.update(
          switch (row.kernel) {
            case "average-pool" -> averagePool(draw);
            case "softmax" -> softmax(draw);
            default -> dense(draw);
          });
    }
    assertThat("%08x".formatted(crc.getValue())).as(row.toString()).isEqualTo(row.crc32);
  }

  private static byte[] averagePool(Draw draw) {
    int height = draw.between(1, 8);
    int width = draw.between(1, 8);
    int channels = draw.between(1, 5);
    int filterHeight = draw.between(1, height);
    int filterWidth = draw.between(1, width);
    int stride = draw.between(1, 3);
    boolean same = draw.below(2) == 1;
    int rows = same ? Math.ceilDiv(height, stride) : (height - filterHeight) / stride + 1;
    int columns = same ? Math.ceilDiv(width, stride) : (width - filterWidth) / stride + 1;
    int top = same ? Math.max(0, (rows - 1) * stride + filterHeight - height) / 2 : 0;
    int left = same ? Math.max(0, (columns - 1) * stride + filterWidth - width) / 2 : 0;
    int min = draw.between(-128, 0);
    int max = draw.between(1, 127);
    byte[] input = draw.bytes(height * width * channels);
    byte[] output = new byte[rows * columns * channels];
    WindowGeometry window =
        new WindowGeometry(
            1,
            height,
            width,
            channels,
            filterHeight,
            filterWidth,
            stride,
            stride,
            1,
            1,
            top,
            left,
            rows,
            columns,
            channels);
    Cmsis2020.averagePool(window, input, min, max, output);
    return output;
  }

  private static byte[] softmax(Draw draw) {
    int rows = draw.between(1, 3);
    int depth = draw.between(1, 24);
    int shift = draw.between(0, 26);
    int multiplier = draw.multiplier();
    int limit = -(int) Math.floor(31.0 * (1 << 26) / (1L << shift));
    byte[] input = draw.bytes(rows * depth);
    byte[] output = new byte[rows * depth];
    Cmsis2020.softmax(new Softmax(multiplier, shift, limit), rows, depth, input, output);
    return output;
  }

  /** Every row goes to the place of the first, so that the last stays. */
  private static byte[] dense(Draw draw) {
    int rows = draw.between(1, 3);
    int inputs = draw.between(1, 40);
    int outputs = draw.between(1, 8);
    int zeroPoint = draw.between(-128, 127);
    int zeroPointOut = draw.between(-128, 127);
    int multiplier = draw.multiplier();
    int shift = -draw.between(4, 9);
    byte[] input = draw.bytes(rows * inputs);
    byte[] weights = draw.bytes(inputs * outputs);
    int[] bias = new int[outputs];
    for (int i = 0; i < outputs; i++) {
      bias[i] = draw.between(-5000, 5000);
    }
    double[] scales = new double[outputs];
    java.util.Arrays.fill(scales, Math.scalb((double) multiplier, shift - 31));
    Requantization scale =
        Requantization.of(scales, zeroPointOut, Byte.MIN_VALUE, Byte.MAX_VALUE, Rounding.DOUBLE);
    byte[] output = new byte[rows * outputs];
    byte[] row = new byte[inputs];
    byte[] result = new byte[outputs];
    System.arraycopy(input, (rows - 1) * inputs, row, 0, inputs);
    FullyConnected.int8(1, inputs, outputs, row, zeroPoint, weights, 0, bias, scale, result);
    System.arraycopy(result, 0, output, 0, outputs);
    return output;
  }
}
