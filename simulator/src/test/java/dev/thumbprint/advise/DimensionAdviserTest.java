package dev.thumbprint.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DimensionAdviserTest {
  private static final Target TARGET =
      Target.of(
          Boards.named("nucleo-l496zg"),
          TargetOptions.builder().kernels(LibraryId.parse("cmsis-nn@2020-03")).build());

  /** A widened member of a family is the family's wider member, layer by layer. */
  @ParameterizedTest
  @CsvSource({
    "conv-F5-K3, conv-F8-K3, 1, 8",
    "depthwise-C5-K3, depthwise-C8-K3, 1, 8",
    "dense-U5, dense-U8, 2, 8"
  })
  void wideningGivesTheWiderMember(String member, String wider, int layer, int channels) {
    List<LayerWork> works = Lowering.lower(Zoo.graph(member));
    List<LayerWork> changed = Widening.of(works, layer, channels).orElseThrow();
    if (member.startsWith("dense")) {
      // The family varies two layers, this changes one.
      changed = Widening.of(changed, 4, channels).orElseThrow();
    }
    assertThat(changed).isEqualTo(Lowering.lower(Zoo.graph(wider)));
  }

  @Test
  void theNetworksOwnOutputAndBranchesAreLeftAlone() {
    List<LayerWork> works = Lowering.lower(Zoo.graph("dense-U8"));
    assertThat(Widening.of(works, 6, 12)).as("classes").isEmpty();
    List<LayerWork> resnet = Lowering.lower(Zoo.graph("ic"));
    assertThat(Widening.of(resnet, 0, 20)).as("a convolution with two readers").isEmpty();
  }

  @Test
  void oddChannelsAreRoundedUpAndEveryAdviceGains() {
    List<LayerWork> works = Lowering.lower(Zoo.graph("conv-F7-K1"));
    List<DimensionAdvice> advice = DimensionAdviser.advise(works, TARGET);
    assertThat(advice).isNotEmpty().allMatch(one -> one.gainMs() > 0);
    assertThat(advice.getFirst().changed().get(1).output()).isEqualTo(Shape.of(1, 32, 32, 8));
  }

  @Test
  void depthwiseOfOnePixelIsFoldedAway() {
    List<LayerWork> works = Lowering.lower(Zoo.graph("depthwise-C8-K1"));
    assertThat(DimensionAdviser.advise(works, TARGET))
        .anyMatch(
            one -> one.id().equals("no-depthwise-1x1") && one.changed().size() == works.size() - 1);
  }

  @Test
  void theBetterMemberOfAFamilyIsTheFasterOfTheNextMultiples() {
    assertThat(FamilyAdvice.of(447, value -> value == 448 ? 8.6 : 11).orElseThrow())
        .isEqualTo(new FamilyAdvice(447, 448, 2.4000000000000004));
    assertThat(FamilyAdvice.of(448, value -> value)).isEmpty();
    assertThat(FamilyAdvice.of(5, value -> Double.NaN)).isEmpty();
  }
}
