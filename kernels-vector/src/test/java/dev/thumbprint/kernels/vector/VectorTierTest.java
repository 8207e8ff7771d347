package dev.thumbprint.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.kernels.AddSub;
import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.BytePairKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.WindowGeometry;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Vector kernels against the reference on odd sizes, boundary values and extreme scales. */
final class VectorTierTest {
  private static final int CASES = 400;
  private static final int FILLS = 4;

  private final KernelTier vector = new VectorTier();
  private final KernelTier scalar = new ScalarTier();

  @Test
  void convolutionsAreTheReference() {
    compare(random -> convolution(random, false), KernelTier::conv2d);
  }

  @Test
  void depthwiseConvolutionsAreTheReference() {
    compare(random -> convolution(random, true), KernelTier::depthwiseConv2d);
  }

  @Test
  void denseLayersAreTheReference() {
    compare(
        random -> {
          WindowGeometry dense =
              WindowGeometry.dense(
                  1 + random.nextInt(3), 1 + random.nextInt(150), 1 + random.nextInt(150));
          return spec(random, dense, dense.inputChannels() * dense.outputChannels());
        },
        KernelTier::fullyConnected);
  }

  @Test
  void poolsAreTheReference() {
    for (int seed = 0; seed < CASES; seed++) {
      WindowGeometry window = pool(new Random(seed));
      int min = -128 + seed % 20;
      int max = 127 - seed % 30;
      byte[] input = new byte[window.batches() * window.input(1, 0, 0)];
      for (int fill = 0; fill < FILLS; fill++) {
        fill(input, fill, new Random(seed));
        byte[] ours = new byte[window.batches() * window.output(1, 0, 0)];
        byte[] theirs = new byte[ours.length];
        vector.averagePool(window, min, max).get().run(input, ours);
        scalar.averagePool(window, min, max).get().run(input, theirs);
        assertThat(ours).as("average, seed %d, fill %d", seed, fill).isEqualTo(theirs);
        vector.maxPool(window, min, max).get().run(input, ours);
        scalar.maxPool(window, min, max).get().run(input, theirs);
        assertThat(ours).as("max, seed %d, fill %d", seed, fill).isEqualTo(theirs);
      }
    }
  }

  @Test
  void sumsAreTheReference() {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      AddSub.Operand a = operand(random);
      AddSub.Operand b = operand(random);
      AddSub.Operand sum = new AddSub.Operand(a.scale() + b.scale(), zeroPoint(random));
      AddSub function =
          random.nextBoolean()
              ? AddSub.add(AddSub.SHIFT_8, a, b, sum, -128, 127, Rounding.DOUBLE)
              : AddSub.subtract(AddSub.SHIFT_8, a, b, sum, -128, 127, Rounding.DOUBLE);
      BytePairKernel kernel = vector.addSub(function).get();
      byte[] left = new byte[1 + random.nextInt(1000)];
      byte[] right = new byte[left.length];
      byte[] ours = new byte[left.length];
      byte[] theirs = new byte[left.length];
      for (int fill = 0; fill < FILLS; fill++) {
        fill(left, fill, random);
        fill(right, random.nextInt(FILLS), random);
        kernel.run(left, right, ours);
        scalar.addSub(function).get().run(left, right, theirs);
        assertThat(ours).as("seed %d, fill %d", seed, fill).isEqualTo(theirs);
      }
    }
  }

  @Test
  void sumsBeyondSinglePrecisionGoToThePlainTier() {
    WindowGeometry dense = WindowGeometry.dense(1, 600, 3);
    byte[] filter = new byte[600 * 3];
    Arrays.fill(filter, (byte) -127);
    Requantization scale =
        Requantization.of(new double[] {1e-4, 1e-4, 1e-4}, 0, -128, 127, Rounding.DOUBLE);
    ConvolutionSpec spec = new ConvolutionSpec(dense, 600, -128, filter, null, scale);
    ByteKernel kernel = vector.fullyConnected(spec).get();
    assertThat(kernel).isNotInstanceOf(VectorDense.class);
    byte[] input = new byte[600];
    Arrays.fill(input, (byte) 127);
    input[0] = 126;
    byte[] ours = new byte[3];
    byte[] theirs = new byte[3];
    kernel.run(input, ours);
    scalar.fullyConnected(spec).get().run(input, theirs);
    assertThat(ours).isEqualTo(theirs);
  }

  /** A layer of a tier, to be prepared. */
  private interface Layer {
    Supplier<ByteKernel> prepare(KernelTier tier, ConvolutionSpec spec);
  }

  private void compare(Function<Random, ConvolutionSpec> maker, Layer layer) {
    int vectors = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      ConvolutionSpec spec = maker.apply(random);
      WindowGeometry window = spec.window();
      ByteKernel kernel = layer.prepare(vector, spec).get();
      ByteKernel reference = layer.prepare(scalar, spec).get();
      vectors += kernel.getClass().getPackage().equals(VectorTier.class.getPackage()) ? 1 : 0;
      byte[] input = new byte[window.batches() * window.input(1, 0, 0)];
      byte[] ours = new byte[window.batches() * window.output(1, 0, 0)];
      byte[] theirs = new byte[ours.length];
      for (int fill = 0; fill < FILLS; fill++) {
        fill(input, fill, random);
        kernel.run(input, ours);
        reference.run(input, theirs);
        assertThat(ours).as("seed %d, fill %d, %s", seed, fill, window).isEqualTo(theirs);
      }
    }
    assertThat(vectors).as("cases in vectors").isGreaterThan(CASES / 2);
  }

  private static ConvolutionSpec convolution(Random random, boolean depthwise) {
    int batches = 1 + random.nextInt(2);
    int channels = 1 + random.nextInt(random.nextInt(4) == 0 ? 70 : 9);
    int outputs =
        depthwise
            ? channels * (1 + random.nextInt(3))
            : 1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 20);
    int height = 1 + random.nextInt(9);
    int width = 1 + random.nextInt(9);
    int filterHeight = 1 + random.nextInt(4);
    int filterWidth = 1 + random.nextInt(4);
    WindowGeometry window =
        new WindowGeometry(
            batches,
            height,
            width,
            channels,
            filterHeight,
            filterWidth,
            1 + random.nextInt(3),
            1 + random.nextInt(3),
            1 + random.nextInt(2),
            1 + random.nextInt(2),
            random.nextInt(3),
            random.nextInt(3),
            1 + random.nextInt(6),
            1 + random.nextInt(6),
            outputs);
    int weights = filterHeight * filterWidth * outputs * (depthwise ? 1 : channels);
    return spec(random, window, weights);
  }

  static ConvolutionSpec spec(Random random, WindowGeometry window, int weights) {
    byte[] filter = new byte[weights];
    for (int i = 0; i < weights; i++) {
      filter[i] = (byte) (random.nextInt(255) - 127);
    }
    int[] bias =
        random.nextInt(4) == 0
            ? null
            : random.ints(window.outputChannels()).map(b -> b >> 12).toArray();
    int largest = random.nextInt(3) == 0 ? 8 : 0;
    double[] reals = new double[window.outputChannels()];
    for (int c = 0; c < reals.length; c++) {
      reals[c] = Math.scalb(0.5 + random.nextDouble() / 2, largest - random.nextInt(30));
    }
    Requantization scale =
        Requantization.of(reals, zeroPoint(random), -128 + random.nextInt(9), 127, Rounding.DOUBLE);
    return new ConvolutionSpec(
        window, window.inputChannels(), zeroPoint(random), filter, bias, scale);
  }

  private static WindowGeometry pool(Random random) {
    int height = 1 + random.nextInt(9);
    int width = 1 + random.nextInt(9);
    int filterHeight = 1 + random.nextInt(height);
    int filterWidth = 1 + random.nextInt(width);
    int stride = 1 + random.nextInt(2);
    int channels = 1 + random.nextInt(70);
    return new WindowGeometry(
        1 + random.nextInt(2),
        height,
        width,
        channels,
        filterHeight,
        filterWidth,
        stride,
        stride,
        1,
        1,
        random.nextInt(filterHeight),
        random.nextInt(filterWidth),
        1 + (height - filterHeight) / stride,
        1 + (width - filterWidth) / stride,
        channels);
  }

  private static AddSub.Operand operand(Random random) {
    return new AddSub.Operand(0.01f + random.nextFloat(), zeroPoint(random));
  }

  /** Both ends as often as the middle. */
  private static int zeroPoint(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> -128;
      case 1 -> 127;
      default -> random.nextInt(256) - 128;
    };
  }

  static void fill(byte[] values, int kind, Random random) {
    switch (kind) {
      case 0 -> random.nextBytes(values);
      case 1 -> Arrays.fill(values, (byte) -128);
      case 2 -> Arrays.fill(values, (byte) 127);
      default -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (byte) (random.nextBoolean() ? -128 : 127);
        }
      }
    }
  }
}
