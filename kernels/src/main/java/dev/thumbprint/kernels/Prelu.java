package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * PRELU of quantised integers: LEAKY_RELU with a slope per element, the second operand.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/prelu_common.cc.
 *
 * @param identity input scale / output scale
 * @param slope input scale x alpha scale / output scale
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
