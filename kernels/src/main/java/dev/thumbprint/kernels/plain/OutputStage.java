package dev.thumbprint.kernels.plain;

import dev.thumbprint.kernels.Requantization;
import dev.thumbprint.kernels.Rounding;

/**
 * Requantisation without branches. Two roundings are written as {@code (h + half + sign) >> e},
 * which equals a division by 2^e with ties away from zero.
 */
final class OutputStage {
  private static final long HALF_Q31 = 1L << 30;

  private final Requantization exact;
  private final int[] multipliers;
  private final int[] left;
  private final int[] right;
  private final int[] half;
  private final int[] signMask;
  private final boolean branchless;

  OutputStage(Requantization exact) {
    this(exact, 1);
  }

  /** A stage for rows of {@code pixels} pixels: the constants of all channels, repeated. */
  OutputStage(Requantization exact, int pixels) {
    this.exact = exact;
    int channels = Math.multiplyExact(exact.channels(), pixels);
    multipliers = new int[channels];
    left = new int[channels];
    right = new int[channels];
    half = new int[channels];
    signMask = new int[channels];
    boolean fits = exact.rounding() == Rounding.DOUBLE;
    for (int c = 0; c < channels; c++) {
      int shift = exact.shifts()[c % exact.channels()];
      multipliers[c] = exact.multipliers()[c % exact.channels()];
      left[c] = Math.max(shift, 0);
      right[c] = Math.max(-shift, 0);
      half[c] = right[c] == 0 ? 0 : 1 << (right[c] - 1);
      signMask[c] = right[c] == 0 ? 0 : -1;
      // 2^31 does not fit the constant of the last shift; such multipliers are below 2^-31.
      fits &= right[c] < 31;
    }
    branchless = fits;
  }

  /** Output of one pixel, or of one row of pixels: accumulators of all channels. */
  void pixel(int[] sums, byte[] output, int at) {
    if (!branchless) {
      for (int c = 0; c < multipliers.length; c++) {
        output[at + c] = (byte) exact.apply(sums[c], c % exact.channels());
      }
      return;
    }
    int zeroPoint = exact.zeroPoint();
    int min = exact.min();
    int max = exact.max();
    for (int c = 0; c < multipliers.length; c++) {
      int high = (int) (((sums[c] << left[c]) * (long) multipliers[c] + HALF_Q31) >> 31);
      long rounded = ((long) high + half[c] + (signMask[c] & (high >> 31))) >> right[c];
      output[at + c] = (byte) Math.max(min, Math.min(max, rounded + zeroPoint));
    }
  }

  /**
   * Output of one channel, {@code step} elements apart: accumulators of {@code count} pixels, which
   * are overwritten.
   */
  void channel(int[] sums, int count, int channel, byte[] output, int at, int step) {
    if (!branchless) {
      for (int i = 0; i < count; i++) {
        output[at + i * step] = (byte) exact.apply(sums[i], channel);
      }
      return;
    }
    long multiplier = multipliers[channel];
    int shift = left[channel];
    int down = right[channel];
    long add = half[channel];
    int mask = signMask[channel];
    int zeroPoint = exact.zeroPoint();
    int min = exact.min();
    int max = exact.max();
    for (int i = 0; i < count; i++) {
      int high = (int) (((sums[i] << shift) * multiplier + HALF_Q31) >> 31);
      long rounded = (high + add + (mask & (high >> 31))) >> down;
      sums[i] = (int) Math.max(min, Math.min(max, rounded + zeroPoint));
    }
    for (int i = 0; i < count; i++) {
      output[at + i * step] = (byte) sums[i];
    }
  }
}
