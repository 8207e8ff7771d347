package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * MUL of quantised integers: the 32-bit product of the centred operands is scaled once and clamped.
 * 16-bit operands need zero points of 0.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/mul_common.cc.
 *
 * @param scale product of the input scales over the output scale, formed in double precision
 */
public record Mul(
    int zeroPointA,
    int zeroPointB,
    QuantizedMultiplier scale,
    int zeroPointOutput,
    int min,
    int max,
    Rounding rounding)
    implements IntBinaryOperator {

  @Override
  public int applyAsInt(int a, int b) {
    int product = (a - zeroPointA) * (b - zeroPointB);
    return Math.clamp((long) scale.times(product, rounding) + zeroPointOutput, min, max);
  }
}
