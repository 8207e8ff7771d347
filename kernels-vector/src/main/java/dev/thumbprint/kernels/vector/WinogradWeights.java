package dev.thumbprint.kernels.vector;

import dev.thumbprint.kernels.ConvolutionSpec;
import dev.thumbprint.kernels.WindowGeometry;

/** Transformed weights of a layer, in the order in which {@link Panels} reads them. */
final class WinogradWeights {
  private static final int TAPS = 9;

  /** Integers below 2^24 are exact in single precision. */
  private static final long SUM_LIMIT = 1L << 24;

  private final int inputs;
  private final int outputs;
  private final int vectors;
  private final float[] values;

  /** The weights of a layer that {@link #suit}. */
  WinogradWeights(ConvolutionSpec spec) {
    inputs = spec.window().inputChannels();
    outputs = spec.window().outputChannels();
    vectors = Panels.vectors(outputs);
    values = new float[Winograd.PLACES * inputs * outputs];
    for (int i = 0; i < values.length; i++) {
      int output = i / (block() * inputs) % (outputs / block()) * block() + i % block();
      int input = i / block() % inputs;
      int place = i / (outputs * inputs);
      values[i] = weight(spec.filter(), inputs, output, input, place);
    }
  }

  /**
   * Whether the layer has such a window, channels that fill vectors, and sums that single precision
   * holds.
   */
  static boolean suit(ConvolutionSpec spec) {
    WindowGeometry w = spec.window();
    return w.filterHeight() == 3
        && w.filterWidth() == 3
        && w.strideHeight() == 1
        && w.strideWidth() == 1
        && w.dilationHeight() == 1
        && w.dilationWidth() == 1
        && w.inputChannels() % Panels.STEP == 0
        && w.outputChannels() % Panels.STEP == 0
        && PaddedImage.fits(VectorWinograd.wholeTiles(w), 1)
        && exact(spec);
  }

  private static boolean exact(ConvolutionSpec spec) {
    int channels = spec.window().inputChannels();
    int low = Byte.MIN_VALUE - spec.inputZeroPoint();
    int high = Byte.MAX_VALUE - spec.inputZeroPoint();
    for (int place = 0; place < Winograd.PLACES; place++) {
      long inputMax = Winograd.inputMax(place, low, high);
      for (int output = 0; output < spec.window().outputChannels(); output++) {
        long sum = 0;
        for (int input = 0; input < channels; input++) {
          sum += Math.abs(weight(spec.filter(), channels, output, input, place));
        }
        if (sum * inputMax >= SUM_LIMIT) {
          return false;
        }
      }
    }
    return true;
  }

  private static int weight(byte[] filter, int inputs, int output, int input, int place) {
    return Winograd.weight(filter, output * TAPS * inputs + input, inputs, place);
  }

  /** Output channels whose sums lie beside each other. */
  int block() {
    return vectors * Lanes.COUNT;
  }

  /**
   * Sums over the input channels at all places.
   *
   * @param in by place, block of {@link Panels#STEP} input channels, tile
   * @param count tiles
   * @param room tiles for which {@code in} and {@code sums} have room
   * @param sums receives bits of single-precision sums: by place, block of output channels, tile
   */
  void products(float[] in, int count, int room, int[] sums) {
    int from = 0;
    int to = 0;
    for (int place = 0; place < Winograd.PLACES; place++) {
      for (int output = 0; output < outputs; output += block()) {
        int at = place * inputs * room;
        int blocks = inputs / Panels.STEP;
        Panels.products(vectors, in, at, blocks, room * Panels.STEP, count, values, from, sums, to);
        from += inputs * block();
        to += room * block();
      }
    }
  }
}
