package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;

/**
 * HARD_SWISH of 8-bit elements, on 16-bit fixed-point numbers throughout. One element to one of the
 * output, saturated to 8 bits; {@link Elementwise} applies it.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/hard_swish.h and
 * kernels/hard_swish_common.cc.
 *
 * @param zeroPointInput of the input
 * @param outputMultiplier 16-bit multiplier from the high-resolution input to the output
 * @param outputExponent its shift to the left, at most 0
 * @param reluMultiplier 16-bit multiplier to the scale 3 / 2^15 of the relu-ish factor
 * @param reluExponent its shift to the left
 * @param zeroPointOutput of the output
 */
public record HardSwish(
    int zeroPointInput,
    int outputMultiplier,
    int outputExponent,
    int reluMultiplier,
    int reluExponent,
    int zeroPointOutput)
    implements IntUnaryOperator {
  private static final int HIGH_RESOLUTION_BITS = 7;

  /**
   * The constants of a quantisation; ratios are formed in single precision.
   *
   * @throws IllegalArgumentException if the output scale is too small
   */
  public static HardSwish of(
      float inputScale, int zeroPointInput, float outputScale, int zeroPointOutput) {
    float fine = (1.0f / 128) * inputScale;
    float relu = 3.0f / 32768;
    QuantizedMultiplier output = QuantizedMultiplier.of(fine / outputScale);
    QuantizedMultiplier factor = QuantizedMultiplier.of(fine / relu);
    if (output.shift() > 0) {
      throw new IllegalArgumentException(
          "output scale " + outputScale + " is below 1/128 of the input scale");
    }
    return new HardSwish(
        zeroPointInput,
        narrowed(output.multiplier()),
        output.shift(),
        narrowed(factor.multiplier()),
        factor.shift(),
        zeroPointOutput);
  }

  private static int narrowed(int multiplier) {
    return Math.min(Short.MAX_VALUE, (int) (((long) multiplier + (1 << 15)) >> 16));
  }

  @Override
  public int applyAsInt(int x) {
    short fine = (short) ((x - zeroPointInput) << HIGH_RESOLUTION_BITS);
    int scaled = highMultiplyRounded(fine, outputMultiplier);
    int relu = fine;
    if (reluExponent > 0) {
      relu = saturatedShift(relu, reluExponent - 1);
    }
    relu = highMultiplyRounded(relu, reluMultiplier);
    if (reluExponent > 0) {
      relu = FixedPoint.saturate16(relu << 1);
    }
    if (reluExponent < 0) {
      relu = FixedPoint.roundingDivideByPowerOfTwo(relu, Math.min(-reluExponent, 31));
    }
    relu = (relu + (1 << 15)) >> 1;
    int product = FixedPoint.saturate16(relu * scaled / (1 << 15));
    int output = FixedPoint.roundingDivideByPowerOfTwo(product, Math.min(-outputExponent, 31));
    return FixedPoint.saturate8(output + zeroPointOutput);
  }

  /** High half of 2ab in 16 bits, rounded as its 32-bit relative. */
  private static int highMultiplyRounded(int a, int b) {
    return FixedPoint.saturate16((a * b + (1 << 14)) >> 15);
  }

  private static int saturatedShift(int x, int left) {
    return Math.clamp((long) x << left, Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
