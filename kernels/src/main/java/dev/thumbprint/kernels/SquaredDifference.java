package dev.thumbprint.kernels;

import java.util.function.IntBinaryOperator;

/**
 * SQUARED_DIFFERENCE of quantised integers. The left shift is 7 for 8-bit and 0 for 16-bit
 * elements.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/squared_difference.cc.
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
