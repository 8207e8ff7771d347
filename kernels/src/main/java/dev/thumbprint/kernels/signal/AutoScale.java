package dev.thumbprint.kernels.signal;

/** SignalFftAutoScale: shifts samples left until the greatest uses all 15 bits. */
public final class AutoScale {
  private AutoScale() {}

  /**
   * Scales samples by a power of two.
   *
   * <p>The maximum is kept in 16 bits, so -32768 becomes a maximum of -32768 that any later sample
   * replaces; the runtime does the same. All-zero input is not shifted.
   *
   * @param input at least as many samples as the output, of any shape
   * @param output receives the shifted samples; may be the input
   * @return the shift, 0 to 14
   */
  public static int int16(short[] input, short[] output) {
    short max = 0;
    for (int i = 0; i < output.length; i++) {
      short sample = input[i];
      if (sample > max) {
        max = sample;
      } else if (-sample > max) {
        max = (short) -sample;
      }
    }
    int bits = max == 0 ? Integer.SIZE : Integer.SIZE - Integer.numberOfLeadingZeros(max);
    int shift = Math.max(0, Short.SIZE - bits - 1);
    for (int i = 0; i < output.length; i++) {
      output[i] = (short) (input[i] << shift);
    }
    return shift;
  }
}
