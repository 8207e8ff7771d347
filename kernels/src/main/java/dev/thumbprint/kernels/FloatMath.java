package dev.thumbprint.kernels;

/** Small single-precision helpers with the conventions of the C++ kernels. */
public final class FloatMath {
  private FloatMath() {}

  /** {@code min(max(x, min), max)} by comparison, as C++ does it: a NaN stays a NaN. */
  public static float clamp(float x, float min, float max) {
    float low = x < min ? min : x;
    return max < low ? max : low;
  }
}
