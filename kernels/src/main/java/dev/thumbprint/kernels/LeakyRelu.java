package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;

/**
 * LEAKY_RELU of quantised integers: the centred input is scaled by one of two multipliers. The sign
 * of a negative slope is applied after the scaling.
 *
 * <p>One element of 8 or 16 bits to one of the output; {@link Elementwise} applies it.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, reference/leaky_relu.h.
 *
 * @param zeroPointInput of the input
 * @param identity input scale / output scale
 * @param slope input scale x alpha / output scale; may be negative
 * @param zeroPointOutput of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param rounding how a product comes back to 32 bits
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
