package dev.thumbprint.cost.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Trips of the loops of a pooling, counted by hand: 4x4 pixels of 6 channels, windows of 3x3 with
 * padding, so that 2 + 3 + 3 + 2 rows and as many columns lie inside.
 */
final class CmsisPoolingTest {
  @Test
  void aMaximumTakesEachPositionOfAWindowOnce() {
    Trips trips = trips("cmsis-nn@2022", Operator.MAX_POOL_2D, SimdUnit.DSP);
    assertThat(trips.of(Term.POOL_PIXEL)).isEqualTo(16);
    assertThat(trips.of(Term.POOL_WINDOW)).isEqualTo(100);
    assertThat(trips.of(Term.MAXPOOL_TAP)).isEqualTo(600);
    assertThat(trips.of(Term.MAXPOOL_OUTPUT)).isEqualTo(96);
  }

  @Test
  void withoutUnalignedReadsBytesThatAreLeftOverAreOtherWork() {
    Trips trips = trips("cmsis-nn@2022", Operator.MAX_POOL_2D, SimdUnit.NONE);
    assertThat(trips.of(Term.MAXPOOL_TAP4)).isEqualTo(100);
    assertThat(trips.of(Term.MAXPOOL_TAP)).isEqualTo(200);
  }

  @Test
  void theMaximumOf2020WalksAlongRowsAndThenAlongColumnsByLines() {
    Trips trips = trips("cmsis-nn@2020-03", Operator.MAX_POOL_2D, SimdUnit.DSP);
    assertThat(trips.of(Term.POOL_WINDOW)).isEqualTo(4 * 10 + 10);
    assertThat(trips.of(Term.MAXPOOL_TAP)).isEqualTo(4 * 10 * 6 + 10 * 4 * 6);
    assertThat(trips.of(Term.MAXPOOL_OUTPUT)).isEqualTo(96);
  }

  @Test
  void anAverageSumsTheChannelsOfEachPosition() {
    Trips trips = trips("cmsis-nn@2022", Operator.AVERAGE_POOL_2D, SimdUnit.DSP);
    assertThat(trips.of(Term.POOL_WINDOW)).isEqualTo(100);
    assertThat(trips.of(Term.POOL_TAP)).isEqualTo(600);
    assertThat(trips.of(Term.POOL_OUTPUT)).isEqualTo(96);
    assertThat(trips("cmsis-nn@2022", Operator.AVERAGE_POOL_2D, SimdUnit.NONE).of(Term.POOL_WINDOW))
        .as("channel by channel")
        .isZero();
  }

  @Test
  void referenceKernelsCompareAndAddInLoopsOfTheirOwn() {
    Trips maximum = trips("tflm-reference@2026", Operator.MAX_POOL_2D, SimdUnit.DSP);
    Trips average = trips("tflm-reference@2026", Operator.AVERAGE_POOL_2D, SimdUnit.DSP);
    assertThat(maximum.of(Term.MAXPOOL_TAP)).isEqualTo(600);
    assertThat(maximum.of(Term.POOL_TAP)).isZero();
    assertThat(average.of(Term.POOL_TAP)).isEqualTo(600);
  }

  private static Trips trips(String library, Operator operator, SimdUnit unit) {
    LayerWork work =
        new LayerWork(
            operator,
            "",
            List.of(Shape.of(1, 4, 4, 6)),
            Shape.SCALAR,
            Shape.of(1, 4, 4, 6),
            new Window(3, 3, 1, 1, 1, 1, Padding.SAME),
            DataType.INT8,
            DataType.INT8,
            DataType.INT8,
            Activation.NONE,
            false,
            false);
    return (Trips)
        KernelLibraries.find(LibraryId.parse(library), false, false)
            .orElseThrow()
            .decide(work, unit);
  }
}
