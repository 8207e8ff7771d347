package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;

/**
 * LEAKY_RELU of quantised integers: the centred input is scaled by one of two multipliers. The sign
 * of a negative slope is applied after the scaling.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/leaky_relu.h.
 *
 * @param identity input scale / output scale
 * @param slope input scale x alpha / output scale; may be negative
 */
public record LeakyRelu(
    int zeroPointInput,
    QuantizedMultiplier identity,
    QuantizedMultiplier slope,
    int zeroPointOutput,
    int min,
    int max,
    Rounding rounding)
    implements IntUnaryOperator {

  @Override
  public int applyAsInt(int x) {
    int centred = x - zeroPointInput;
    int scaled = centred >= 0 ? identity.times(centred, rounding) : negative(centred);
    return Math.clamp((long) scaled + zeroPointOutput, min, max);
  }

  private int negative(int centred) {
    int magnitude =
        FixedPoint.multiply(centred, Math.abs(slope.multiplier()), slope.shift(), rounding);
    return slope.multiplier() < 0 ? -magnitude : magnitude;
  }
}
