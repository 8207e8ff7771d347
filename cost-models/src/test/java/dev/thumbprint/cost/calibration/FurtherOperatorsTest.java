package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.pricing.Pricer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Prices of operators, before any recording is looked at, beside what they took on an emulated
 * Cortex-M4 without wait states: of each operator and type half of the rows are fitted, and the
 * other half judges here. The interpreter around an operator is no part of a call of a kernel, so
 * that short ones of these are left out.
 */
final class FurtherOperatorsTest {
  private static final int KERNEL_CYCLES_MIN = 5_000;

  /** Mean errors of 30 November 2026 in per cent, rounded up to the next multiple of five. */
  @ParameterizedTest
  @CsvSource({
    "tflm-reference-2026-m4-O2-operators, BATCH_MATMUL, int8, 10",
    "tflm-reference-2026-m4-O2-operators, CONCATENATION, int8, 10",
    "tflm-reference-2026-m4-O2-operators, MEAN, int8, 5",
    "tflm-reference-2026-m4-O2-operators, PAD, int8, 15",
    "tflm-reference-2026-m4-O2-operators, SVDF, int8, 5",
    "tflm-reference-2026-m4-O2-operators, UNIDIRECTIONAL_SEQUENCE_LSTM, int8, 10",
    "tflm-reference-2026-m4-O2-operators, UNIDIRECTIONAL_SEQUENCE_LSTM, int16, 10",
    "cmsis-nn-2026-m4-O2-operators, BATCH_MATMUL, int8, 20",
    "cmsis-nn-2026-m4-O2-operators, CONCATENATION, int8, 10",
    "cmsis-nn-2026-m4-O2-operators, MEAN, int8, 5",
    "cmsis-nn-2026-m4-O2-operators, PAD, int8, 15",
    "cmsis-nn-2026-m4-O2-operators, SVDF, int8, 10",
    "cmsis-nn-2026-m4-O2-operators, UNIDIRECTIONAL_SEQUENCE_LSTM, int8, 10",
    "cmsis-nn-2026-m4-O2-operators, UNIDIRECTIONAL_SEQUENCE_LSTM, int16, 15",
    "cmsis-nn-2026-m4-O2-further, TRANSPOSE_CONV, int8, 5",
    "cmsis-nn-2026-m4-O2-further, CONV_2D, int16, 5",
    "cmsis-nn-2026-m4-O2-further, CONV_2D, int4, 5",
    "cmsis-nn-2026-m4-O2-further, DEPTHWISE_CONV_2D, int16, 10",
    "cmsis-nn-2026-m4-O2-further, DEPTHWISE_CONV_2D, int4, 10",
    "cmsis-nn-2026-m4-O2-further, FULLY_CONNECTED, int16, 10",
    "cmsis-nn-2026-m4-O2-further, FULLY_CONNECTED, int4, 10",
    "cmsis-nn-2026-m4-O2-further, AVERAGE_POOL_2D, int16, 5",
    "cmsis-nn-2026-m4-O2-further, MAX_POOL_2D, int16, 5",
  })
  void shouldCountTheLoopsThatWereExecuted(
      String table, String operator, String type, double percentMax) {
    LibraryId library = LibraryId.parse(table.replaceFirst("-2026-.*", "@2026"));
    Pricer pricer =
        Calibration.open(List.of())
            .on(
                Target.of(
                    Boards.named("nucleo-l4r5zi"),
                    TargetOptions.builder()
                        .kernels(library)
                        .opt(OptLevel.O2)
                        .waitStates(0)
                        .build()));
    int cyclesMin = table.endsWith("-further") ? KERNEL_CYCLES_MIN : 0;
    List<CountedRow> rows =
        FittedTable.everySecond(CountedRow.read("sweeps/" + table + ".csv"), true).stream()
            .filter(row -> row.get("op").equals(operator) && row.get("type").equals(type))
            .filter(row -> row.number("cycles") >= cyclesMin)
            .toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(5);
    double mean =
        rows.stream()
            .mapToDouble(
                row -> {
                  Estimate cycles = (Estimate) pricer.layer(row.layer()).cycles();
                  return Math.abs(cycles.value() / row.number("cycles") - 1);
                })
            .average()
            .orElseThrow();
    assertThat(100 * mean).isLessThan(percentMax);
  }
}
