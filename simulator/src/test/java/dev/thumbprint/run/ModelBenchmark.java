package dev.thumbprint.run;

import dev.thumbprint.kernels.vector.VectorTier;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.oracle.NativeTflite;
import dev.thumbprint.run.operators.OperatorTable;
import java.util.Locale;
import java.util.Random;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One inference on one thread: our tiers beside the native kernels of TensorFlow Lite, on the same
 * file. {@code build/ratios.sh} runs it and prints the table of ratios. A virtual machine that is
 * held to AVX2 ({@code -XX:UseAVX=2}) holds XNNPACK to it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ModelBenchmark {
  /** Networks of MLPerf Tiny, built in. */
  @Param({"kws", "vww", "ic", "ad"})
  public String network;

  /** Our tiers, and the native kernels. */
  @Param({"plain", "vector", "native_builtin", "native_xnnpack"})
  public String kernels;

  private static final int AVX2_BITS = 256;

  private Runnable inference;
  private NativeTflite theirs;

  /** Loads the network. */
  @Setup
  public void load() {
    Graph graph = Zoo.graph(network);
    if (kernels.startsWith("native_")) {
      if (kernels.equals("native_xnnpack") && VectorTier.vectorBits() == AVX2_BITS) {
        NativeTflite.holdToAvx2();
      }
      String kind = kernels.substring("native_".length()).toUpperCase(Locale.ROOT);
      theirs =
          new NativeTflite(TfliteWriter.bytes(graph), NativeTflite.Kernels.valueOf(kind), false);
      theirs.setInput(0, input(graph));
      inference = theirs::invoke;
    } else {
      Tier tier = Tier.valueOf(kernels.toUpperCase(Locale.ROOT));
      Interpreter ours =
          OperatorTable.prepare(graph, RunOptions.defaults().with(tier.kernels())).interpreter();
      ours.setInput(0, input(graph));
      inference = ours::invoke;
    }
  }

  private static byte[] input(Graph graph) {
    long elements = graph.main().tensor(graph.main().inputs().getFirst()).shape().elements();
    byte[] input = new byte[Math.toIntExact(elements)];
    new Random(1).nextBytes(input);
    return input;
  }

  /** Frees the native interpreter. */
  @TearDown
  public void close() {
    if (theirs != null) {
      theirs.close();
    }
  }

  /** One inference. */
  @Benchmark
  public void inference() {
    inference.run();
  }
}
