package dev.thumbprint.kernels;

/** Small single-precision helpers with the conventions of the C++ kernels. */
public final class FloatMath {
  /** Beyond it the reference takes the logistic function for 1 (reference/logistic.h). */
  private static final float LOGISTIC_ONE = 16.619047f;

  /** Below it the reference takes it for the exponential. */
  private static final float LOGISTIC_EXPONENTIAL = -9;

  private FloatMath() {}

  /** The logistic function as TensorFlow Lite approximates it at both ends. */
  public static float logistic(float x) {
    if (x > LOGISTIC_ONE) {
      return 1;
    }
    return x < LOGISTIC_EXPONENTIAL ? (float) Math.exp(x) : 1 / (1 + (float) Math.exp(-x));
  }

  /** {@code min(max(x, min), max)} by comparison, as C++ does it: a NaN stays a NaN. */
  public static float clamp(float x, float min, float max) {
    float low = x < min ? min : x;
    return max < low ? max : low;
  }
}
