package dev.thumbprint.kernels.signal;

import dev.thumbprint.kernels.FixedPoint;
import java.util.Arrays;

/** SignalOverlapAdd: frames that overlap added into one stream. */
public final class OverlapAdd {
  private OverlapAdd() {}

  /**
   * Adds one frame to the buffer (saturating), puts out its first {@code step} samples and moves
   * the rest forward.
   *
   * @param input frames one after another; this one begins at {@code from}
   * @param buffer state, as many samples as a frame
   * @param output receives {@code step} samples from {@code to} on
   * @param step samples from one frame to the next, at most a frame
   */
  public static void int16(
      short[] input, int from, short[] buffer, short[] output, int to, int step) {
    int frame = buffer.length;
    for (int i = 0; i < frame; i++) {
      buffer[i] = FixedPoint.saturate16(input[from + i] + buffer[i]);
    }
    System.arraycopy(buffer, 0, output, to, step);
    System.arraycopy(buffer, step, buffer, 0, frame - step);
    Arrays.fill(buffer, frame - step, frame, (short) 0);
  }

  /** The same in single precision. */
  public static void float32(
      float[] input, int from, float[] buffer, float[] output, int to, int step) {
    int frame = buffer.length;
    for (int i = 0; i < frame; i++) {
      buffer[i] += input[from + i];
    }
    System.arraycopy(buffer, 0, output, to, step);
    System.arraycopy(buffer, step, buffer, 0, frame - step);
    Arrays.fill(buffer, frame - step, frame, 0);
  }
}
