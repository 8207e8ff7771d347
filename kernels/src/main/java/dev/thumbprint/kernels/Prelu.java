package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * PRELU of quantised integers: LEAKY_RELU with a slope per element, the second operand.
 *
 * <p>An element of 8 or 16 bits and a slope of 8 bits to one element; {@link Elementwise} applies
 * it.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/prelu_common.cc.
 *
 * @param zeroPointInput of the input
 * @param zeroPointAlpha of the slopes
 * @param identity input scale / output scale
 * @param slope input scale x alpha scale / output scale
 * @param zeroPointOutput of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param rounding how a product comes back to 32 bits
 */
public record Prelu(
    int zeroPointInput,
    int zeroPointAlpha,
    QuantizedMultiplier identity,
    QuantizedMultiplier slope,
    int zeroPointOutput,
    int min,
    int max,
    Rounding rounding)
    implements IntBinaryOperator {

  @Override
  public int applyAsInt(int x, int alpha) {
    int centred = x - zeroPointInput;
    int scaled =
        centred >= 0
            ? identity.times(centred, rounding)
            : slope.times(centred * (alpha - zeroPointAlpha), rounding);
    return Math.clamp((long) scaled + zeroPointOutput, min, max);
  }
}
