package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteReader;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The arena of every kind of layer, custom and signal operators among them, against what a build of
 * TensorFlow Lite Micro printed (layer-arenas.csv).
 */
final class LayerArenaTest {
  private static final String REFUSED = "-";

  /**
   * Kinds that no build of the runtime has been run with, or not since they were drawn otherwise:
   * their arenas are compared with none.
   */
  private static final Set<String> NOT_PRINTED =
      Set.of(
          "CONV_2D float32, groups",
          "CONV_2D float32, no bias",
          "CONV_2D int16, groups",
          "CONV_2D int8, groups",
          "CONV_2D int8, groups, no bias",
          "CONV_2D int8, no bias",
          "DEPTHWISE_CONV_2D float32, no bias",
          "DEPTHWISE_CONV_2D int8, no bias",
          "FULLY_CONNECTED float32, no bias",
          "FULLY_CONNECTED int8, no bias",
          "UNIDIRECTIONAL_SEQUENCE_LSTM int16",
          "UNIDIRECTIONAL_SEQUENCE_LSTM int16, time-major batches",
          "UNIDIRECTIONAL_SEQUENCE_LSTM int8",
          "UNIDIRECTIONAL_SEQUENCE_LSTM int8, time-major batches");

  @Test
  void shouldUseAsManyBytesAsTheRuntime() {
    Map<String, Layers.Kind> kinds =
        Layers.all().stream().collect(Collectors.toMap(Layers.Kind::name, Function.identity()));
    Set<String> compared = new TreeSet<>();
    int figures = 0;
    for (String row : GoldenTest.lines("layer-arenas.csv")) {
      String[] columns = row.split(";");
      Layers.Kind kind = kinds.get(columns[0]);
      Random random = new Random(Integer.parseInt(columns[1]));
      byte[] model = kind.maker().apply(new RandomTensors(random)).bytes();
      Graph graph = TfliteReader.read(ByteBuffer.wrap(model), "layer", "random layer");
      figures += compare(graph, "tflm-reference", Core.CORTEX_M4, columns[2], row);
      figures += compare(graph, "cmsis-nn", Core.CORTEX_M4, columns[3], row);
      figures += compare(graph, "cmsis-nn", Core.CORTEX_M55, columns[4], row);
      compared.add(kind.name());
    }
    Set<String> printed = new TreeSet<>(kinds.keySet());
    assertThat(printed.removeAll(NOT_PRINTED)).isTrue();
    assertThat(compared).isEqualTo(printed);
    assertThat(figures).isEqualTo(3_652);
  }

  private static int compare(Graph graph, String library, Core core, String bytes, String row) {
    if (bytes.equals(REFUSED)) {
      return 0;
    }
    MemoryPlan plan = ArenaPlanner.plan(graph, LibraryId.parse(library), core);
    assertThat(plan.complete()).as(row).isTrue();
    assertThat(plan.arenaUsedBytes())
        .as("%s on %s: %s", library, core, row)
        .isEqualTo(Long.parseLong(bytes));
    return 1;
  }
}
