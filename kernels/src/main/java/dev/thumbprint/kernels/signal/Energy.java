package dev.thumbprint.kernels.signal;

/** SignalEnergy: squared magnitudes of a complex 16-bit spectrum. */
public final class Energy {
  private Energy() {}

  /**
   * {@code output[i] = re[i]^2 + im[i]^2}, unsigned 32 bits; other elements stay as they are.
   *
   * @param spectrum pairs of real and imaginary part
   * @param start first bin, included
   * @param end last bin, excluded
   */
  public static void int16(short[] spectrum, int start, int end, int[] output) {
    for (int i = start; i < end; i++) {
      int real = spectrum[2 * i];
      int imaginary = spectrum[2 * i + 1];
      output[i] = real * real + imaginary * imaginary;
    }
  }
}
