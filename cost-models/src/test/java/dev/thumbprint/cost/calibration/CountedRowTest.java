package dev.thumbprint.cost.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.LayerWork;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CountedRowTest {
  @ParameterizedTest
  @CsvSource({
    "CONV_2D, int8, INT8 INT8 INT8",
    "CONV_2D, int16, INT16 INT8 INT16",
    "CONV_2D, int4, INT8 INT4 INT8",
    "CONV_2D, float32, FLOAT32 FLOAT32 FLOAT32",
    "CONV_2D, '', INT8 INT8 INT8",
    "QUANTIZE, float32, FLOAT32 FLOAT32 INT8",
    "QUANTIZE, int8, INT8 INT8 INT8",
    "DEQUANTIZE, int8, INT8 INT8 FLOAT32",
  })
  void shouldTellTheTypesOfInputFilterAndOutput(String op, String type, String types) {
    Map<String, String> cells = new HashMap<>();
    cells.put("op", op);
    cells.put("type", type);
    cells.put("input", "1x4x4x2");
    cells.put("output", "1x4x4x2");
    if (op.equals("CONV_2D")) {
      cells.putAll(Map.of("filter", "2x1x1x2", "stride", "1x1", "padding", "VALID"));
    }
    LayerWork layer = new CountedRow(cells).layer();
    assertThat(layer.inputType() + " " + layer.weightType() + " " + layer.outputType())
        .isEqualTo(types);
  }
}
