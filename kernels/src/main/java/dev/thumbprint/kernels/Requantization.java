package dev.thumbprint.kernels;

/**
 * From accumulators back to activations: scale by the channel's multiplier, add the zero point,
 * clamp.
 *
 * @param multipliers per output channel, as {@link QuantizedMultiplier#multiplier}
 * @param shifts per output channel, as {@link QuantizedMultiplier#shift}
 * @param zeroPoint of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param rounding of 32-bit accumulators
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by convention: hot code indexes them
public record Requantization(
    int[] multipliers, int[] shifts, int zeroPoint, int min, int max, Rounding rounding) {

  /**
   * Canonical.
   *
   * @throws IllegalArgumentException if there are not as many shifts as multipliers, or the clamp
   *     range is empty
   */
  public Requantization {
    if (multipliers.length != shifts.length) {
      throw new IllegalArgumentException(
          multipliers.length + " multipliers but " + shifts.length + " shifts");
    }
    if (min > max) {
      throw new IllegalArgumentException("clamp range " + min + " to " + max + " is empty");
    }
  }

  /**
   * One multiplier per channel.
   *
   * @throws IllegalArgumentException if a multiplier is out of range
   */
  public static Requantization of(
      double[] reals, int zeroPoint, int min, int max, Rounding rounding) {
    int[] multipliers = new int[reals.length];
    int[] shifts = new int[reals.length];
    for (int i = 0; i < reals.length; i++) {
      QuantizedMultiplier quantized = QuantizedMultiplier.of(reals[i], rounding);
      multipliers[i] = quantized.multiplier();
      shifts[i] = quantized.shift();
    }
    return new Requantization(multipliers, shifts, zeroPoint, min, max, rounding);
  }

  /** Number of output channels. */
  public int channels() {
    return multipliers.length;
  }

  /** The activation of a 32-bit accumulator of {@code channel}. */
  public int apply(int accumulator, int channel) {
    int scaled = FixedPoint.multiply(accumulator, multipliers[channel], shifts[channel], rounding);
    return Math.clamp((long) scaled + zeroPoint, min, max);
  }

  /** The activation of a 64-bit accumulator of {@code channel}; the output has no zero point. */
  public int applyWide(long accumulator, int channel) {
    return Math.clamp(
        FixedPoint.multiplyWide(accumulator, multipliers[channel], shifts[channel]), min, max);
  }
}
