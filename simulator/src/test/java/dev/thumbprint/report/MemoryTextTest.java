package dev.thumbprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.memory.ArenaPlanner;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The memory of a model in words and as a picture. */
class MemoryTextTest {
  private static final MemoryPlan PLAN = plan();

  private static MemoryPlan plan() {
    GraphBuilder model = new GraphBuilder("a<b&\"c\"");
    Quantization q = Quantization.of(0.1f, 0);
    int x = model.input("in <x>", DataType.INT8, Shape.of(1, 4000), q);
    int y = model.activation("", DataType.INT8, Shape.of(1, 4000), q);
    int z = model.activation("z", DataType.INT8, Shape.of(1, 4000), q);
    model.add(Operator.RELU, new Options.None(), List.of(x), List.of(y));
    model.add(Operator.RELU6, new Options.None(), List.of(y), List.of(z)).output(z);
    return ArenaPlanner.plan(model.build(), LibraryId.parse("tflm-reference"), Core.CORTEX_M4);
  }

  @Test
  void shouldSayWhatTheRuntimeReportsAndWhatToAllocate() {
    assertThat(MemoryText.totals(PLAN))
        .contains("arena_used_bytes()")
        .contains(Numbers.grouped(PLAN.arenaUsedBytes()))
        .contains(Numbers.grouped(PLAN.arenaBytesToAllocate()));
  }

  @Test
  void shouldMarkThePeakAndNameItsBuffers() {
    assertThat(MemoryText.overOperators(PLAN).lines())
        .filteredOn(line -> line.endsWith("peak"))
        .singleElement()
        .asString()
        .contains("RELU")
        .contains("8,000");
    assertThat(MemoryText.peak(PLAN)).contains("in <x>").contains("tensor 1");
  }

  @Test
  void shouldListEveryBufferAndEveryCategory() {
    assertThat(MemoryText.map(PLAN).lines()).hasSize(1 + PLAN.buffers().size());
    assertThat(MemoryText.tail(PLAN))
        .contains("TfLiteEvalTensor data")
        .contains("Persistent buffer data");
  }

  @Test
  void shouldDrawOneRectangleForEachBuffer() throws Exception {
    String svg = ArenaSvg.render(PLAN);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    // Each buffer is a group of its rectangle and its title; background and legend stand outside.
    assertThat(document.getElementsByTagName("g").getLength()).isEqualTo(PLAN.buffers().size());
    assertThat(svg).doesNotContain("NaN");
  }
}
