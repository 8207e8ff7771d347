package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lines of inputs and outputs, against what the data cache of an emulated Cortex-M7 missed with
 * tensors in SRAM and did not with tensors in DTCM.
 */
final class TensorLinesTest {
  private static final String TABLE = "sweeps/cmsis-nn-2026-m7-O2.csv";

  /** Beside its tensors a call reads bias, parameters and stack: at most 40 lines. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "CONV_2D",
        "DEPTHWISE_CONV_2D",
        "FULLY_CONNECTED",
        "AVERAGE_POOL_2D",
        "MAX_POOL_2D",
        "SOFTMAX"
      })
  void areThoseThatWereCounted(Operator operator) {
    List<Double> beside =
        CountedRow.read(TABLE).stream()
            .filter(row -> row.get("op").equals(operator.name()))
            .filter(row -> row.layer().inputType() == DataType.INT8)
            .map(TensorLinesTest::linesBesideTensors)
            .sorted()
            .toList();
    assertThat(beside.get(beside.size() / 2)).isBetween(0.0, 40.0);
  }

  private static double linesBesideTensors(CountedRow row) {
    LayerWork work = row.layer();
    return row.number("l1_data_miss") - row.number("l1t_data_miss") - Stall.tensorLines(work);
  }
}
