package dev.thumbprint.kernels;

/** A function of two single-precision numbers. */
@FunctionalInterface
public interface FloatBinary {
  /** The value at {@code (a, b)}. */
  float apply(float a, float b);
}
