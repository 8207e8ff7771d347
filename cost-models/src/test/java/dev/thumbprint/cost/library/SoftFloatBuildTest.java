package dev.thumbprint.cost.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Live;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zeros that software floating point leaves early. */
final class SoftFloatBuildTest {
  private static final long MACS = 8 * 8 * 4 * 6;

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 768", "1, 1536"})
  void everyProductIsCountedOnce(double zeros, long expected) {
    Trips trips = trips("tflm-reference", DataType.FLOAT32, zeros, true);
    assertThat(trips.of(Term.FLOAT_CONV_ZERO)).isEqualTo(expected);
    assertThat(trips.of(Term.FLOAT_CONV_MAC)).isEqualTo(MACS - expected);
  }

  @Test
  void onTheUnitAndInIntegersZerosAreAsLongAsOthers() {
    assertThat(trips("tflm-reference", DataType.FLOAT32, 0.5, false).of(Term.FLOAT_CONV_ZERO))
        .isZero();
    assertThat(trips("cmsis-nn", DataType.INT8, 0.5, true).toString())
        .isEqualTo(trips("cmsis-nn", DataType.INT8, 0, true).toString());
  }

  private static Trips trips(String library, DataType type, double zeros, boolean softFloat) {
    LayerWork work =
        new LayerWork(
            Operator.CONV_2D,
            "",
            List.of(Shape.of(1, 8, 8, 6)),
            Shape.of(4, 1, 1, 6),
            Shape.of(1, 8, 8, 4),
            new Window(1, 1, 1, 1, 1, 1, Padding.SAME),
            type,
            type,
            type,
            Activation.NONE,
            true,
            type != DataType.FLOAT32);
    return (Trips)
        KernelLibraries.find(LibraryId.parse(library), false, softFloat)
            .orElseThrow()
            .decide(work.with(Live.ALL.withZeros(zeros)), SimdUnit.DSP);
  }
}
