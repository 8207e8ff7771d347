package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.LayerLists;
import dev.thumbprint.recorded.RecordedNetworks;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Images that EdgeMark recorded (text of the whole firmware on an STM32L4R5, TFLM of 2024, -O3 and
 * -Ofast) against the published size of its base program, and model, kernels and runtime from layer
 * lists and link tables. Nothing is fitted to these rows.
 */
class RecordedImageTest {
  /** Text of EdgeMark's base program without any network, as published with the recordings. */
  private static final long BASE_PROGRAM_BYTES = 28_000;

  @Test
  void shouldPredictTheImagesThatWereRecorded() {
    List<Recording> rows = rows();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(70);
    for (Recording row : rows) {
      assertThat(error(row)).as(row.id()).isBetween(-0.05, 0.05);
    }
  }

  private static List<Recording> rows() {
    return Recordings.builtIn().stream()
        .filter(row -> row.setting().runtime().equals("tflm-cmsis-nn"))
        .filter(row -> row.work().network().startsWith("edgemark/"))
        .filter(row -> row.measured().flashBytes().isPresent())
        .filter(row -> RecordedNetworks.find(row.work().network()).isPresent())
        .toList();
  }

  /**
   * What EdgeMark registers beside the operators that compute (Black3rror/EdgeMark 3e7237d,
   * model_template.py): fused activations by their Keras name, a reshape where nothing averages the
   * image, and the activation of the last layer, which goes with the data set of the network.
   */
  private static Set<Operator> registered(String network, Set<Operator> computing) {
    Set<Operator> more = EnumSet.noneOf(Operator.class);
    if (!network.equals("FC_0")) {
      more.add(Operator.RELU);
    }
    if (computing.contains(Operator.CONV_2D) && !computing.contains(Operator.MEAN)) {
      more.add(Operator.RESHAPE);
    }
    switch (network) {
      case "FC_0", "FC_1", "FC_2" -> more.add(Operator.LOGISTIC); // sinus
      case "FC_5", "FC_6", "FC_8" -> {} // regression: no activation
      default -> more.add(Operator.SOFTMAX); // classes
    }
    return more;
  }

  static double error(Recording row) {
    List<LayerWork> layers =
        LayerLists.network(RecordedNetworks.find(row.work().network()).orElseThrow()).works();
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    layers.forEach(layer -> operators.add(layer.operator()));
    operators.addAll(registered(row.work().network().substring("edgemark/".length()), operators));
    if (row.id().endsWith("-q_full_int")) {
      operators.add(Operator.QUANTIZE);
      operators.add(Operator.DEQUANTIZE);
    }
    Footprint footprint =
        FootprintModel.of(
            operators,
            ArenaEstimate.modelBytes(layers),
            0,
            LibraryId.parse("cmsis-nn@2024"),
            Core.CORTEX_M4,
            OptLevel.ofLabel(row.setting().opt()).orElseThrow());
    long predicted = BASE_PROGRAM_BYTES + footprint.flashBytes() - FootprintModel.START_UP_BYTES;
    long recorded = row.measured().flashBytes().getAsLong();
    return (double) (predicted - recorded) / recorded;
  }
}
