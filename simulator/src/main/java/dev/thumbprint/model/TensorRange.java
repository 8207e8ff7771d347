package dev.thumbprint.model;

import dev.thumbprint.cost.work.DataType;

/** The real values that the integers of a tensor reach, one for each scale. */
final class TensorRange {
  private TensorRange() {}

  /** The real values of the least integer. */
  static float[] least(Tensor tensor, Quantization quantization) {
    if (tensor.type() == DataType.UINT8) {
      return real(0, quantization);
    }
    // Weights leave the least integer out: they reach as far below zero as above it.
    return real(-(1L << (tensor.type().bits() - 1)) + (tensor.constant() ? 1 : 0), quantization);
  }

  /** The real values of the greatest integer. */
  static float[] greatest(Tensor tensor, Quantization quantization) {
    int magnitudeBits = tensor.type().bits() - (tensor.type() == DataType.UINT8 ? 0 : 1);
    return real((1L << magnitudeBits) - 1, quantization);
  }

  private static float[] real(long code, Quantization quantization) {
    float[] values = new float[quantization.scales().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (code - quantization.zeroPoints()[i]) * quantization.scales()[i];
    }
    return values;
  }
}
