package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.model.Graph;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a plan takes, by the number of operators of a network with residual branches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ArenaPlannerBenchmark {
  @Param({"100", "1000", "10000"})
  int operators;

  private Graph graph;

  /** Builds blocks of three operators: a convolution, a depthwise convolution and an addition. */
  @Setup
  public void build() {
    TestGraph g = new TestGraph();
    int x = g.input(1, 16, 16, 8);
    for (int i = 0; i < operators / 3; i++) {
      x = g.add(x, g.depthwise(g.convolution(x, 8, 3, 3, 1), 5, 5));
    }
    g.output(x);
    graph = g.build();
  }

  /** One plan from graph to tables. */
  @Benchmark
  public MemoryPlan plan() {
    return ArenaPlanner.plan(graph, LibraryId.parse("cmsis-nn"), Core.CORTEX_M4);
  }
}
