package dev.thumbprint.kernels;

/** A function of one single-precision number. */
@FunctionalInterface
public interface FloatUnary {
  /** The value at {@code x}. */
  float apply(float x);
}
