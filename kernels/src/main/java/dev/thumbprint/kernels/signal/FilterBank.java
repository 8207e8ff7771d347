package dev.thumbprint.kernels.signal;

/** SignalFilterBank: energies of frequency bins gathered into overlapping triangular channels. */
public final class FilterBank {
  private FilterBank() {}

  /**
   * Channel c is the weighted sum of its own bins plus the complementary sum of the bins of the
   * channel before it; 64 bits, wrapping.
   *
   * @param input unsigned 32-bit energies of the bins
   * @param weights weight of every bin of every channel
   * @param unweights what the same bins give to the next channel
   * @param bins first bin of each of {@code channels + 1} channels; the first only prepares the
   *     second
   * @param starts first weight of each of them
   * @param widths number of bins of each of them
   * @param output {@code channels} sums, unsigned 64 bits
   */
  public static void int16(
      int[] input,
      short[] weights,
      short[] unweights,
      short[] bins,
      short[] starts,
      short[] widths,
      long[] output) {
    long carried = 0;
    for (int channel = 0; channel <= output.length; channel++) {
      long sum = carried;
      carried = 0;
      for (int j = 0; j < widths[channel]; j++) {
        long energy = Integer.toUnsignedLong(input[bins[channel] + j]);
        sum += weights[starts[channel] + j] * energy;
        carried += unweights[starts[channel] + j] * energy;
      }
      if (channel > 0) {
        output[channel - 1] = sum;
      }
    }
  }
}
