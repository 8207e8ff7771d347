package dev.thumbprint.kernels;

/** How a product with a quantised multiplier is brought back to 32 bits. */
public enum Rounding {
  /** Two roundings: a doubling high multiply, then a division by a power of two. TFLM's default. */
  DOUBLE,
  /** One rounding of the 64-bit product. TFLM's build option {@code TFLITE_SINGLE_ROUNDING}. */
  SINGLE
}
