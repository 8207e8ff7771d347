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

/** Channels without weights, and the runtimes that leave them out. */
final class DeadChannelsTest {
  @ParameterizedTest
  @CsvSource({
    "x-cube-ai@8.0.0, 1",
    "x-cube-ai@8.1.0, 0.125",
    "x-cube-ai@10.0.0, 0.125",
    "x-cube-ai, 0.125",
    "plumerai@2022-10, 1",
    "plumerai@2023.05, 0.125",
    "onnc-cmsis-nn-q7@2023, 0.125",
    "bosch-hale@1.0.175, 1",
    "microtvm-native@2022, 1"
  })
  void shouldLeaveThemOutFromTheVersionThatDoes(String library, double share) {
    LayerWork work = convolution().with(new Live(0.5, 0.25));
    assertThat(trips(library, work).of(Term.COARSE_CONV_MAC))
        .isEqualTo((long) (64 * 9 * 4 * share));
  }

  @Test
  void shouldLeaveNothingOutWhereNothingIsKnownOfTheWeights() {
    assertThat(trips("x-cube-ai@8.1.0", convolution()).of(Term.COARSE_CONV_MAC))
        .isEqualTo(64 * 9 * 4);
    assertThat(trips("x-cube-ai@8.1.0", convolution()).notes()).isEmpty();
  }

  @Test
  void shouldSayWhatIsLeftOut() {
    assertThat(trips("x-cube-ai@8.1.0", convolution().with(new Live(0.5, 0.25))).notes())
        .singleElement()
        .asString()
        .contains("13 % remain");
  }

  private static Trips trips(String library, LayerWork work) {
    return (Trips)
        KernelLibraries.find(LibraryId.parse(library)).orElseThrow().decide(work, SimdUnit.DSP);
  }

  private static LayerWork convolution() {
    return new LayerWork(
        Operator.CONV_2D,
        "",
        List.of(Shape.of(1, 4, 4, 4)),
        Shape.of(4, 3, 3, 4),
        Shape.of(1, 4, 4, 4),
        new Window(3, 3, 1, 1, 1, 1, Padding.SAME),
        DataType.INT8,
        DataType.INT8,
        DataType.INT8,
        Activation.NONE,
        true,
        true);
  }
}
