package dev.thumbprint.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.kernels.ByteKernel;
import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.WindowGeometry;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Layers by Winograd tiles against the reference: odd sizes, many tiles, sums near the limit. */
final class WinogradTest {
  private static final int CASES = 120;
  private static final int FILLS = 4;

  @Test
  void layersAreTheReference() {
    int tiled = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed * 7919L);
      int channels = 16 * (1 + random.nextInt(8));
      int outputs = 16 * (1 + random.nextInt(5));
      WindowGeometry window =
          window(random, 1 + random.nextInt(2), channels, outputs, 1 + random.nextInt(24));
      ConvolutionSpec spec = VectorTierTest.spec(random, window, 9 * channels * outputs);
      tiled += WinogradWeights.suit(spec) ? 1 : 0;
      byte[] input = new byte[window.batches() * window.input(1, 0, 0)];
      for (int fill = 0; fill < FILLS; fill++) {
        VectorTierTest.fill(input, fill, random);
        compare(spec, input, "seed " + seed + ", fill " + fill);
      }
    }
    assertThat(tiled).isBetween(CASES / 4, CASES - 1);
  }

  /** For each place of a tile, the input that makes its sum as large as it can be. */
  @Test
  void largestSumsAreExact() {
    Random random = new Random(1);
    int channels = 32;
    WindowGeometry window = window(random, 1, channels, 16, 2);
    ConvolutionSpec spec = nearTheLimit(window);
    assertThat(WinogradWeights.suit(spec)).isTrue();
    for (int place = 0; place < Winograd.PLACES; place++) {
      byte[] input = new byte[window.input(1, 0, 0)];
      for (int i = 0; i < input.length; i++) {
        int pixel = i / channels;
        int weight = Winograd.weight(spec.filter(), i % channels, channels, place);
        int factor = Winograd.factor(place, pixel);
        input[i] = (byte) (weight * factor > 0 ? 127 : -128);
      }
      compare(spec, input, "place " + place);
    }
  }

  /** A 4x4 image without padding, and weights as large as the layer may have. */
  private static ConvolutionSpec nearTheLimit(WindowGeometry window) {
    Requantization scale =
        Requantization.of(filled(window.outputChannels()), 3, -128, 127, Rounding.DOUBLE);
    for (int largest = 127; ; largest--) {
      byte[] filter = new byte[9 * window.inputChannels() * window.outputChannels()];
      Random random = new Random(2);
      for (int i = 0; i < filter.length; i++) {
        filter[i] = (byte) (largest - random.nextInt(3));
      }
      ConvolutionSpec spec =
          new ConvolutionSpec(window, window.inputChannels(), -128, filter, null, scale);
      if (WinogradWeights.suit(spec)) {
        return spec;
      }
    }
  }

  private static double[] filled(int count) {
    double[] reals = new double[count];
    Arrays.fill(reals, 1.7e-5);
    return reals;
  }

  private static WindowGeometry window(
      Random random, int batches, int channels, int outputs, int size) {
    boolean padded = size > 2 && random.nextBoolean();
    int pad = padded ? 1 : 0;
    int width = size > 2 ? 1 + random.nextInt(24) : size;
    return new WindowGeometry(
        batches,
        size + 2 - 2 * pad,
        width + 2 - 2 * pad,
        channels,
        3,
        3,
        1,
        1,
        1,
        1,
        pad,
        pad,
        size,
        width,
        outputs);
  }

  private static void compare(ConvolutionSpec spec, byte[] input, String what) {
    WindowGeometry window = spec.window();
    byte[] ours = new byte[window.batches() * window.output(1, 0, 0)];
    byte[] theirs = new byte[ours.length];
    ByteKernel kernel = new VectorTier().conv2d(spec).get();
    kernel.run(input, ours);
    new ScalarTier().conv2d(spec).get().run(input, theirs);
    assertThat(ours).as("%s, %s", what, window).isEqualTo(theirs);
  }
}
