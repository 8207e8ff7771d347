package dev.thumbprint.kernels.signal;

/**
 * SignalFilterBankSpectralSubtraction: takes a slowly moving estimate of the noise off each
 * channel. All unsigned 32-bit fixed point with {@code bits} bits after the point in the factors.
 *
 * @param smoothing share of the new signal in the estimate, even channels
 * @param oneMinusSmoothing share of the old estimate, even channels
 * @param alternateSmoothing share of the new signal, odd channels
 * @param alternateOneMinusSmoothing share of the old estimate, odd channels
 * @param smoothingBits left shift of the signal for the estimate
 * @param minSignalRemaining share of the signal that always stays
 * @param clamping whether the estimate never exceeds the signal
 * @param bits bits after the point of the shares
 */
public record SpectralSubtraction(
    int smoothing,
    int oneMinusSmoothing,
    int alternateSmoothing,
    int alternateOneMinusSmoothing,
    int smoothingBits,
    int minSignalRemaining,
    boolean clamping,
    int bits) {

  /**
   * One step in time.
   *
   * @param estimate the noise of each channel, updated
   */
  public void apply(int[] input, int[] output, int[] estimate) {
    for (int i = 0; i < output.length; i++) {
      boolean even = i % 2 == 0;
      long share = Integer.toUnsignedLong(even ? smoothing : alternateSmoothing);
      long rest = Integer.toUnsignedLong(even ? oneMinusSmoothing : alternateOneMinusSmoothing);
      long signal = Integer.toUnsignedLong(input[i] << smoothingBits);
      long moved = signal * share + Integer.toUnsignedLong(estimate[i]) * rest;
      estimate[i] = (int) (moved >>> bits);
      long noise = Integer.toUnsignedLong(estimate[i]);
      if (noise > signal) {
        noise = signal;
        if (clamping) {
          estimate[i] = (int) noise;
        }
      }
      long least =
          (Integer.toUnsignedLong(input[i]) * Integer.toUnsignedLong(minSignalRemaining)) >>> bits;
      long left = (signal - noise) >>> smoothingBits;
      output[i] = (int) Math.max(left, least & 0xFFFF_FFFFL);
    }
  }
}
