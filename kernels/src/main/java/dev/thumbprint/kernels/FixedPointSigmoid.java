package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;

/**
 * LOGISTIC and TANH of 8-bit elements, computed per element in Q4 fixed point. LOGISTIC puts out
 * scale 1/256 and zero point -128, TANH 1/128 and 0. Beyond the radius the output is the end of its
 * range.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/logistic_common.cc, kernels/tanh.cc.
 *
 * @param zeroPoint of the input
 * @param radius centred input magnitude from which on the output saturates
 * @param scale of the centred input, into Q4
 * @param tanh whether this is TANH
 * @param rounding how the scaled input comes back to 32 bits
 */
public record FixedPointSigmoid(
    int zeroPoint, int radius, QuantizedMultiplier scale, boolean tanh, Rounding rounding)
    implements IntUnaryOperator {
  private static final int INTEGER_BITS = 4;
  private static final int LOGISTIC_SHIFT = 23;
  private static final int TANH_SHIFT = 24;

  /**
   * The constants of an input quantisation.
   *
   * @throws IllegalArgumentException if the input scale is below 2^-28 or so large that no input
   *     but 0 stays in range
   */
  public static FixedPointSigmoid of(
      float inputScale, int zeroPoint, boolean tanh, Rounding rounding) {
    double real = inputScale * (double) (1 << (31 - INTEGER_BITS));
    QuantizedMultiplier scale = QuantizedMultiplier.of(real);
    if (scale.shift() < 0) {
      throw new IllegalArgumentException("input scale " + inputScale + " is below 2^-28");
    }
    int radius = Softmax.inputRadius(INTEGER_BITS, scale.shift());
    return new FixedPointSigmoid(zeroPoint, radius, scale, tanh, rounding);
  }

  @Override
  public int applyAsInt(int x) {
    int centred = x - zeroPoint;
    if (centred <= -radius) {
      return Byte.MIN_VALUE;
    }
    if (centred >= radius) {
      return Byte.MAX_VALUE;
    }
    int inQ4 = scale.times(centred, rounding);
    return tanh
        ? FixedPoint.saturate8(
            FixedPoint.roundingDivideByPowerOfTwo(Gemmlowp.tanh(inQ4), TANH_SHIFT))
        : FixedPoint.saturate8(
            FixedPoint.roundingDivideByPowerOfTwo(Gemmlowp.logistic(inQ4), LOGISTIC_SHIFT)
                + Byte.MIN_VALUE);
  }
}
