package dev.thumbprint.kernels;

import java.util.function.IntUnaryOperator;

/**
 * From one quantisation to another: QUANTIZE of integers and RELU. The centred input is scaled once
 * and clamped.
 *
 * <p>One element of 8, 16 or 32 bits to one of the output; {@link Elementwise} applies it. The
 * centred input wraps at 32 bits.
 *
 * <p>Source: tensorflow/tflite-micro 90b983c2, kernels/quantize_common.cc and activations.cc.
 *
 * @param zeroPointInput of the input
 * @param scale input scale over output scale
 * @param zeroPointOutput of the output
 * @param min lower clamp, from the type and the fused activation
 * @param max upper clamp
 * @param rounding how a product comes back to 32 bits
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
