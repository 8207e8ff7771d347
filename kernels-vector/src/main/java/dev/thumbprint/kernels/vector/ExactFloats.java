package dev.thumbprint.kernels.vector;

import dev.thumbprint.kernels.ConvolutionSpec;

/** Whether single precision gives a layer's exact sums, and 32 bits its exact requantisation. */
final class ExactFloats {
  /** Integers below 2^24 are exact in single precision. */
  private static final long SUM_LIMIT = 1L << 24;

  /** Largest magnitude of an 8-bit value less its zero point. */
  private static final long CENTRED_MAX = 255;

  private static final int RIGHT_SHIFT_LIMIT = 31;

  private ExactFloats() {}

  /**
   * Whether the layer may be computed in this tier.
   *
   * @param spec the layer
   * @param step distance of two weights of the same output channel
   * @param next distance of the first weights of two output channels
   * @param taps weights of one output channel
   */
  static boolean holds(ConvolutionSpec spec, int step, int next, int taps) {
    for (int channel = 0; channel < spec.window().outputChannels(); channel++) {
      long sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        sum += Math.abs(spec.filter()[channel * next + tap * step]);
      }
      long accumulator = sum * CENTRED_MAX;
      if (accumulator >= SUM_LIMIT) {
        return false;
      }
      int bias = spec.bias() == null ? 0 : spec.bias()[channel];
      if (!VectorStage.suits(
          accumulator + Math.abs((long) bias),
          spec.requantization().multipliers()[channel],
          spec.requantization().shifts()[channel])) {
        return false;
      }
    }
    return true;
  }

  /** Whether no step of a requantisation of values up to {@code magnitude} leaves 32 bits. */
  static boolean shiftsFit(long magnitude, int shift) {
    int left = Math.max(shift, 0);
    int right = Math.max(-shift, 0);
    if (left > RIGHT_SHIFT_LIMIT - 1 || right >= RIGHT_SHIFT_LIMIT) {
      return false;
    }
    long half = right == 0 ? 0 : 1L << (right - 1);
    return (magnitude << left) + half <= Integer.MAX_VALUE && magnitude << left >= 0;
  }
}
