package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.memory.RuntimeBuild.Kernels;
import dev.thumbprint.model.LayerLists;
import dev.thumbprint.recorded.RecordedNetworks;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * Arenas that boards printed (DivinityQQ/MicroAI_Benchmark, TensorFlow Lite Micro of 2025) against
 * plans from the layer lists alone. Those figures come from the recording interpreter, whose
 * allocators are larger than the plain ones.
 */
class RecordedArenaTest {
  @Test
  void shouldPlanTheArenasThatBoardsPrinted() {
    int planned = 0;
    for (Recording recording : arenas()) {
      List<LayerWork> layers = layers(recording);
      if (layers.stream().noneMatch(layer -> layer.operator() == Operator.SVDF)) {
        Core core = Core.ofLabel(recording.setting().core()).orElseThrow();
        PlanOptions options =
            new PlanOptions(
                RuntimeBuild.of(Kernels.CMSIS_NN, core.simd()), OptionalInt.empty(), true);
        assertThat(ArenaEstimate.of("", layers, options).arenaUsedBytes())
            .as(recording.id())
            .isEqualTo(recording.measured().arenaBytes().getAsLong());
        planned++;
      }
    }
    assertThat(planned).isGreaterThanOrEqualTo(90);
  }

  private static List<Recording> arenas() {
    return Recordings.builtIn().stream()
        .filter(recording -> recording.id().startsWith("MAI-"))
        .filter(recording -> recording.measured().arenaBytes().isPresent())
        .filter(recording -> RecordedNetworks.find(recording.work().network()).isPresent())
        .toList();
  }

  private static List<LayerWork> layers(Recording recording) {
    return LayerLists.network(RecordedNetworks.find(recording.work().network()).orElseThrow())
        .works();
  }
}
