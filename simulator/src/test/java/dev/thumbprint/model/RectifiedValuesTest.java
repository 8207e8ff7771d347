package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.model.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zeros that a rectifier leaves in float activations, and what software makes of them. */
final class RectifiedValuesTest {
  @Test
  void halfOfWhatARectifierGivesIsZeroAndAQuarterOfItsPools() {
    assertThat(zeros("lenet-float"))
        .containsExactly(0.0, 0.5, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.0);
  }

  /** Shortcut rectified by the first layer: half of 0.5 and a quarter of the rest. */
  @Test
  void aResidualSumIsZeroWhereItsShortcutAndItsBranchSaySo() {
    List<Double> zeros = zeros("resnet20-float");
    assertThat(zeros.subList(0, 3)).containsExactly(0.0, 0.5, 0.5);
    assertThat(zeros.get(4)).isCloseTo(0.375, within(1e-9));
    // Behind the next block: half of 0.375 and a quarter of 0.625.
    assertThat(zeros.get(7)).isCloseTo(0.34375, within(1e-9));
  }

  @Test
  void nothingIsSaidOfIntegers() {
    assertThat(zeros("lenet").subList(1, 10)).containsOnly(0.0);
  }

  @Test
  void zerosAreCheaperInSoftwareOnly() throws IOException {
    assertThat(cycles(false, "0.5")).isLessThan(0.9 * cycles(false, "0"));
    assertThat(cycles(true, "0.5")).isEqualTo(cycles(true, "0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1", "\"half\"", "[1]", "null"})
  void aShareThatIsNoneIsRefused(String zeros) {
    assertThatThrownBy(() -> dense(zeros))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("zeros")
        .hasMessageContaining("a share from 0 to 1");
  }

  private static List<Double> zeros(String network) {
    return Lowering.lower(Zoo.graph(network)).stream().map(work -> work.live().zeros()).toList();
  }

  private static double cycles(boolean unit, String zeros) throws IOException {
    TargetOptions options =
        TargetOptions.builder().kernels(LibraryId.parse("tflm-reference")).fpu(unit).build();
    Target target = Target.of(Boards.named("nucleo-l4r5zi"), options);
    Metric cycles = CostModel.shipped().on(target).layer(dense(zeros)).cycles();
    return assertThat(cycles).asInstanceOf(type(Estimate.class)).actual().value();
  }

  private static LayerWork dense(String zeros) throws IOException {
    String list =
        """
        {"name": "dense", "layers": [{"op": "FULLY_CONNECTED", "input": [1,64], "filter": [32,64],
          "output": [1,32], "type": "float32", "zeros": %s}]}
        """
            .formatted(zeros);
    return LayerLists.read("dense.json", stream(list)).works().getFirst();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
