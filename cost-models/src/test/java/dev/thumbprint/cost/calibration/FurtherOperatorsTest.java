package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.Pricer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Prices of operators beside what they took on an emulated Cortex-M4 without wait states. No
 * coefficient is fitted to these tables: they judge which loops are counted.
 */
final class FurtherOperatorsTest {

  /** Mean errors of 29 November 2026 in per cent, rounded up to the next multiple of five. */
  @ParameterizedTest
  @CsvSource({
    "tflm-reference, BATCH_MATMUL, int8, 30",
    "tflm-reference, CONCATENATION, int8, 50",
    "tflm-reference, MEAN, int8, 10",
    "tflm-reference, MEAN, int16, 10",
    "tflm-reference, MEAN, float32, 20",
    "tflm-reference, PAD, int8, 20",
    "tflm-reference, SVDF, int8, 30",
    "tflm-reference, UNIDIRECTIONAL_SEQUENCE_LSTM, int8, 25",
    "cmsis-nn, BATCH_MATMUL, int8, 45",
    "cmsis-nn, CONCATENATION, int8, 35",
    "cmsis-nn, MEAN, int8, 10",
    "cmsis-nn, PAD, int8, 30",
    "cmsis-nn, SVDF, int8, 30",
    "cmsis-nn, UNIDIRECTIONAL_SEQUENCE_LSTM, int8, 30",
    "cmsis-nn, UNIDIRECTIONAL_SEQUENCE_LSTM, int16, 35",
  })
  void shouldCountTheLoopsThatWereExecuted(
      String library, String operator, String type, double percentMax) {
    Pricer pricer =
        CostModel.shipped()
            .on(
                Target.of(
                    Boards.named("nucleo-l4r5zi"),
                    TargetOptions.builder()
                        .kernels(LibraryId.parse(library + "@2026"))
                        .opt(OptLevel.O2)
                        .waitStates(0)
                        .build()));
    List<CountedRow> rows =
        CountedRow.read("sweeps/" + library + "-2026-m4-O2-operators.csv").stream()
            .filter(row -> row.get("op").equals(operator) && row.get("type").equals(type))
            .toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(10);
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
