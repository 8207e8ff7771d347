package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * MUL of quantised integers: the 32-bit product of the centred operands is scaled once and clamped.
 * 16-bit operands need zero points of 0.
 *
 * <p>One element of each operand to one of the output, 8 or 16 bits; {@link Elementwise} applies
 * it.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/mul_common.cc.
 *
 * @param zeroPointA of the first operand
 * @param zeroPointB of the second operand
 * @param scale product of the input scales over the output scale, formed in double precision
 * @param zeroPointOutput of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param rounding how a product comes back to 32 bits
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
