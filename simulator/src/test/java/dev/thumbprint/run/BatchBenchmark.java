package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Inferences in a second when a set of samples is run by one thread and by two, once compiled. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BatchBenchmark {
  private static final int SAMPLES = 2000;

  /** Networks of MLPerf Tiny, built in. */
  @Param({"kws", "vww"})
  public String network;

  /** Our tiers for sets. */
  @Param({"plain", "vector"})
  public String tier;

  /** Interpreters side by side. */
  @Param({"1", "2"})
  public int threads;

  private Program program;
  private LabelledSet set;

  /** Draws the set and prepares the network. */
  @Setup
  public void load() {
    Graph graph = Zoo.graph(network);
    Tier chosen = Tier.valueOf(tier.toUpperCase(Locale.ROOT));
    program = OperatorTable.prepare(graph, RunOptions.defaults().with(chosen.kernels()));
    Shape input = graph.main().tensor(graph.main().inputs().getFirst()).shape();
    byte[] samples = new byte[Math.toIntExact(SAMPLES * input.elements())];
    new Random(1).nextBytes(samples);
    Shape all = Shape.of(SAMPLES, Math.toIntExact(input.elements()));
    set = LabelledSet.of(new Npy(DataType.INT8, all, ByteBuffer.wrap(samples)), new int[SAMPLES]);
  }

  /** The whole set. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public BatchResult set() {
    return BatchRun.run(program, set, threads, done -> {});
  }
}
