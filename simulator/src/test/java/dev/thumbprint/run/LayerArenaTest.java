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
    assertThat(compared).isEqualTo(kinds.keySet());
    assertThat(figures).isEqualTo(3_820);
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
