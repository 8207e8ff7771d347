package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;

/**
 * From one quantisation to another: QUANTIZE of integers and RELU. The centred input is scaled once
 * and clamped.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/quantize_common.cc and activations.cc.
 *
 * @param scale input scale over output scale
 */
public record Rescale(
    int zeroPointInput,
    QuantizedMultiplier scale,
    int zeroPointOutput,
    int min,
    int max,
    Rounding rounding)
    implements IntUnaryOperator {

  @Override
  public int applyAsInt(int x) {
    int scaled = scale.times(x - zeroPointInput, rounding);
    return Math.clamp((long) scaled + zeroPointOutput, min, max);
  }
}
