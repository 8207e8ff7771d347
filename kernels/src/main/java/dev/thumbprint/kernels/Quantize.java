package dev.thumbprint.kernels;

/**
 * QUANTIZE of real numbers and DEQUANTIZE. Source: tensorflow/tflite-micro 90b983c2,
 * reference/quantize.h and dequantize.h.
 */
public final class Quantize {
  private Quantize() {}

  /**
   * The integer that stands for {@code x}: x / scale in single precision, rounded half away from
   * zero, plus the zero point, clamped. A NaN becomes the zero point, which C leaves undefined.
   */
  public static int quantize(float x, float scale, int zeroPoint, int min, int max) {
    double rounded = FixedPoint.roundHalfAway(x / scale);
    return Math.clamp((long) rounded + zeroPoint, min, max);
  }

  /** {@link #quantize} of every element into 8 bits, clamped to the whole type. */
  public static void float32(float[] input, float scale, int zeroPoint, byte[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (byte) quantize(input[i], scale, zeroPoint, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }
  }

  /** {@link #quantize} of every element into 16 bits, clamped to the whole type. */
  public static void float32(float[] input, float scale, int zeroPoint, short[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (short) quantize(input[i], scale, zeroPoint, Short.MIN_VALUE, Short.MAX_VALUE);
    }
  }

  /** scale x (x - zero point) in double precision, rounded to single. */
  public static float dequantize(int x, float scale, int zeroPoint) {
    return (float) ((double) scale * (x - zeroPoint));
  }
}
