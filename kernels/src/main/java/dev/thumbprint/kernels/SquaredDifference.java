package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * SQUARED_DIFFERENCE of quantised integers. The left shift is 7 for 8-bit and 0 for 16-bit
 * elements. The square has 32 bits.
 *
 * <p>One element of each operand to one of the output; {@link Elementwise} applies it.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/squared_difference.cc.
 *
 * @param leftShift of the centred operands
 * @param zeroPointA of the first operand
 * @param scaleA from the first operand to twice the larger scale, below 1
 * @param zeroPointB of the second operand
 * @param scaleB from the second operand to twice the larger scale, below 1
 * @param scaleOutput from the square to the output's scale; may exceed 1
 * @param zeroPointOutput of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param rounding how a product comes back to 32 bits
 */
public record SquaredDifference(
    int leftShift,
    int zeroPointA,
    QuantizedMultiplier scaleA,
    int zeroPointB,
    QuantizedMultiplier scaleB,
    QuantizedMultiplier scaleOutput,
    int zeroPointOutput,
    int min,
    int max,
    Rounding rounding)
    implements IntBinaryOperator {

  @Override
  public int applyAsInt(int a, int b) {
    int left = scaleA.times((a - zeroPointA) << leftShift, rounding);
    int right = scaleB.times((b - zeroPointB) << leftShift, rounding);
    int difference = left - right;
    int squared = difference * difference;
    return Math.clamp((long) scaleOutput.times(squared, rounding) + zeroPointOutput, min, max);
  }
}
