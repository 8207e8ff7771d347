package dev.thumbprint.kernels.signal;

/**
 * Real Fourier transforms in single precision, in the order of operations of KissFFT v130 and
 * without fused multiply-add; the inverse is divided by the number of samples. A sum or product of
 * two floats in double precision, rounded, is that of single precision. One instance serves one
 * thread.
 */
public final class FloatFourier extends RealFourier {
  /**
   * Prepares transforms.
   *
   * @param samples real samples, even, at least 4, half of it without a prime factor above 5
   * @param inverse spectrum to samples instead of samples to spectrum
   * @throws IllegalArgumentException for other lengths
   */
  public FloatFourier(int samples, boolean inverse) {
    super(samples, inverse);
    prepare();
  }

  /**
   * Samples to spectrum.
   *
   * @param samples as many as the transform has
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, written from {@code
   *     at}
   */
  public void forward(float[] samples, float[] spectrum, int at) {
    double[] given = samples();
    for (int i = 0; i < given.length; i++) {
      given[i] = samples[i];
    }
    forward();
    double[] found = spectrum();
    for (int i = 0; i < found.length; i++) {
      spectrum[at + i] = (float) found[i];
    }
  }

  /**
   * Spectrum to samples.
   *
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, read from {@code at}
   * @param samples as many as the transform has, written from {@code to}
   */
  public void inverse(float[] spectrum, int at, float[] samples, int to) {
    double[] given = spectrum();
    for (int i = 0; i < given.length; i++) {
      given[i] = spectrum[at + i];
    }
    double[] found = inverse();
    for (int i = 0; i < found.length; i++) {
      samples[to + i] = (float) found[i] / found.length;
    }
  }

  @Override
  double factor(double real) {
    return (float) real;
  }

  @Override
  double fit(double sum) {
    return (float) sum;
  }

  @Override
  double half(double sum) {
    return (float) sum * 0.5f;
  }

  @Override
  double scaled(double x, int radix) {
    return x;
  }

  @Override
  double product(double a, double b) {
    return (float) (a * b);
  }

  @Override
  double real(double r, double i, double byR, double byI) {
    return (float) (product(r, byR) - product(i, byI));
  }

  @Override
  double imaginary(double r, double i, double byR, double byI) {
    return (float) (product(r, byI) + product(i, byR));
  }
}
