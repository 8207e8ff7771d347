package dev.thumbprint.kernels.signal;

/**
 * Real Fourier transforms in fixed point, bit for bit as KissFFT v130 with {@code FIXED_POINT} 16
 * or 32. Every stage divides by its radix, so a forward transform is scaled by one over its length;
 * products round half up; what does not fit the width wraps. One instance serves one thread.
 */
public final class FixedFourier extends RealFourier {
  private final int fractionBits;
  private final long max;

  /**
   * Prepares transforms.
   *
   * @param samples real samples, even, at least 4, half of it without a prime factor above 5
   * @param inverse spectrum to samples instead of samples to spectrum
   * @param bits width of an element: 16 or 32
   * @throws IllegalArgumentException for other lengths
   */
  public FixedFourier(int samples, boolean inverse, int bits) {
    super(samples, inverse);
    this.fractionBits = bits - 1;
    this.max = (1L << fractionBits) - 1;
    prepare();
  }

  /**
   * Samples to spectrum.
   *
   * @param samples as many as the transform has, elements of its width
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, written from {@code
   *     at}
   */
  public void forward(int[] samples, int[] spectrum, int at) {
    double[] given = samples();
    for (int i = 0; i < given.length; i++) {
      given[i] = samples[i];
    }
    forward();
    double[] found = spectrum();
    for (int i = 0; i < found.length; i++) {
      spectrum[at + i] = (int) found[i];
    }
  }

  /**
   * Spectrum to samples.
   *
   * @param spectrum {@code samples / 2 + 1} pairs of real and imaginary part, read from {@code at}
   * @param samples as many as the transform has, written from {@code to}
   */
  public void inverse(int[] spectrum, int at, int[] samples, int to) {
    double[] given = spectrum();
    for (int i = 0; i < given.length; i++) {
      given[i] = spectrum[at + i];
    }
    double[] found = inverse();
    for (int i = 0; i < found.length; i++) {
      samples[to + i] = (int) found[i];
    }
  }

  @Override
  double factor(double real) {
    return Math.floor(0.5 + max * real);
  }

  @Override
  double fit(double sum) {
    return cut(element(sum));
  }

  @Override
  double half(double sum) {
    return cut((int) element(sum) >> 1);
  }

  @Override
  double scaled(double x, int radix) {
    return rounded(element(x) * (max / radix));
  }

  @Override
  double product(double a, double b) {
    return rounded(element(a) * element(b));
  }

  @Override
  double real(double r, double i, double byR, double byI) {
    return rounded(element(r) * element(byR) - element(i) * element(byI));
  }

  @Override
  double imaginary(double r, double i, double byR, double byI) {
    return rounded(element(r) * element(byI) + element(i) * element(byR));
  }

  /** An element, or a sum of some, which a double holds exactly. */
  private static long element(double x) {
    return (long) x;
  }

  private double rounded(long product) {
    return cut((product + (1L << (fractionBits - 1))) >> fractionBits);
  }

  private double cut(long x) {
    return fractionBits == Short.SIZE - 1 ? (short) x : (int) x;
  }
}
