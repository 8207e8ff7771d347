package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceReader;
import dev.thumbprint.explore.space.SpaceRequest;
import java.io.IOException;
import java.util.Locale;
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

/**
 * How long spaces of MobileNet variants x boards x libraries x clocks take, by their size, on all
 * cores. The number of networks grows with the space; boards, libraries and flags stay.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class ExplorationBenchmark {
  private static final String SPACE =
      """
      version: 1
      network: { family: mobilenet-v1, width: { from: 0.1, to: LAST, step: 0.001 }, resolution: { from: 96, to: LARGEST, step: 8 }, classes: 2 }
      board: [nucleo-l4r5zi, nucleo-l496zg, nucleo-f446re, nucleo-f746zg, nucleo-f767zi, nucleo-h743zi]
      clock: { from: 20 MHz, to: 80 MHz, step: 20 MHz }
      kernels: [cmsis-nn@2020-09, cmsis-nn@2022, cmsis-nn@2024, cmsis-nn@2026, tflm-reference@2026]
      opt: [Os, O2, O3, Ofast]
      """;

  /** Designs of one network: boards x clocks x libraries x levels. */
  private static final int DESIGNS_PER_NETWORK = 6 * 4 * 5 * 4;

  /** Widths of the space of a million; a larger space has more resolutions instead. */
  private static final int WIDTHS_MAX = 1042;

  private static final int RESOLUTIONS = 2;

  private static final int WARM_UP = 100_000;

  @Param({"1000", "10000", "100000", "1000000", "10000000"})
  int designs;

  private Space space;

  /**
   * Reads a space of about so many designs; prices another first, so that what is measured is
   * compiled.
   */
  @Setup
  public void read() throws IOException {
    explore(space(WARM_UP));
    space = space(designs);
  }

  private static Space space(int designs) throws IOException {
    int networks = Math.max(1, designs / DESIGNS_PER_NETWORK);
    int widths = Math.min(WIDTHS_MAX, Math.ceilDiv(networks, RESOLUTIONS));
    int resolutions = Math.ceilDiv(networks, widths);
    String text =
        SPACE
            .replace("LAST", String.format(Locale.ROOT, "%.3f", 0.1 + 0.001 * (widths - 1)))
            .replace("LARGEST", Integer.toString(96 + 8 * (resolutions - 1)));
    return SpaceReader.read(SpaceRequest.of("benchmark.yaml", text), Inputs.ofThisMachine());
  }

  private static long explore(Space space) throws IOException {
    return new Explorer(space, Runtime.getRuntime().availableProcessors()).run().tally().designs();
  }

  /** Prices all of it. */
  @Benchmark
  public long explore() throws IOException {
    return explore(space);
  }
}
