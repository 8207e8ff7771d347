package dev.thumbprint.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.memory.RuntimeBuild.Kernels;
import dev.thumbprint.memory.TailEntry.Category;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Subgraph;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole plans of graphs built here, against figures of the real runtime or counted by hand. */
class ArenaPlannerTest {
  /**
   * Networks of MLPerf Tiny and TFLM rebuilt from their shapes; the figures are those of the real
   * runtime for the published files (same source as arena-used.csv).
   */
  @ParameterizedTest
  @CsvSource({
    "hello, tflm-reference, cortex-m4, 676",
    "hello, cmsis-nn, cortex-m3, 772",
    "hello, cmsis-nn, cortex-m4, 772",
    "hello, cmsis-nn, cortex-m55, 916",
    "kws, tflm-reference, cortex-m4, 22772",
    "kws, cmsis-nn, cortex-m3, 22820",
    "kws, cmsis-nn, cortex-m4, 22820",
    "kws, cmsis-nn, cortex-m55, 27348",
    "ic, tflm-reference, cortex-m4, 54340",
    "ic, cmsis-nn, cortex-m3, 54980",
    "ic, cmsis-nn, cortex-m4, 54996",
    "ic, cmsis-nn, cortex-m55, 55028",
  })
  void shouldUseAsManyBytesAsTheRuntime(String network, String library, String core, long bytes) {
    assertThat(plan(network(network), library, core).arenaUsedBytes()).isEqualTo(bytes);
  }

  /** Bisected on the real runtime (tensorflow/tflite-micro 90b983c2). */
  @ParameterizedTest
  @CsvSource({
    "hello, tflm-reference, cortex-m4, 1068",
    "hello, cmsis-nn, cortex-m4, 1156",
    "kws, tflm-reference, cortex-m4, 22772",
    "kws, cmsis-nn, cortex-m4, 22824",
    "ic, tflm-reference, cortex-m4, 54340",
    "ic, cmsis-nn, cortex-m4, 55000",
  })
  void shouldNeedTheSmallestArenaOfTheRuntime(
      String network, String library, String core, long bytes) {
    MemoryPlan plan = plan(network(network), library, core);
    assertThat(plan.minimumArenaBytes()).isEqualTo(bytes);
    assertThat(plan.arenaBytesToAllocate())
        .isBetween(bytes, bytes + 15)
        .satisfies(allocate -> assertThat(allocate % 16).isZero());
  }

  @Test
  void shouldBookTheTailAsTheRecordingAllocator() {
    MemoryPlan plan = plan(TestGraph.keywordSpotting(), "tflm-reference", "cortex-m4");
    Map<Category, MemoryPlan.TailSum> sums = plan.tailByCategory();
    // Two boundary tensors of 32 bytes, each with 12 + 8 bytes of quantisation.
    assertThat(sums.get(Category.PERSISTENT_TENSORS)).isEqualTo(new MemoryPlan.TailSum(64, 64, 2));
    assertThat(sums.get(Category.QUANTIZATION)).isEqualTo(new MemoryPlan.TailSum(40, 40, 4));
    assertThat(sums.get(Category.NODES)).isEqualTo(new MemoryPlan.TailSum(13 * 32, 13 * 32, 1));
    assertThat(
            plan.headBytes()
                + sums.values().stream().mapToLong(MemoryPlan.TailSum::usedBytes).sum())
        .isEqualTo(plan.arenaUsedBytes());
  }

  @Test
  void shouldNameWhatOccupiesThePeak() {
    MemoryPlan plan = plan(TestGraph.keywordSpotting(), "tflm-reference", "cortex-m4");
    assertThat(plan.liveBytesAt(2)).isEqualTo(16_000);
    assertThat(plan.peakStep()).isEqualTo(2);
    assertThat(plan.lowestPossibleHeadBytes()).isEqualTo(16_000);
    assertThat(plan.steps().get(2)).isEqualTo("DEPTHWISE_CONV_2D");
  }

  @Test
  void shouldHonourPrescribedOffsets() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 100);
    int y = g.dense(x, 50);
    g.output(y);
    int[] offsets = {64, -1, -1, 0};
    MemoryPlan plan =
        plan(g.build(Map.of("OfflineMemoryAllocation", offline(offsets))), "cmsis-nn", "cortex-m4");
    assertThat(plan.buffers()).extracting(PlannedBuffer::offset).containsExactly(64L, 0L);
    assertThat(plan.headBytes()).isEqualTo(64 + 112);
  }

  @Test
  void shouldKeepTheInputsOfABranchWhileItsSubgraphsRun() {
    Tensor condition = plain(0, DataType.BOOL, 1);
    Tensor value = plain(1, DataType.INT8, 64);
    Tensor result = plain(2, DataType.INT8, 64);
    Node branch =
        new Node(0, Operator.IF, "", List.of(0, 1), List.of(2), List.of(), new Options.If(1, 2));
    Subgraph main =
        new Subgraph(
            "main", List.of(condition, value, result), List.of(branch), List.of(0, 1), List.of(2));
    Graph graph = new Graph("if", "", 0, List.of(main, negate("then"), negate("else")), Map.of());
    MemoryPlan plan = plan(graph, "tflm-reference", "cortex-m4");
    // Steps: inputs, IF, then, its operator, else, its operator.
    assertThat(plan.steps()).containsExactly("inputs", "IF", "then", "NEG", "else", "NEG");
    assertThat(plan.buffers().get(1).last()).isEqualTo(5);
    assertThat(plan.buffers().get(2).first()).isEqualTo(1);
    // 64 + 64 bytes of the caller, 64 + 64 of whichever branch runs, 16 for the condition.
    assertThat(plan.headBytes()).isEqualTo(4 * 64 + 16);
  }

  @Test
  void shouldRefuseControlFlowThatEntersItself() {
    Node loop =
        new Node(0, Operator.WHILE, "", List.of(0), List.of(0), List.of(), new Options.While(0, 0));
    Subgraph main =
        new Subgraph(
            "main", List.of(plain(0, DataType.BOOL, 1)), List.of(loop), List.of(0), List.of(0));
    Graph graph = new Graph("loop", "", 0, List.of(main), Map.of());
    assertThatThrownBy(() -> plan(graph, "tflm-reference", "cortex-m4"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("enters itself");
  }

  @Test
  void shouldPlaceResourceVariablesInTheTail() {
    Tensor handle =
        new Tensor(
            0, "h", DataType.RESOURCE, Shape.of(1), Optional.empty(), Optional.empty(), false);
    Tensor value = plain(1, DataType.INT8, 100);
    Node makeHandle =
        new Node(
            0,
            Operator.VAR_HANDLE,
            "",
            List.of(),
            List.of(0),
            List.of(),
            new Options.VarHandle("", "state"));
    Node assign =
        new Node(
            1,
            Operator.ASSIGN_VARIABLE,
            "",
            List.of(0, 1),
            List.of(),
            List.of(),
            new Options.None());
    Subgraph main =
        new Subgraph(
            "main", List.of(handle, value), List.of(makeHandle, assign), List.of(1), List.of(1));
    Graph graph = new Graph("variable", "", 0, List.of(main), Map.of());
    MemoryPlan plan = plan(graph, "tflm-reference", "cortex-m4");
    // The handle points into the kernel's data: only the value is planned.
    assertThat(plan.buffers()).extracting(PlannedBuffer::tensor).containsExactly(1);
    assertThat(plan.tail())
        .filteredOn(entry -> entry.what().contains("resource variable"))
        .extracting(TailEntry::requestedBytes)
        .containsExactly(12L, 20L, 100L);
    PlanOptions hundred =
        new PlanOptions(
            RuntimeBuild.of(Kernels.REFERENCE, Core.SimdUnit.DSP), OptionalInt.of(100), false);
    // One slot of 20 bytes is padded to 32, a hundred take 2,000 without padding.
    assertThat(ArenaPlanner.plan(graph, hundred).arenaUsedBytes() - plan.arenaUsedBytes())
        .isEqualTo(2_000 - 32);
  }

  @Test
  void shouldSayWhichOperatorsItCannotAccountFor() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 8);
    g.output(g.node(Operator.CUSTOM, new Options.None(), List.of(x), g.activation(1, 8)));
    MemoryPlan plan = plan(g.build(), "cmsis-nn", "cortex-m4");
    assertThat(plan.complete()).isFalse();
    assertThat(plan.unknown()).hasSize(1);
  }

  @Test
  void shouldRefuseALibraryWhoseAllocationsAreUnknown() {
    assertThatThrownBy(() -> plan(TestGraph.helloWorld(), "x-cube-ai@8.1", "cortex-m4"))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("x-cube-ai@8.1");
  }

  private static Graph network(String name) {
    return switch (name) {
      case "hello" -> TestGraph.helloWorld();
      case "kws" -> TestGraph.keywordSpotting();
      default -> TestGraph.imageClassification();
    };
  }

  private static MemoryPlan plan(Graph graph, String library, String core) {
    return ArenaPlanner.plan(graph, LibraryId.parse(library), Core.ofLabel(core).orElseThrow());
  }

  private static Tensor plain(int index, DataType type, int length) {
    return new Tensor(
        index, "t" + index, type, Shape.of(length), Optional.empty(), Optional.empty(), false);
  }

  private static Subgraph negate(String name) {
    Node node =
        new Node(0, Operator.NEG, "", List.of(0), List.of(1), List.of(), new Options.None());
    return new Subgraph(
        name,
        List.of(plain(0, DataType.INT8, 64), plain(1, DataType.INT8, 64)),
        List.of(node),
        List.of(0),
        List.of(1));
  }

  private static ByteBuffer offline(int... offsets) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Integer.BYTES * (3 + offsets.length)).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(1).putInt(0).putInt(offsets.length);
    for (int offset : offsets) {
      buffer.putInt(offset);
    }
    return buffer.flip().asReadOnlyBuffer();
  }
}
