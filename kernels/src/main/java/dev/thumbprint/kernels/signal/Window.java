package dev.thumbprint.kernels.signal;

import dev.thumbprint.kernels.FixedPoint;

/** SignalWindow: frames of 16-bit samples weighted by one window. */
public final class Window {
  private Window() {}

  /**
   * {@code output = saturate16((input * weights) >> shift)}, rounding towards minus infinity.
   *
   * @param input frames of {@code weights.length} samples, one after another
   * @param weights one frame of weights
   * @param shift 0 to 31
   * @param output as many elements as {@code input}
   */
  public static void int16(short[] input, short[] weights, int shift, short[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = FixedPoint.saturate16((input[i] * weights[i % weights.length]) >> shift);
    }
  }
}
