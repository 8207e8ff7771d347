package dev.thumbprint.kernels.signal;

/**
 * Real Fourier transforms of mixed radix in the order of operations of KissFFT v130, over an
 * element type that a subclass gives. Elements are held as doubles, which hold integers of 32 bits
 * and single precision exactly; the subclass rounds or wraps every result to its type.
 */
abstract class RealFourier implements FourierPlan.Butterflies {
  private static final int RADIX_MAX = 5;

  private final FourierPlan plan;
  private final boolean inverse;
  private final double[] twiddles;
  private final double[] joins;
  private final double[] parts = new double[2 * RADIX_MAX];
  private final double[] before;
  private final double[] after;
  private final double[] spectrum;

  RealFourier(int samples, boolean inverse) {
    if (samples % 2 != 0) {
      throw new IllegalArgumentException("a transform of " + samples + " samples, expected even");
    }
    this.plan = FourierPlan.of(samples / 2);
    this.inverse = inverse;
    int half = plan.length();
    twiddles = new double[2 * half];
    joins = new double[half / 2 * 2];
    before = new double[2 * half];
    after = new double[2 * half];
    spectrum = new double[2 * half + 2];
  }

  /** Computes the factors, once the subclass is ready. */
  final void prepare() {
    for (int i = 0; i < twiddles.length / 2; i++) {
      unit(twiddles, i, plan.phase(i, inverse));
    }
    for (int i = 0; i < joins.length / 2; i++) {
      unit(joins, i, plan.realPhase(i, inverse));
    }
  }

  private void unit(double[] factors, int index, double phase) {
    factors[2 * index] = factor(StrictMath.cos(phase));
    factors[2 * index + 1] = factor(StrictMath.sin(phase));
  }

  /** A sine or cosine as an element. */
  abstract double factor(double real);

  /** A sum of elements to the type. */
  abstract double fit(double sum);

  /** Half of a sum of two elements. */
  abstract double half(double sum);

  /** An element before a stage of {@code radix}, by which fixed-point types divide. */
  abstract double scaled(double x, int radix);

  abstract double product(double a, double b);

  /** Real part of a product of complex numbers. */
  abstract double real(double r, double i, double byR, double byI);

  /** Imaginary part of a product of complex numbers. */
  abstract double imaginary(double r, double i, double byR, double byI);

  /** Where samples are put before a forward transform; the inverse returns its own. */
  final double[] samples() {
    return before;
  }

  /** Where the spectrum is: pairs of real and imaginary part, one more than half the samples. */
  final double[] spectrum() {
    return spectrum;
  }

  final void forward() {
    plan.run(this);
    int half = plan.length();
    double even = scaled(after[0], 2);
    double odd = scaled(after[1], 2);
    spectrum[0] = fit(even + odd);
    spectrum[2 * half] = fit(even - odd);
    spectrum[1] = 0;
    spectrum[2 * half + 1] = 0;
    join(after, spectrum);
  }

  /** Samples of the spectrum; the array is reused. */
  final double[] inverse() {
    int last = 2 * plan.length();
    before[0] = scaled(fit(spectrum[0] + spectrum[last]), 2);
    before[1] = scaled(fit(spectrum[0] - spectrum[last]), 2);
    join(spectrum, before);
    plan.run(this);
    return after;
  }

  /** The transform of two interleaved halves to that of the whole, or back. */
  private void join(double[] from, double[] to) {
    int half = plan.length();
    for (int k = 1; k <= half / 2; k++) {
      int mirror = half - k;
      double ar = scaled(from[2 * k], 2);
      double ai = scaled(from[2 * k + 1], 2);
      double br = scaled(from[2 * mirror], 2);
      double bi = scaled(fit(-from[2 * mirror + 1]), 2);
      double sumR = fit(ar + br);
      double sumI = fit(ai + bi);
      double differenceR = fit(ar - br);
      double differenceI = fit(ai - bi);
      double joinR = joins[2 * k - 2];
      double joinI = joins[2 * k - 1];
      double turnedR = real(differenceR, differenceI, joinR, joinI);
      double turnedI = imaginary(differenceR, differenceI, joinR, joinI);
      if (inverse) {
        to[2 * k] = fit(sumR + turnedR);
        to[2 * k + 1] = fit(sumI + turnedI);
        to[2 * mirror] = fit(sumR - turnedR);
        to[2 * mirror + 1] = fit(-fit(sumI - turnedI));
      } else {
        to[2 * k] = half(sumR + turnedR);
        to[2 * k + 1] = half(sumI + turnedI);
        to[2 * mirror] = half(sumR - turnedR);
        to[2 * mirror + 1] = half(turnedI - sumI);
      }
    }
  }

  @Override
  public void load(int to, int from) {
    after[2 * to] = before[2 * from];
    after[2 * to + 1] = before[2 * from + 1];
  }

  @Override
  public void combine(int radix, int at, int stride, int length) {
    for (int u = 0; u < length; u++) {
      for (int i = 0; i < radix; i++) {
        int element = 2 * (at + u + i * length);
        int factor = 2 * i * u * stride;
        double r = scaled(after[element], radix);
        double im = scaled(after[element + 1], radix);
        parts[2 * i] = i == 0 ? r : real(r, im, twiddles[factor], twiddles[factor + 1]);
        parts[2 * i + 1] = i == 0 ? im : imaginary(r, im, twiddles[factor], twiddles[factor + 1]);
      }
      switch (radix) {
        case 2 -> two();
        case 3 -> three(twiddles[2 * stride * length + 1]);
        case 4 -> four();
        default -> five(stride * length);
      }
      for (int i = 0; i < radix; i++) {
        int element = 2 * (at + u + i * length);
        after[element] = parts[2 * i];
        after[element + 1] = parts[2 * i + 1];
      }
    }
  }

  private void set(int index, double r, double i) {
    parts[2 * index] = fit(r);
    parts[2 * index + 1] = fit(i);
  }

  private void two() {
    double r = parts[0];
    double i = parts[1];
    set(0, r + parts[2], i + parts[3]);
    set(1, r - parts[2], i - parts[3]);
  }

  private void three(double sine) {
    double sumR = fit(parts[2] + parts[4]);
    double sumI = fit(parts[3] + parts[5]);
    double turnedR = product(fit(parts[2] - parts[4]), sine);
    double turnedI = product(fit(parts[3] - parts[5]), sine);
    double r = fit(parts[0] - half(sumR));
    double i = fit(parts[1] - half(sumI));
    set(0, parts[0] + sumR, parts[1] + sumI);
    set(2, r + turnedI, i - turnedR);
    set(1, r - turnedI, i + turnedR);
  }

  private void four() {
    double differenceR = fit(parts[0] - parts[4]);
    double differenceI = fit(parts[1] - parts[5]);
    double evenR = fit(parts[0] + parts[4]);
    double evenI = fit(parts[1] + parts[5]);
    double sumR = fit(parts[2] + parts[6]);
    double sumI = fit(parts[3] + parts[7]);
    double oddR = fit(parts[2] - parts[6]);
    double oddI = fit(parts[3] - parts[7]);
    set(2, evenR - sumR, evenI - sumI);
    set(0, evenR + sumR, evenI + sumI);
    int ahead = inverse ? 3 : 1;
    set(ahead, differenceR + oddI, differenceI - oddR);
    set(4 - ahead, differenceR - oddI, differenceI + oddR);
  }

  private void five(int step) {
    double ar = twiddles[2 * step];
    double ai = twiddles[2 * step + 1];
    double br = twiddles[4 * step];
    double bi = twiddles[4 * step + 1];
    double r = parts[0];
    double i = parts[1];
    double outerR = fit(parts[2] + parts[8]);
    double outerI = fit(parts[3] + parts[9]);
    double innerR = fit(parts[4] + parts[6]);
    double innerI = fit(parts[5] + parts[7]);
    double farR = fit(parts[2] - parts[8]);
    double farI = fit(parts[3] - parts[9]);
    double nearR = fit(parts[4] - parts[6]);
    double nearI = fit(parts[5] - parts[7]);
    double firstR = fit(fit(r + product(outerR, ar)) + product(innerR, br));
    double firstI = fit(fit(i + product(outerI, ar)) + product(innerI, br));
    double turnR = fit(product(farI, ai) + product(nearI, bi));
    double turnI = fit(fit(-product(farR, ai)) - product(nearR, bi));
    double secondR = fit(fit(r + product(outerR, br)) + product(innerR, ar));
    double secondI = fit(fit(i + product(outerI, br)) + product(innerI, ar));
    double crossR = fit(fit(-product(farI, bi)) + product(nearI, ai));
    double crossI = fit(product(farR, bi) - product(nearR, ai));
    set(0, r + fit(outerR + innerR), i + fit(outerI + innerI));
    set(1, firstR - turnR, firstI - turnI);
    set(4, firstR + turnR, firstI + turnI);
    set(2, secondR + crossR, secondI + crossI);
    set(3, secondR - crossR, secondI - crossI);
  }
}
