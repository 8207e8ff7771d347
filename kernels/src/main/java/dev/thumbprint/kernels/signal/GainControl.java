package dev.thumbprint.kernels.signal;

/** SignalPCAN: per-channel gain from a table of parabolas over the noise estimate. */
public final class GainControl {
  private static final int SNR_BITS = 12;
  private static final int OUTPUT_BITS = 6;
  private static final int INTERVAL_BITS = 11;
  private static final int FRACTION_MASK = 0x3FF;

  /** Entries of a full table: 2 of their own for 0 and 1, 4 for each of 32 powers of two. */
  public static final int TABLE_ENTRIES = 4 * Integer.SIZE - 6 + 3;

  private GainControl() {}

  /**
   * {@code output = shrink((input * gain(noise)) >> shift)}.
   *
   * @param input unsigned 32-bit channels
   * @param noise unsigned 32-bit noise estimates
   * @param table gains of 0, 1 and 2, then value, slope and curvature for each power of two
   * @param shift 0 to 63
   */
  public static void uint32(int[] input, int[] noise, short[] table, int shift, int[] output) {
    for (int i = 0; i < output.length; i++) {
      // The gain is 16 bits wide and widened with its sign, as the runtime does.
      long gain = Integer.toUnsignedLong(gain(noise[i], table));
      int snr = (int) ((Integer.toUnsignedLong(input[i]) * gain) >>> shift);
      output[i] = shrink(snr);
    }
  }

  /** Greatest index of the table that a noise estimate reads. */
  public static int lastEntry(int noise) {
    return Integer.compareUnsigned(noise, 2) <= 0 ? noise : entry(noise) + 2;
  }

  private static int entry(int noise) {
    return 4 * (Integer.SIZE - Integer.numberOfLeadingZeros(noise)) - 6;
  }

  private static short gain(int x, short[] table) {
    if (Integer.compareUnsigned(x, 2) <= 0) {
      return table[x];
    }
    int interval = Integer.SIZE - Integer.numberOfLeadingZeros(x);
    int at = entry(x);
    int shifted =
        interval < INTERVAL_BITS
            ? x << (INTERVAL_BITS - interval)
            : x >>> (interval - INTERVAL_BITS);
    int fraction = (short) (shifted & FRACTION_MASK);
    int result = (table[at + 2] * fraction) >> 5;
    result += table[at + 1] << 5;
    result *= fraction;
    result = (result + (1 << 14)) >> 15;
    return (short) (result + table[at]);
  }

  /** x^2 / 4 below 2, x - 1 from there on. */
  private static int shrink(int x) {
    if (Integer.compareUnsigned(x, 2 << SNR_BITS) < 0) {
      return (x * x) >>> (2 + 2 * SNR_BITS - OUTPUT_BITS);
    }
    return (x >>> (SNR_BITS - OUTPUT_BITS)) - (1 << OUTPUT_BITS);
  }
}
