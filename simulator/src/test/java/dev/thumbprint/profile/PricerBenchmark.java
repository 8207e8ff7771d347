package dev.thumbprint.profile;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.cost.pricing.LayerCost;
import dev.thumbprint.cost.pricing.NetworkCost;
import dev.thumbprint.cost.pricing.Pricer;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time of an estimate: a whole network at once, and layers of all shapes in a batch on one core.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PricerBenchmark {
  private static final int LAYERS = 10_000;

  private Pricer pricer;
  private List<LayerWork> batch;

  /** A network of the zoo. */
  @State(Scope.Benchmark)
  public static class Whole {
    @Param({"kws", "ic", "ad", "vww"})
    String network;

    private List<LayerWork> layers;

    /** Lowers the network. */
    @Setup
    public void prepare() {
      layers = Lowering.lower(Zoo.graph(network));
    }
  }

  /** Draws the layers of the batch. */
  @Setup
  public void prepare() {
    Target target = Target.of(Boards.named("nucleo-l4r5zi"), TargetOptions.builder().build());
    pricer = CostModel.shipped().on(target);
    Random random = new Random(1);
    batch = new ArrayList<>();
    for (int i = 0; i < LAYERS; i++) {
      batch.add(convolution(random));
    }
  }

  private static LayerWork convolution(Random random) {
    int side = 4 + random.nextInt(60);
    int in = 1 + random.nextInt(128);
    int out = 1 + random.nextInt(128);
    int kernel = random.nextBoolean() ? 3 : 1;
    return new LayerWork(
        Operator.CONV_2D,
        "",
        List.of(Shape.of(1, side, side, in)),
        Shape.of(out, kernel, kernel, in),
        Shape.of(1, side, side, out),
        new Window(kernel, kernel, 1, 1, 1, 1, Padding.SAME),
        DataType.INT8,
        DataType.INT8,
        DataType.INT8,
        Activation.NONE,
        true,
        true);
  }

  /** Cycles of a whole network with their interval. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public NetworkCost wholeNetwork(Whole whole) {
    return pricer.network(whole.layers);
  }

  /** Convolutions of ten thousand shapes, one after the other. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @OperationsPerInvocation(LAYERS)
  public void layersOfABatch(Blackhole sink) {
    for (LayerWork work : batch) {
      LayerCost cost = pricer.layer(work);
      sink.consume(cost);
    }
  }
}
