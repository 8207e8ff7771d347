package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.library.Term;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No board was recorded with the libraries of 2026, which are what one gets without asking. What is
 * expected of them before any recording, beside what their kernels took on emulated cores, memory
 * without wait states.
 */
final class CurrentLibrariesTest {
  /** Fitted at first use. */
  private static final class Expected {
    static final CostModel MODEL = Calibration.open(List.of());
  }

  /** Below, calls and the interpreter count. */
  private static final double CYCLES_MIN = 20_000;

  /** Mean errors of 30 November 2026 in per cent, rounded up to the next multiple of five. */
  @ParameterizedTest
  @CsvSource({
    "cmsis-nn-2026-m4-O2, nucleo-l4r5zi, CONV_2D, 5",
    "cmsis-nn-2026-m4-O2, nucleo-l4r5zi, DEPTHWISE_CONV_2D, 5",
    "cmsis-nn-2026-m4-O2, nucleo-l4r5zi, FULLY_CONNECTED, 5",
    "cmsis-nn-2026-m4-O2, nucleo-l4r5zi, MAX_POOL_2D, 10",
    "cmsis-nn-2026-m4-O2, nucleo-l4r5zi, AVERAGE_POOL_2D, 5",
    "cmsis-nn-2026-m4-Os, nucleo-l4r5zi, CONV_2D, 5",
    "cmsis-nn-2026-m4-Os, nucleo-l4r5zi, DEPTHWISE_CONV_2D, 5",
    "cmsis-nn-2026-m4-Os, nucleo-l4r5zi, FULLY_CONNECTED, 5",
    "cmsis-nn-2026-m4-Os, nucleo-l4r5zi, MAX_POOL_2D, 5",
    "cmsis-nn-2026-m4-Os, nucleo-l4r5zi, AVERAGE_POOL_2D, 5",
    "cmsis-nn-2026-m4-Ofast, nucleo-l4r5zi, CONV_2D, 5",
    "cmsis-nn-2026-m4-Ofast, nucleo-l4r5zi, DEPTHWISE_CONV_2D, 5",
    "cmsis-nn-2026-m4-Ofast, nucleo-l4r5zi, FULLY_CONNECTED, 5",
    "cmsis-nn-2026-m4-Ofast, nucleo-l4r5zi, MAX_POOL_2D, 10",
    "cmsis-nn-2026-m4-Ofast, nucleo-l4r5zi, AVERAGE_POOL_2D, 5",
    "cmsis-nn-2026-m33-O2, nucleo-l552ze-q, CONV_2D, 5",
    "cmsis-nn-2026-m33-O2, nucleo-l552ze-q, DEPTHWISE_CONV_2D, 5",
    "cmsis-nn-2026-m33-O2, nucleo-l552ze-q, FULLY_CONNECTED, 5",
    "cmsis-nn-2026-m33-O2, nucleo-l552ze-q, MAX_POOL_2D, 10",
    "cmsis-nn-2026-m33-O2, nucleo-l552ze-q, AVERAGE_POOL_2D, 5",
    "cmsis-nn-2026-m7-O2, nucleo-f767zi, CONV_2D, 5",
    "cmsis-nn-2026-m7-O2, nucleo-f767zi, DEPTHWISE_CONV_2D, 5",
    "cmsis-nn-2026-m7-O2, nucleo-f767zi, FULLY_CONNECTED, 5",
    "cmsis-nn-2026-m7-O2, nucleo-f767zi, MAX_POOL_2D, 15",
    "cmsis-nn-2026-m7-O2, nucleo-f767zi, AVERAGE_POOL_2D, 5",
    "cmsis-nn-2026-m3-O2, nucleo-f207zg, CONV_2D, 5",
    "cmsis-nn-2026-m3-O2, nucleo-f207zg, DEPTHWISE_CONV_2D, 10",
    "cmsis-nn-2026-m3-O2, nucleo-f207zg, FULLY_CONNECTED, 5",
    "cmsis-nn-2026-m3-O2, nucleo-f207zg, MAX_POOL_2D, 5",
    "cmsis-nn-2026-m3-O2, nucleo-f207zg, AVERAGE_POOL_2D, 5",
    "cmsis-nn-2026-m0plus-O2, nucleo-g0b1re, CONV_2D, 5",
    "cmsis-nn-2026-m0plus-O2, nucleo-g0b1re, DEPTHWISE_CONV_2D, 5",
    "cmsis-nn-2026-m0plus-O2, nucleo-g0b1re, FULLY_CONNECTED, 5",
    "cmsis-nn-2026-m0plus-O2, nucleo-g0b1re, MAX_POOL_2D, 5",
    "cmsis-nn-2026-m0plus-O2, nucleo-g0b1re, AVERAGE_POOL_2D, 5",
    "tflm-reference-2026-m4-O2, nucleo-l4r5zi, CONV_2D, 5",
    "tflm-reference-2026-m4-O2, nucleo-l4r5zi, DEPTHWISE_CONV_2D, 5",
    "tflm-reference-2026-m4-O2, nucleo-l4r5zi, FULLY_CONNECTED, 5",
    "tflm-reference-2026-m4-O2, nucleo-l4r5zi, MAX_POOL_2D, 5",
    "tflm-reference-2026-m4-O2, nucleo-l4r5zi, AVERAGE_POOL_2D, 5",
  })
  void shouldPriceWhatTheirKernelsTake(
      String table, String board, String operator, double percentMax) {
    List<CountedRow> rows =
        CountedRow.read("sweeps/" + table + ".csv").stream()
            .filter(row -> row.get("op").equals(operator) && row.get("type").equals("int8"))
            .filter(row -> row.number("cycles") > CYCLES_MIN)
            .toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(8);
    CountedRow any = rows.getFirst();
    TargetOptions.Builder options =
        TargetOptions.builder()
            .kernels(LibraryId.parse(any.get("library")))
            .opt(OptLevel.ofLabel(any.get("opt")).orElseThrow())
            .waitStates(0);
    // Tensors wait for nothing where kernels are executed.
    Boards.named(board).region("DTCM").ifPresent(ram -> options.arena(ram.name()));
    Pricer pricer = Expected.MODEL.on(Target.of(Boards.named(board), options.build()));
    double mean =
        rows.stream()
            .mapToDouble(row -> Math.abs(kernelCycles(pricer, row) / row.number("cycles") - 1))
            .average()
            .orElseThrow();
    assertThat(100 * mean).isLessThan(percentMax);
  }

  /** Instructions of mlperf-ic, nearly all convolutions: 5.0 times as many at -Os as at -O2. */
  @ParameterizedTest
  @CsvSource({"Os, 4.5, 5.2", "Ofast, 1.1, 1.3", "O2, 1, 1"})
  void referenceConvolutionsShouldTakeWhatTheirFlagsMake(String opt, double least, double most) {
    double at = convolutionCycles("tflm-reference@2026", opt, false);
    assertThat(at / convolutionCycles("tflm-reference@2026", "O2", false)).isBetween(least, most);
  }

  /** 5 to 8 times the instructions in reference kernels; CMSIS-NN has no assertions. */
  @ParameterizedTest
  @CsvSource({
    "tflm-reference@2026, 4, 8",
    "tflm-reference@2020, 4, 11",
    "cmsis-nn@2026, 1, 1.01",
    "cmsis-nn@2020-09, 1, 1.01"
  })
  void assertionsShouldCostWhereTheyAre(String library, double least, double most) {
    double with = convolutionCycles(library, "O2", true);
    assertThat(with / convolutionCycles(library, "O2", false)).isBetween(least, most);
  }

  private static double convolutionCycles(String library, String opt, boolean asserts) {
    Target target =
        Target.of(
            Boards.named("nucleo-l4r5zi"),
            TargetOptions.builder()
                .kernels(LibraryId.parse(library))
                .opt(OptLevel.ofLabel(opt).orElseThrow())
                .asserts(asserts)
                .waitStates(0)
                .build());
    LayerWork work =
        new LayerWork(
            Operator.CONV_2D,
            "",
            List.of(Shape.of(1, 16, 16, 32)),
            Shape.of(32, 3, 3, 32),
            Shape.of(1, 16, 16, 32),
            new Window(3, 3, 1, 1, 1, 1, Padding.SAME),
            DataType.INT8,
            DataType.INT8,
            DataType.INT8,
            Activation.NONE,
            true,
            true);
    return ((Estimate) Expected.MODEL.on(target).layer(work).cycles()).value();
  }

  /** The loops alone: one call was executed, without the interpreter around it. */
  private static double kernelCycles(Pricer pricer, CountedRow row) {
    double cycles = 0;
    for (LayerCost.Share share : pricer.layer(row.layer()).breakdown()) {
      cycles += share.term() == Term.OPERATOR ? 0 : share.trips() * share.computeCycles();
    }
    return cycles;
  }
}
