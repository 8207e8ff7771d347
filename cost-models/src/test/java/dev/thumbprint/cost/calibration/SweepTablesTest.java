package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.counts.CountTable;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.LibraryId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of emulated kernels hold together and say where they come from. */
final class SweepTablesTest {
  private static final String FOLDER = "sweeps/";
  private static final int TABLE_BYTES_MAX = 2 << 20;

  /** Columns that name the point; the figures come behind them. */
  private static final List<String> KEY =
      List.of(
          "library",
          "core",
          "opt",
          "fpu",
          "asserts",
          "op",
          "input",
          "input2",
          "filter",
          "output",
          "stride",
          "padding",
          "type",
          "dilation",
          "detail",
          "path");

  /** Fewest cycles an instruction can take: the Cortex-M7 issues two at once. */
  private static double cyclesPerInstructionMin(String core) {
    return core.equals("cortex-m7") ? 0.5 : core.equals("cortex-m33") ? 0.5 : 0.9;
  }

  static Stream<String> tables() {
    return lines("index.txt").stream();
  }

  @Test
  void everyTableHasABuildWithCommitCompilerFlagsAndElf() {
    Map<String, Map<String, String>> builds = new HashMap<>();
    rows("builds.csv").forEach(row -> builds.put(row.get("table"), row));
    assertThat(builds.keySet()).containsExactlyInAnyOrderElementsOf(lines("index.txt"));
    builds.forEach(
        (table, build) -> {
          assertThat(build.get("commit")).as(table).matches("[0-9a-f]{40}");
          assertThat(build.get("elf_sha256")).as(table).matches("[0-9a-f]{64}");
          assertThat(build.get("flags")).as(table).contains("-mcpu=");
          assertThat(build.get("compiler")).as(table).containsPattern("gcc \\d+\\.\\d+\\.\\d+");
          assertThat(KernelLibraries.find(LibraryId.parse(build.get("library")))).isPresent();
          assertThat(rows(table)).as(table).hasSize(Integer.parseInt(build.get("rows")));
        });
  }

  /** What the cost model takes for the code of a call behind a serial flash. */
  @Test
  void nineOfTenMissingLinesOfCodeFollowTheLineBefore() {
    double[] shares =
        rows("cmsis-nn-2022-m33-Ofast-gcc14.csv").stream()
            .mapToDouble(
                row ->
                    Double.parseDouble(row.get("xip_code_follow"))
                        / Double.parseDouble(row.get("xip_code_miss")))
            .sorted()
            .toArray();
    assertThat(shares[shares.length / 2]).isCloseTo(0.9, within(0.01));
    assertThat(shares[0]).isGreaterThan(0.7);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void rowsAreCompleteAndPossible(String table) {
    assertThat(bytes(table)).hasSizeLessThan(TABLE_BYTES_MAX);
    Map<String, String> build =
        rows("builds.csv").stream().filter(row -> row.get("table").equals(table)).findAny().get();
    Set<String> seen = new HashSet<>();
    for (Map<String, String> row : rows(table)) {
      String place = table + " " + KEY.stream().map(row::get).toList();
      assertThat(seen.add(place)).as("twice: " + place).isTrue();
      assertThat(row.get("library")).isEqualTo(build.get("library"));
      assertThat(build.get("flags")).contains("-" + row.get("opt"));
      long instructions = number(row, "instructions");
      long cycles = number(row, "cycles");
      assertThat(instructions).as(place).isPositive();
      assertThat((double) cycles)
          .as(place)
          .isBetween(
              cyclesPerInstructionMin(row.get("core")) * instructions, 8.0 * instructions + 100);
      assertThat(number(row, "mispredict_cycles") + number(row, "unaligned_cycles"))
          .as(place)
          .isLessThan(cycles);
      assertThat(number(row, "loads") + number(row, "stores")).as(place).isPositive();
      assertThat(number(row, "hot_bytes")).as(place).isBetween(32L, number(row, "code_bytes"));
      checkCaches(row, place);
    }
  }

  /** A larger cache that forgets the least recently used line never misses more. */
  private static void checkCaches(Map<String, String> row, String place) {
    if (!row.containsKey("l4_code_miss")) {
      return;
    }
    long last = Long.MAX_VALUE;
    for (String column :
        List.of(
            "fetch8",
            "l4m4_code_miss",
            "l4m2_code_miss",
            "l4_code_miss",
            "l4p2_code_miss",
            "l4p4_code_miss")) {
      long misses = number(row, column);
      assertThat(misses).as(column + " of " + place).isLessThanOrEqualTo(last);
      last = misses;
    }
    assertThat(number(row, "f4_code_miss"))
        .as(place)
        .isLessThanOrEqualTo(number(row, "f4_lines_crossed") + 1);
  }

  /**
   * A dense layer or a SOFTMAX of several rows is one of a row as often: a harness that ran one row
   * and told of all had made dense layers a fifth too short. The nearest layer of one row is beside
   * it, with as many inputs or nearly.
   */
  @ParameterizedTest
  @MethodSource("tables")
  void severalRowsTakeAsManyTimesWhatOneTakes(String table) {
    List<Map<String, String>> layers =
        rows(table).stream()
            .filter(row -> List.of("FULLY_CONNECTED", "SOFTMAX").contains(row.get("op")))
            .toList();
    for (Map<String, String> layer : layers) {
      long times = dims(layer.get("input"))[0];
      Optional<Map<String, String>> one =
          layers.stream()
              .filter(other -> dims(other.get("input"))[0] == 1)
              .filter(other -> other.get("op").equals(layer.get("op")))
              .filter(other -> other.get("type").equals(layer.get("type")))
              .min(Comparator.comparingDouble(other -> apart(other, layer)));
      if (times > 1 && one.isPresent()) {
        double once = number(one.get(), "instructions") * work(layer) / work(one.get());
        assertThat(number(layer, "instructions") / (times * once))
            .as(layer.toString())
            .isBetween(0.8, 1.2);
      }
    }
  }

  private static double apart(Map<String, String> one, Map<String, String> other) {
    double inputs = dims(one.get("input"))[1] / (double) dims(other.get("input"))[1];
    return Math.abs(Math.log(work(one) / work(other))) + Math.abs(Math.log(inputs));
  }

  /** What one row of a layer is worth: its products, or its elements where it has no weights. */
  private static double work(Map<String, String> layer) {
    String filter = layer.get("filter");
    int[] dims = dims(filter.isEmpty() ? layer.get("input") : filter);
    return filter.isEmpty() ? dims[1] : (double) dims[0] * dims[1];
  }

  private static int[] dims(String shape) {
    return Stream.of(shape.split("x")).mapToInt(Integer::parseInt).toArray();
  }

  /**
   * An addition takes 269 cycles an element on STM32L496 at 4 wait states (arXiv:2104.10645, row
   * 4_ADD of ResNet-20, 4,406,816 cycles): its loop is larger than the cache of 1 KiB.
   */
  @Test
  void anAdditionOf2020IsTimedFromItsCounts() {
    Map<String, String> add =
        rows("cmsis-nn-2020-03-m4-Ofast.csv").stream()
            .filter(row -> row.get("op").equals("ADD") && row.get("input").equals("1x32x32x16"))
            .findAny()
            .get();
    long waitStates = 4;
    long cycles =
        number(add, "cycles")
            + waitStates * number(add, "l4_code_miss")
            + (waitStates + 1) * number(add, "l4_data_miss");
    double perElement = cycles / (32.0 * 32 * 16);
    assertThat(perElement).isCloseTo(269, within(5.0));
  }

  /**
   * A plain loop is what the compiler makes of it: in the innermost loop of a convolution GCC 12
   * reads the sizes of the tensors anew, GCC 9 half of them, and three values less in a dense
   * layer; but GCC 9 multiplies to 64 bits in more instructions, of which ADD has three.
   */
  @Test
  void reference2020ConvolutionsTakeAThirdLessWithTheCompilerOfItsTime() {
    assertThat(medianRatio("CONV_2D")).isCloseTo(0.65, within(0.03));
    assertThat(medianRatio("DEPTHWISE_CONV_2D")).isCloseTo(0.90, within(0.03));
    assertThat(medianRatio("FULLY_CONNECTED")).isCloseTo(0.73, within(0.03));
    assertThat(medianRatio("ADD")).isCloseTo(1.27, within(0.03));
  }

  /**
   * ResNet-20's additions took 136 cycles an element (arXiv:2104.10645, row 4_ADD of ResNet-20).
   */
  @Test
  void anAdditionOfTheReferenceKernelsTakesWhatWasRecorded() {
    Map<String, String> add =
        rows("tflm-reference-2020-m4-Ofast.csv").stream()
            .filter(row -> row.get("op").equals("ADD") && row.get("input").equals("1x32x32x16"))
            .filter(row -> row.get("type").equals("int8"))
            .findAny()
            .get();
    assertThat(number(add, "cycles") / (32.0 * 32 * 16)).isCloseTo(136, within(3.0));
  }

  /**
   * The compiler's library leaves a product with zero early, and the sum with it: on every core.
   * Instructions tell it, for what a call takes differs between cores.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tflm-reference-2020-m4-Ofast-soft.csv",
        "tflm-reference-2020-m4-Os-soft.csv",
        "tflm-reference-2020-m7-Ofast-soft.csv",
        "tflm-reference-2020-m7-Os-soft.csv",
        "tflm-reference-2026-m0plus-O2-soft.csv",
        "tflm-reference-2026-m3-O2-soft.csv",
        "tflm-reference-2026-m4-O2-soft.csv"
      })
  void everySecondZeroSparesSoftwareAThirdAtMost(String table) {
    double[] instructions = halfZerosOverNone(table, "instructions");
    assertThat(instructions[instructions.length / 2]).isBetween(0.76, 0.83);
    double[] cycles = halfZerosOverNone(table, "cycles");
    assertThat(cycles[cycles.length / 2]).isLessThan(0.95);
    assertThat(cycles[0]).isGreaterThan(0.7);
  }

  /** What layers of which every second input is zero take, as a share, sorted. */
  private static double[] halfZerosOverNone(String table, String column) {
    Map<List<String>, Long> without = new HashMap<>();
    rows(table).stream()
        .filter(row -> row.get("path").equals("0"))
        .forEach(row -> without.put(layer(row), number(row, column)));
    List<Map<String, String>> with =
        rows(table).stream()
            .filter(row -> row.get("path").equals(CountTable.HALF_ZEROS))
            .filter(row -> !row.get("op").equals("QUANTIZE"))
            .filter(row -> without.containsKey(layer(row)))
            .toList();
    assertThat(with).hasSizeGreaterThan(10);
    return with.stream()
        .mapToDouble(row -> number(row, column) / (double) without.get(layer(row)))
        .sorted()
        .toArray();
  }

  private static List<String> layer(Map<String, String> row) {
    return KEY.stream()
        .filter(column -> !column.equals("path"))
        .map(column -> row.getOrDefault(column, ""))
        .toList();
  }

  /** Cycles of the int8 layers of an operator, GCC 9 over GCC 12. */
  private static double medianRatio(String operator) {
    Map<List<String>, Long> later = new HashMap<>();
    rows("tflm-reference-2020-m4-Ofast-gcc12.csv")
        .forEach(row -> later.put(shape(row), number(row, "cycles")));
    double[] ratios =
        rows("tflm-reference-2020-m4-Ofast.csv").stream()
            .filter(row -> row.get("op").equals(operator) && row.get("type").equals("int8"))
            .filter(row -> later.containsKey(shape(row)))
            .mapToDouble(row -> number(row, "cycles") / (double) later.get(shape(row)))
            .sorted()
            .toArray();
    assertThat(ratios).hasSizeGreaterThan(15);
    return ratios[ratios.length / 2];
  }

  private static List<String> shape(Map<String, String> row) {
    return KEY.stream().map(column -> row.getOrDefault(column, "")).toList();
  }

  private static long number(Map<String, String> row, String column) {
    return Long.parseLong(row.get(column));
  }

  private static List<Map<String, String>> rows(String table) {
    List<String> lines = lines(table);
    String[] header = lines.getFirst().split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      assertThat(cells).as(line).hasSameSizeAs(header);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> lines(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
  }

  private static byte[] bytes(String name) {
    try (var stream = SweepTablesTest.class.getResourceAsStream(FOLDER + name)) {
      assertThat(stream).as(FOLDER + name).isNotNull();
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
